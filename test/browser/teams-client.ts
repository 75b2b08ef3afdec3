import type { Browser, Locator, Page, WebSocketRoute } from 'playwright-core';
import { bot, type Playground } from './playground';

/** Chromium without a way out: every name but this machine's own is unknown to it. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * A sign that the bot types in a thread of a channel breaks this client for good (version 0.2.28: it looks for a chat of
 * that id, throws, and listens no more). Teams itself bears it, so the bot is right to send it; the client does not get it.
 */
function spareTheClient(toPage: WebSocketRoute): void {
  const toServer = toPage.connectToServer();
  toServer.onMessage((frame) => {
    const { action, actionConversationId } = JSON.parse(String(frame));
    if (action !== 'typing' || !String(actionConversationId).includes(';messageid=')) toPage.send(frame);
  });
}

/** One person's Teams window, used as that person would: with what can be seen, typed and pressed. */
export class TeamsClient {
  /** Where the client itself broke down. After that it shows nothing new. */
  readonly failures: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.failures.push(error.message));
    page.on('console', (message) => message.text().startsWith('Saga error') && this.failures.push(message.text()));
  }

  static async open(browser: Browser, playground: Playground): Promise<TeamsClient> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      colorScheme: 'light',
    });
    const client = new TeamsClient(await context.newPage());
    const { page } = client;
    // A loaded machine is slow, not broken.
    page.setDefaultTimeout(45_000);
    await page.routeWebSocket(/_ws_conversation/, spareTheClient);
    await page.goto(playground.url);
    await page.getByRole('button', { name: 'Hide log panel' }).click();
    return client;
  }

  openPersonalChat(): Promise<void> {
    return this.page.getByRole('treeitem', { name: 'Personal Chat' }).click();
  }
  openGroupChat(): Promise<void> {
    return this.page.getByRole('treeitem', { name: 'Group Chat' }).click();
  }
  openChannel(name: string): Promise<void> {
    return this.page.getByRole('treeitem', { name: `Engineering - ${name}` }).click();
  }

  /** In a chat: types and sends. */
  async say(text: string): Promise<void> {
    await this.compose(this.page.getByRole('textbox').last(), text, false);
    await this.page.getByRole('button', { name: 'Send Message' }).last().click();
  }

  /** In a group chat, where the bot hears only what names it. */
  async mention(text: string): Promise<void> {
    await this.compose(this.page.getByRole('textbox').last(), text, true);
    await this.page.getByRole('button', { name: 'Send Message' }).last().click();
  }

  /** In a channel: starts a new post that names the bot. */
  async post(text: string): Promise<void> {
    await this.compose(this.page.getByRole('textbox').first(), text, true);
    await this.page.getByRole('button', { name: 'Post', exact: true }).click();
  }

  /** In a channel: answers in the thread that starts with those words, naming the bot. */
  async answerInThread(words: string, text: string): Promise<void> {
    const thread = this.thread(words);
    await this.compose(thread.getByRole('textbox').last(), text, true);
    await thread.getByRole('button', { name: 'Send Message' }).click();
  }

  /** The post in a channel with all that was answered to it. */
  thread(words: string | RegExp): Locator {
    return this.page.getByRole('group').filter({ hasText: words }).last();
  }

  /** Every card that can be seen. */
  cards(): Locator {
    return this.page.locator('.ac-adaptiveCard');
  }

  /** The card that says this. */
  card(words: string | RegExp): Locator {
    return this.cards().filter({ hasText: words });
  }

  button(name: string, where: Locator | Page = this.page): Locator {
    return where.getByRole('button', { name, exact: true });
  }

  /** Presses the lowest button of that name: in a chat the newest. */
  press(name: string, where: Locator | Page = this.page): Promise<void> {
    return this.button(name, where).last().click();
  }

  /** Types into a field of a card. */
  fill(label: string | RegExp, text: string): Promise<void> {
    return this.page.getByRole('textbox', { name: label }).fill(text);
  }

  /** Waits until it can be read. */
  reads(words: string | RegExp, where: Locator | Page = this.page): Promise<void> {
    return where.getByText(words).last().waitFor();
  }

  private async compose(box: Locator, text: string, naming: boolean): Promise<void> {
    await box.click();
    if (naming) {
      await this.page.keyboard.type('@');
      await this.page.getByRole('menuitem').filter({ hasText: bot.name }).click();
    }
    await this.page.keyboard.insertText(naming ? ` ${text}` : text);
  }
}

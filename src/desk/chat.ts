import { newKey, sendFileName, sendMessage } from './api.js';
import { Composer } from './composer.js';
import { byId } from './dom.js';
import { LogLines } from './log-lines.js';
import type { Name } from './names.js';
import { Outgoing } from './outgoing.js';
import { ReadingPlace } from './reading-place.js';
import { Typing } from './typing.js';
import type { Unread } from './unread.js';
import type { WireEntry } from './wire.js';

/** The employee's half: what is said goes out, what comes back is drawn, and the reader stays where they read. */
export class Chat {
  private readonly log = byId('log');
  private readonly composer = new Composer({
    text: (text) => this.say(text),
    files: (names) => this.sendFiles(names),
  });
  private readonly place = new ReadingPlace(this.log, () => this.composer.focus());
  private readonly lines = new LogLines(this.log, (press, turn) => this.press(press, turn));
  private readonly outgoing = new Outgoing(new Typing(), {
    lineForFailure: () => this.lines.appendNews('That did not go through.'),
    sentAgain: () => this.composer.focus(),
  });

  constructor(
    private readonly name: Name,
    private readonly unread: Unread,
  ) {
    byId('start-over').addEventListener('click', () => this.press('start_over'));
  }

  /** Shows what was said before this page was opened; only what comes later is read out. */
  start(entries: WireEntry[]): void {
    for (const entry of entries) this.lines.append(entry, null);
    this.place.toEnd('instant');
    this.log.setAttribute('aria-live', 'polite');
    if (!entries.length) this.greet();
  }

  receive(entry: WireEntry): void {
    this.outgoing.settle(entry);
    const row = this.lines.append(entry, this.outgoing.firstRow);
    if (entry.from !== 'person') this.unread.add('chat');
    this.place.arrived(row);
  }

  retryFailed(): void {
    this.outgoing.retryFailed();
  }

  /** The same key each time: a chat is greeted once. */
  private greet(): void {
    const message = { key: 'first-hello', name: this.name.value, press: 'hello' };
    this.outgoing.send('press', () => sendMessage(message));
  }

  private say(text: string): void {
    const message = { key: newKey(), name: this.name.value, text };
    this.outgoing.send('text', () => sendMessage(message), this.waiting(text));
  }

  private press(press: string, turn?: number): void {
    const message = { key: newKey(), name: this.name.value, press, ...(turn === undefined ? {} : { turn }) };
    this.place.awaitAnswer();
    this.outgoing.send('press', () => sendMessage(message));
    this.composer.focus();
  }

  private sendFiles(names: string[]): void {
    for (const file of names) {
      const body = { key: newKey(), name: this.name.value, file };
      this.outgoing.send('file', () => sendFileName(body), this.waiting(file));
    }
  }

  private waiting(text: string): HTMLElement {
    const row = this.lines.appendWaiting(text);
    this.place.toEnd();
    return row;
  }
}

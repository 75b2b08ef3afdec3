import { newKey, Refused, sendFileName, sendMessage } from './api.js';
import { CardView } from './card-view.js';
import { byId, el, icon } from './dom.js';
import type { Name } from './names.js';
import { dayOf, isToday, timeOf } from './times.js';
import type { Unread } from './unread.js';
import type { WireEntry, WireMessage } from './wire.js';

/** Something sent that the log does not show yet. */
interface Pending {
  kind: 'text' | 'press' | 'file';
  /** Sends it; always with the same key, so that a second try counts once. */
  send: () => Promise<unknown>;
  row: HTMLElement | null;
  isFailed: boolean;
}

const SLOW_MS = 8_000;
/** Replies come with the person's own line; when they do not, nobody is going to answer at once. */
const NO_ANSWER_MS = 2_500;
const NEAR_END_PX = 80;
const TOGETHER_MS = 4_000;
const MAX_COMPOSER_PX = 160;

/** The employee's half. */
export class Chat {
  private readonly log = byId('log');
  private readonly composer = byId<HTMLTextAreaElement>('composer');
  private readonly typing = byId('typing');
  private readonly newer = byId<HTMLButtonElement>('newer');
  private readonly cards: { turn: number; view: CardView }[] = [];
  private pending: Pending[] = [];
  private newestTurn = -1;
  private lastDay = '';
  private lastFrom = '';
  private lastTime: HTMLElement | null = null;
  /** New lines are scrolled to, unless the reader has gone up to older ones. */
  private isFollowing = true;
  private isMovedByHand = false;
  /** First line of what arrived together: an answer in several parts is read from its start. */
  private anchor: { row: HTMLElement; at: number } | null = null;
  private slow: number | undefined;
  private quiet: number | undefined;

  constructor(
    private readonly name: Name,
    private readonly unread: Unread,
  ) {
    byId('send').append(icon('send'));
    byId('attach').append(icon('attach'));
    byId('composer-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.composer.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.composer.addEventListener('input', () => this.fitComposer());
    byId('start-over').addEventListener('click', () => {
      this.send('press', { press: 'start_over' });
      this.focusComposer();
    });
    this.takeFiles();
    this.newer.addEventListener('click', () => {
      this.follow();
      this.newer.hidden = true;
      this.focusComposer();
    });
    let width = this.log.clientWidth;
    new ResizeObserver(() => {
      // A growing message box only takes height: what is being read stays where it is.
      const isTurned = width !== this.log.clientWidth;
      width = this.log.clientWidth;
      if (this.isFollowing && (isTurned || !this.anchor)) {
        this.log.scrollTo({ top: this.log.scrollHeight, behavior: 'instant' });
      }
    }).observe(this.log);
    for (const byHand of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      this.log.addEventListener(byHand, () => this.movedByHand(), { passive: true });
    }
    this.log.addEventListener('scroll', () => {
      if (this.isNearEnd()) this.newer.hidden = true;
      if (this.isMovedByHand) this.isFollowing = this.isNearEnd();
    });
  }

  /** Shows what was said before this page was opened; only what comes later is read out. */
  start(entries: WireEntry[]): void {
    for (const entry of entries) this.append(entry);
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: 'instant' });
    this.log.setAttribute('aria-live', 'polite');
    if (!entries.length) this.greet();
  }

  /** The same key each time: a chat is greeted once. */
  private greet(): void {
    this.deliver({
      kind: 'press',
      send: () => sendMessage({ key: 'first-hello', name: this.name.value, press: 'hello' }),
      row: null,
      isFailed: false,
    });
  }

  receive(entry: WireEntry): void {
    this.settle(entry);
    const row = this.append(entry);
    if (entry.from !== 'person') this.unread.add('chat');
    if (this.isFollowing) this.showStart(row);
    else this.newer.hidden = false;
  }

  /** Tries again what did not get through while the service was away. */
  retryFailed(): void {
    for (const pending of this.pending) if (pending.isFailed) void this.deliver(pending);
  }

  private submit(): void {
    const text = this.composer.value;
    this.focusComposer();
    if (!text.trim()) return;
    this.composer.value = '';
    this.fitComposer();
    this.send('text', { text }, text);
  }

  private send(
    kind: 'text' | 'press',
    what: { text: string } | { press: string; turn?: number },
    shown?: string,
  ): void {
    const message: WireMessage = { key: newKey(), name: this.name.value, ...what };
    this.isFollowing = true;
    this.anchor = null;
    this.hold({ kind, send: () => sendMessage(message), row: null, isFailed: false }, shown);
  }

  private hold(pending: Pending, shown?: string): void {
    if (shown !== undefined) {
      pending.row = this.row(
        'person',
        el('div', { class: 'bubble', dir: 'auto' }, shown),
        el('span', { class: 'state' }, 'Sending'),
      );
      pending.row.classList.add('is-pending');
      this.log.append(pending.row);
      this.follow();
    }
    void this.deliver(pending);
  }

  private async deliver(pending: Pending): Promise<void> {
    if (!this.pending.includes(pending)) this.pending.push(pending);
    pending.isFailed = false;
    this.mark(pending, 'Sending');
    this.showTyping();
    try {
      await pending.send();
      this.mark(pending, '');
    } catch (error) {
      if (!this.pending.includes(pending)) return;
      pending.isFailed = true;
      this.hideTyping();
      const isFinal = error instanceof Refused;
      if (isFinal) this.pending = this.pending.filter((other) => other !== pending);
      this.fail(pending, error instanceof Error ? error.message : 'Not sent.', isFinal);
    }
  }

  private mark({ row }: Pending, text: string): void {
    row?.classList.remove('is-failed');
    row?.querySelector('.state')?.replaceChildren(text);
  }

  private fail(pending: Pending, message: string, isFinal: boolean): void {
    pending.row ??= this.log.appendChild(
      this.row('news', el('div', { class: 'bubble' }, 'That did not go through.'), el('span', { class: 'state' })),
    );
    pending.row.classList.add('is-failed');
    const again = el('button', { type: 'button', class: 'text-button' }, 'Send again');
    again.addEventListener('click', () => {
      void this.deliver(pending);
      this.focusComposer();
    });
    pending.row.querySelector('.state')?.replaceChildren(`Not sent. ${message} `, ...(isFinal ? [] : [again]));
  }

  /** Takes away what waited for this entry. */
  private settle(entry: WireEntry): void {
    if (entry.from === 'person') {
      const waiting = this.pending.findIndex(({ isFailed }) => !isFailed);
      if (waiting >= 0) this.pending.splice(waiting, 1)[0]?.row?.remove();
      window.clearTimeout(this.quiet);
      this.quiet = window.setTimeout(() => this.hideTyping(), NO_ANSWER_MS);
    } else {
      while (this.pending[0]?.kind === 'press' && !this.pending[0].isFailed) this.pending.shift()?.row?.remove();
      this.hideTyping();
    }
  }

  private append(entry: WireEntry): HTMLElement {
    this.newDay(entry.at);
    const row = this.draw(entry);
    const firstPending = this.pending.find((pending) => pending.row)?.row ?? null;
    this.log.insertBefore(row, firstPending?.parentNode === this.log ? firstPending : null);
    if (entry.turn > this.newestTurn) {
      this.newestTurn = entry.turn;
      for (const { turn, view } of this.cards) if (turn < entry.turn) view.disable();
    }
    return row;
  }

  private draw(entry: WireEntry): HTMLElement {
    const time = timeOf(entry.at);
    // One time for a run of lines of the same speaker within a minute, below the last of them.
    if (this.lastFrom === entry.from && this.lastTime?.textContent === time.textContent) this.lastTime?.remove();
    this.lastTime = time;
    if (entry.from === 'person') {
      this.cards.at(-1)?.view.markPressed(entry.text);
      return this.row('person', el('div', { class: 'bubble', dir: 'auto' }, entry.text), time);
    }
    if (entry.from === 'admin') {
      const who = el(
        'span',
        { class: 'by' },
        entry.name ?? 'An administrator',
        el('span', { class: 'role' }, 'administrator'),
      );
      return this.row('admin', who, el('div', { class: 'bubble', dir: 'auto' }, entry.text), time);
    }
    return this.row(
      'bot',
      entry.card ? this.drawCard(entry.card, entry.turn) : el('div', { class: 'bubble' }, entry.text),
      time,
    );
  }

  private drawCard(json: object, turn: number): HTMLElement {
    const view = new CardView(json, ({ verb, data }) => {
      const buttonTurn = typeof data.turn === 'number' ? data.turn : turn;
      view.markPressed(view.titleOf(verb));
      view.disable();
      this.send('press', { press: verb, turn: buttonTurn });
      this.focusComposer();
    });
    if (turn < this.newestTurn) view.disable();
    this.cards.push({ turn, view });
    return el('div', { class: 'bubble' }, view.element);
  }

  private row(from: 'person' | 'bot' | 'admin' | 'news', ...content: HTMLElement[]): HTMLElement {
    const speaker = { person: 'You', bot: 'Helpdesk bot', admin: '', news: '' }[from];
    const row = el(
      'article',
      { class: `line from-${from}` },
      speaker ? el('span', { class: 'hidden' }, `${speaker}: `) : null,
      ...content,
    );
    if (this.lastFrom === from) row.classList.add('follows');
    this.lastFrom = from;
    return row;
  }

  private newDay(at: number): void {
    const day = dayOf(at);
    if (day === this.lastDay) return;
    this.lastDay = day;
    this.lastFrom = '';
    this.log.append(el('p', { class: 'day' }, isToday(at) ? 'Today' : day));
  }

  private takeFiles(): void {
    const input = byId<HTMLInputElement>('file');
    byId('attach').addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      this.sendFiles(input.files);
      input.value = '';
      this.focusComposer();
    });
    this.composer.addEventListener('paste', (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      this.sendFiles(event.clipboardData.files);
    });
    const half = byId('chat');
    half.addEventListener('dragover', (event) => event.preventDefault());
    half.addEventListener('drop', (event) => {
      event.preventDefault();
      this.sendFiles(event.dataTransfer?.files ?? null);
    });
  }

  /** The bot reads no files; it is told the name alone, and nothing is uploaded. */
  private sendFiles(files: FileList | null): void {
    for (const { name } of files ?? []) {
      const body = { key: newKey(), name: this.name.value, file: name.slice(-255) };
      this.hold({ kind: 'file', send: () => sendFileName(body), row: null, isFailed: false }, name);
    }
  }

  private showTyping(): void {
    window.clearTimeout(this.slow);
    window.clearTimeout(this.quiet);
    const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
    const words = el('span', { class: 'hidden' }, 'The helpdesk bot is writing');
    this.typing.replaceChildren(dots, words);
    this.typing.classList.add('is-on');
    this.slow = window.setTimeout(() => {
      words.className = '';
      words.textContent = 'Still working on it. Your message is safe.';
    }, SLOW_MS);
  }

  private hideTyping(): void {
    window.clearTimeout(this.slow);
    window.clearTimeout(this.quiet);
    this.typing.classList.remove('is-on');
    this.typing.replaceChildren();
  }

  private isNearEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  private movedByHand(): void {
    this.isMovedByHand = true;
    this.anchor = null;
  }

  private follow(): void {
    this.isFollowing = true;
    this.isMovedByHand = false;
    this.anchor = null;
    this.log.scrollTo({ top: this.log.scrollHeight });
  }

  private showStart(row: HTMLElement): void {
    if (!this.anchor || Date.now() - this.anchor.at > TOGETHER_MS) this.anchor = { row, at: Date.now() };
    this.isMovedByHand = false;
    const end = this.log.scrollHeight - this.log.clientHeight;
    const top = Math.min(end, this.anchor.row.offsetTop - this.log.offsetTop - 16);
    this.log.scrollTo({ top });
    if (row !== this.anchor.row && row.offsetTop - this.log.offsetTop > top + this.log.clientHeight)
      this.newer.hidden = false;
  }

  private fitComposer(): void {
    this.composer.style.height = 'auto';
    this.composer.style.height = `${Math.min(this.composer.scrollHeight, MAX_COMPOSER_PX)}px`;
  }

  /** On a touch screen the keyboard would cover the answer. */
  private focusComposer(): void {
    if (window.matchMedia('(pointer: coarse)').matches) this.log.focus({ preventScroll: true });
    else this.composer.focus({ preventScroll: true });
  }
}

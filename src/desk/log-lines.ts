import { CardView, type Executed } from './card-view.js';
import { el } from './dom.js';
import { dayOf, isToday, timeOf } from './times.js';
import type { WireEntry } from './wire.js';

type Speaker = 'person' | 'bot' | 'admin' | 'news';
const speakers: Record<Speaker, string> = { person: 'You', bot: 'Helpdesk bot', admin: '', news: '' };

/** Draws entries as lines of the log, and lets buttons of older turns die. */
export class LogLines {
  private readonly cards: { turn: number; view: CardView }[] = [];
  private newestTurn = -1;
  private lastDay = '';
  private lastFrom = '';
  private lastTime: HTMLElement | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly onPress: (press: string, turn: number) => void,
  ) {}

  /** Adds the entry; `before` is the first line that still waits to arrive. */
  append(entry: WireEntry, before: HTMLElement | null): HTMLElement {
    this.newDay(entry.at);
    const row = this.draw(entry);
    this.lastFrom = entry.from;
    this.log.insertBefore(row, before?.parentNode === this.log ? before : null);
    if (entry.turn > this.newestTurn) {
      this.newestTurn = entry.turn;
      for (const { turn, view } of this.cards) if (turn < entry.turn) view.disable();
    }
    return row;
  }

  /** Something said that the log does not hold yet. */
  appendWaiting(text: string): HTMLElement {
    const row = this.row('person', words(text), el('span', { class: 'state' }, 'Sending'));
    row.classList.add('is-pending');
    return this.log.appendChild(row);
  }

  appendNews(text: string): HTMLElement {
    return this.log.appendChild(this.row('news', el('div', { class: 'bubble' }, text), el('span', { class: 'state' })));
  }

  private draw(entry: WireEntry): HTMLElement {
    const time = timeOf(entry.at);
    // One time for a run of lines of the same speaker within a minute, below the last of them.
    if (this.lastFrom === entry.from && this.lastTime?.textContent === time.textContent) this.lastTime?.remove();
    this.lastTime = time;
    switch (entry.from) {
      case 'person':
        this.markPressed(entry.text);
        return this.row('person', words(entry.text), time);
      case 'admin':
        return this.row('admin', byAdmin(entry.name ?? 'An administrator'), words(entry.text), time);
      case 'bot':
        return this.row('bot', entry.card ? this.drawCard(entry.card, entry.turn) : words(entry.text), time);
    }
  }

  /** News may have come since, so it is the newest card of this turn that has such a button. */
  private markPressed(label: string): void {
    this.cards.findLast(({ turn, view }) => turn === this.newestTurn && view.markPressed(label));
  }

  private drawCard(json: object, turn: number): HTMLElement {
    const view = new CardView(json, ({ verb, data }: Executed) => {
      view.markPressed(view.titleOf(verb));
      view.disable();
      this.onPress(verb, typeof data.turn === 'number' ? data.turn : turn);
    });
    if (turn < this.newestTurn) view.disable();
    this.cards.push({ turn, view });
    return el('div', { class: 'bubble' }, view.element);
  }

  private row(from: Speaker, ...content: HTMLElement[]): HTMLElement {
    const speaker = speakers[from];
    const row = el(
      'article',
      { class: `line from-${from}` },
      speaker ? el('span', { class: 'hidden' }, `${speaker}: `) : null,
      ...content,
    );
    if (this.lastFrom === from) row.classList.add('follows');
    return row;
  }

  private newDay(at: number): void {
    const day = dayOf(at);
    if (day === this.lastDay) return;
    this.lastDay = day;
    this.lastFrom = '';
    this.log.append(el('p', { class: 'day' }, isToday(at) ? 'Today' : day));
  }
}

const words = (text: string): HTMLElement => el('div', { class: 'bubble', dir: 'auto' }, text);

const byAdmin = (name: string): HTMLElement =>
  el('span', { class: 'by' }, name, el('span', { class: 'role' }, 'administrator'));

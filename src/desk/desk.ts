import { readDesk } from './api.js';
import { byId, el } from './dom.js';
import { Filter } from './filter.js';
import type { Name } from './names.js';
import { Ticket } from './ticket.js';
import type { Unread } from './unread.js';
import type { WireTicket } from './wire.js';

const AGE_REFRESH_MS = 30_000;
const NEAR_TOP_PX = 40;

/** The administrators' half: urgent first, then newest; what is closed at the end. */
export class Desk {
  private readonly list = byId('tickets');
  private readonly news = byId('desk-news');
  private readonly newer = byId<HTMLButtonElement>('newer-ping');
  private readonly tickets = new Map<number, Ticket>();
  private readonly filter: Filter;
  private isFirst = true;
  private isReading = false;
  private isStale = false;

  constructor(
    private readonly name: Name,
    private readonly unread: Unread,
  ) {
    this.filter = new Filter(name, () => this.filter.apply(this.tickets.values()));
    this.newer.addEventListener('click', () => {
      this.list.scrollTo({ top: 0 });
      this.list.querySelector<HTMLElement>('.fold')?.focus({ preventScroll: true });
    });
    this.list.addEventListener('scroll', () => {
      if (this.list.scrollTop < NEAR_TOP_PX) this.newer.hidden = true;
    });
    window.setInterval(() => {
      for (const ticket of this.tickets.values()) ticket.update(ticket.data);
    }, AGE_REFRESH_MS);
  }

  /** Reads the desk anew; calls that come while one is under way become a single one after it. */
  async refresh(): Promise<void> {
    this.isStale = true;
    if (this.isReading) return;
    this.isReading = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        this.show((await readDesk()).tickets);
      }
    } catch {
      // Not reached: the connection's state says so, and reconnecting reads again.
    } finally {
      this.isReading = false;
    }
  }

  private show(data: WireTicket[]): void {
    const sorted = [...data].sort(
      (a, b) =>
        Number(a.closed) - Number(b.closed) ||
        Number(b.urgent) - Number(a.urgent) ||
        b.createdAt - a.createdAt ||
        b.id - a.id,
    );
    for (const [index, one] of sorted.entries()) this.put(one, index === 0);
    this.order(sorted);
    this.filter.apply(this.tickets.values());
    const open = data.filter(({ closed }) => !closed).length;
    byId('counts').textContent = open ? `${open} to do` : data.length ? 'All done' : '';
    byId('empty').hidden = data.length > 0;
    this.isFirst = false;
  }

  private put(one: WireTicket, isTop: boolean): void {
    const known = this.tickets.get(one.id);
    if (known) {
      const isNewer = known.data.version !== one.version;
      if (isNewer) {
        this.tell(newsOf(one));
        if (one.history.at(-1)?.actor !== this.name.value) this.unread.add('desk');
      }
      known.update(one);
      return;
    }
    const made = new Ticket(one, this.name, () => void this.refresh());
    this.tickets.set(one.id, made);
    if (this.isFirst) {
      made.unfold(isTop && !one.closed);
      return;
    }
    made.unfold(!one.closed);
    made.arriveWithNotice();
    if (this.list.scrollTop >= NEAR_TOP_PX) this.newer.hidden = false;
    this.unread.add('desk');
    this.tell(`New ping ${one.number}: ${one.person}, ${one.title}.`);
  }

  /** Moves only what is out of place, so that focus and half-typed words stay. */
  private order(sorted: WireTicket[]): void {
    const wanted: Element[] = [];
    const firstClosed = sorted.findIndex(({ closed }) => closed);
    sorted.forEach(({ id }, index) => {
      const ticket = this.tickets.get(id);
      if (index === firstClosed)
        wanted.push(this.list.querySelector('.closed-head') ?? el('h2', { class: 'closed-head' }, 'Closed'));
      if (ticket) wanted.push(ticket.element);
    });
    for (const child of [...this.list.children]) if (!wanted.includes(child)) child.remove();
    for (const [id, ticket] of this.tickets) if (!wanted.includes(ticket.element)) this.tickets.delete(id);
    const focused = document.activeElement;
    wanted.forEach((element, index) => {
      if (this.list.children[index] !== element) this.list.insertBefore(element, this.list.children[index] ?? null);
    });
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.list.contains(focused))
      focused.focus({ preventScroll: true });
  }

  private tell(text: string): void {
    this.news.textContent = text;
  }
}

function newsOf({ number, stateText, history }: WireTicket): string {
  const last = history.at(-1);
  return `${number}: ${last ? `${last.actor} ${last.what}. ` : ''}${stateText}.`;
}

import { byId } from './dom.js';
import type { Name } from './names.js';
import type { Ticket } from './ticket.js';

/** Which tickets are shown: by words, and by where they stand. */
export class Filter {
  private readonly search = byId<HTMLInputElement>('desk-search');
  private readonly show = byId<HTMLSelectElement>('desk-show');

  constructor(
    private readonly name: Name,
    onChange: () => void,
  ) {
    byId('desk-filter').addEventListener('submit', (event) => event.preventDefault());
    this.search.addEventListener('input', onChange);
    this.show.addEventListener('change', onChange);
  }

  /** Hides what does not fit; tells when nothing is left of something. */
  apply(tickets: Iterable<Ticket>): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const ticket of tickets) {
      const fits = this.fits(ticket) && ticket.matches(words);
      ticket.element.hidden = !fits;
      shown += Number(fits);
      all += 1;
    }
    byId('none-found').hidden = shown > 0 || all === 0;
  }

  private fits({ data: { closed, state, claimedBy } }: Ticket): boolean {
    switch (this.show.value) {
      case 'open':
        return state === 'open';
      case 'mine':
        return !closed && claimedBy === this.name.value;
      case 'waiting':
        return state === 'waiting_for_user' || state === 'waiting_for_aws';
      case 'closed':
        return closed;
      default:
        return true;
    }
  }
}

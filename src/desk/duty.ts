import { readDuty } from './api.js';
import { byId, el } from './dom.js';
import type { WireDuty } from './wire.js';

type Shift = WireDuty['plans'][number]['shifts'][number];

/** Who is on call in the next 30 days; times in which nobody answers stand out. */
export class Duty {
  private readonly panel = byId('duty');
  private readonly button = byId<HTMLButtonElement>('duty-open');

  constructor() {
    this.button.addEventListener('click', () => {
      const isOpen = this.panel.hidden;
      this.panel.hidden = !isOpen;
      this.button.setAttribute('aria-expanded', String(isOpen));
      if (isOpen) void this.draw();
    });
  }

  private async draw(): Promise<void> {
    try {
      const { plans, gaps } = await readDuty();
      this.panel.replaceChildren(...this.gaps(gaps), ...plans.map((plan) => this.plan(plan)), ...this.none(plans));
    } catch {
      this.panel.replaceChildren(el('p', { class: 'problem' }, 'Who is on call cannot be read just now.'));
    }
  }

  private none(plans: WireDuty['plans']): HTMLElement[] {
    if (plans.length > 0) return [];
    return [el('p', {}, 'The organisation file has no on-call schedule (on_call).')];
  }

  private gaps(gaps: readonly string[]): HTMLElement[] {
    if (gaps.length === 0) return [];
    return [
      el('h3', { class: 'gap' }, 'Nobody is reached'),
      el('ul', { class: 'gaps' }, ...gaps.slice(0, 20).map((gap) => el('li', { class: 'gap' }, gap))),
    ];
  }

  private plan({ schedule, shifts }: WireDuty['plans'][number]): HTMLElement {
    return el(
      'div',
      { class: 'plan' },
      el('h3', {}, schedule),
      el('ol', {}, ...shifts.slice(0, 60).map((shift) => this.shift(shift))),
    );
  }

  private shift({ from, until, names, by }: Shift): HTMLElement {
    const who = names.length > 0 ? names.join(', ') : 'Nobody';
    return el(
      'li',
      names.length > 0 ? {} : { class: 'gap' },
      el('span', { class: 'when' }, `${when(from)} – ${when(until)}`),
      el('strong', {}, who),
      by ? el('span', { class: 'by' }, `put in by ${by}`) : null,
    );
  }
}

const when = (at: number): string =>
  new Date(at).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

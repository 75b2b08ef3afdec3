import { byId, el, icon } from './dom.js';
import type { Name } from './names.js';
import type { WireNotice } from './wire.js';

const MOST_SHOWN = 3;

/** Words of the bot to the administrator at this page alone. They stay until somebody has read them. */
export class Notices {
  private readonly list = byId('notices');
  private readonly seen = new Set<string>();

  constructor(private readonly name: Name) {}

  /** True if it was meant for this page, and is shown for the first time. */
  show({ key, name, text }: WireNotice): boolean {
    // What is delivered once more, because nobody knew whether it had arrived, is no news.
    if (plain(name) !== plain(this.name.value) || this.seen.has(key)) return false;
    this.seen.add(key);
    const dismiss = el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss' }, icon('close'));
    const notice = el('div', { class: 'notice' }, el('p', { dir: 'auto' }, text), dismiss);
    dismiss.addEventListener('click', () => this.dismiss(notice));
    this.list.append(notice);
    while (this.list.children.length > MOST_SHOWN) this.list.firstElementChild?.remove();
    return true;
  }

  /** The focus must not fall to the start of the page. */
  private dismiss(notice: HTMLElement): void {
    notice.remove();
    const next =
      this.list.querySelector<HTMLElement>('button') ?? document.querySelector<HTMLElement>('#tickets .fold');
    (next ?? byId('desk')).focus({ preventScroll: true });
  }
}

/** Names are typed by hand, and the service knows them without their case. */
const plain = (name: string): string => name.replace(/\s+/g, ' ').trim().toLowerCase();

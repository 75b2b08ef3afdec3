import { byId } from './dom.js';
import type { Half } from './unread.js';

const halves: readonly Half[] = ['chat', 'desk'];
const narrow = window.matchMedia('(max-width: 799px)');

/** On narrow screens the two halves become tabs; on wide ones both are plain regions side by side. */
export class Tabs {
  private current: Half = 'chat';

  constructor(private readonly onChange: () => void) {
    for (const half of halves) {
      const tab = byId(`tab-${half}`);
      tab.addEventListener('click', () => this.select(half));
      tab.addEventListener('keydown', (event) => {
        const other = half === 'chat' ? 'desk' : 'chat';
        const target = { ArrowRight: other, ArrowLeft: other, Home: 'chat', End: 'desk' }[event.key] as
          | Half
          | undefined;
        if (!target) return;
        event.preventDefault();
        this.select(target);
        byId(`tab-${target}`).focus();
      });
    }
    narrow.addEventListener('change', () => {
      this.arrange();
      this.onChange();
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a.skip')) {
      link.addEventListener('click', () => this.select(link.hash === '#desk' ? 'desk' : 'chat'));
    }
    this.arrange();
  }

  isShown(half: Half): boolean {
    return !narrow.matches || this.current === half;
  }

  private select(half: Half): void {
    this.current = half;
    this.arrange();
    this.onChange();
  }

  private arrange(): void {
    for (const half of halves) {
      const tab = byId(`tab-${half}`);
      const panel = byId(half);
      const selected = this.current === half;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      panel.classList.toggle('is-behind', narrow.matches && !selected);
      if (narrow.matches) panel.setAttribute('role', 'tabpanel');
      else panel.removeAttribute('role');
    }
  }
}

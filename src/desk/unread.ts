import { byId } from './dom.js';

export type Half = 'chat' | 'desk';

const title = document.title;

/** Counts what arrived on a half that cannot be seen: in the window's title, and on the tab of a narrow screen. */
export class Unread {
  private readonly counts: Record<Half, number> = { chat: 0, desk: 0 };

  constructor(private readonly isShown: (half: Half) => boolean) {
    document.addEventListener('visibilitychange', () => this.seen());
  }

  add(half: Half): void {
    if (this.isVisible(half)) return;
    this.counts[half] += 1;
    this.show();
  }

  seen(): void {
    for (const half of ['chat', 'desk'] as const) if (this.isVisible(half)) this.counts[half] = 0;
    this.show();
  }

  private isVisible(half: Half): boolean {
    return document.visibilityState === 'visible' && this.isShown(half);
  }

  private show(): void {
    const all = this.counts.chat + this.counts.desk;
    document.title = all ? `(${all}) ${title}` : title;
    for (const half of ['chat', 'desk'] as const) {
      const badge = byId(`badge-${half}`);
      badge.hidden = this.counts[half] === 0;
      badge.textContent = String(this.counts[half]);
      badge.setAttribute('aria-label', `${this.counts[half]} new`);
    }
  }
}

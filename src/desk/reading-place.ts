import { byId } from './dom.js';

const NEAR_END_PX = 80;
const TOGETHER_MS = 4_000;
const AIR_PX = 16;

/** Where the reader is in the log. New lines are scrolled to, unless the reader has gone up to older ones. */
export class ReadingPlace {
  private readonly newer = byId<HTMLButtonElement>('newer');
  private isFollowing = true;
  private isMovedByHand = false;
  /** First line of what arrived together: an answer in several parts is read from its start. */
  private anchor: { row: HTMLElement; at: number } | null = null;

  constructor(
    private readonly log: HTMLElement,
    onJump: () => void,
  ) {
    // A region that scrolls must be reachable by keyboard.
    log.tabIndex = 0;
    this.newer.addEventListener('click', () => {
      this.toEnd();
      this.newer.hidden = true;
      onJump();
    });
    for (const byHand of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      log.addEventListener(byHand, () => this.movedByHand(), { passive: true });
    }
    log.addEventListener('scroll', () => {
      if (this.isNearEnd()) this.newer.hidden = true;
      if (this.isMovedByHand) this.isFollowing = this.isNearEnd();
    });
    this.keepWhenResized();
  }

  /** Something was sent from here: its answer is wanted, wherever the reader was. */
  awaitAnswer(): void {
    this.isFollowing = true;
    this.anchor = null;
  }

  toEnd(behavior: ScrollBehavior = 'auto'): void {
    this.awaitAnswer();
    this.isMovedByHand = false;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
  }

  arrived(row: HTMLElement): void {
    if (!this.isFollowing) {
      this.newer.hidden = false;
      return;
    }
    if (!this.anchor || Date.now() - this.anchor.at > TOGETHER_MS) this.anchor = { row, at: Date.now() };
    this.isMovedByHand = false;
    const end = this.log.scrollHeight - this.log.clientHeight;
    const top = Math.min(end, this.topOf(this.anchor.row) - AIR_PX);
    this.log.scrollTo({ top });
    if (row !== this.anchor.row && this.topOf(row) > top + this.log.clientHeight) this.newer.hidden = false;
  }

  private topOf(row: HTMLElement): number {
    return row.offsetTop - this.log.offsetTop;
  }

  private isNearEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  private movedByHand(): void {
    this.isMovedByHand = true;
    this.anchor = null;
  }

  private keepWhenResized(): void {
    let width = this.log.clientWidth;
    new ResizeObserver(() => {
      // A growing message box only takes height: what is being read stays where it is.
      const isTurned = width !== this.log.clientWidth;
      width = this.log.clientWidth;
      if (this.isFollowing && (isTurned || !this.anchor)) {
        this.log.scrollTo({ top: this.log.scrollHeight, behavior: 'instant' });
      }
    }).observe(this.log);
  }
}

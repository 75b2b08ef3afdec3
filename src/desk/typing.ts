import { byId, el } from './dom.js';

const SLOW_MS = 8_000;
/** Replies come with the person's own line; when they do not, nobody is going to answer at once. */
const NO_ANSWER_MS = 2_500;

/** The dots that say that an answer is on its way. */
export class Typing {
  private readonly line = byId('typing');
  private slow: number | undefined;
  private quiet: number | undefined;

  show(): void {
    this.stopWaiting();
    const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
    const words = el('span', { class: 'hidden' }, 'The helpdesk bot is writing');
    this.line.replaceChildren(dots, words);
    this.line.classList.add('is-on');
    this.slow = window.setTimeout(() => {
      words.className = '';
      words.textContent = 'Still working on it. Your message is safe.';
    }, SLOW_MS);
  }

  hide(): void {
    this.stopWaiting();
    this.line.classList.remove('is-on');
    this.line.replaceChildren();
  }

  /** The message arrived; the answer comes with it or not at all. */
  hideSoon(): void {
    window.clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => this.hide(), NO_ANSWER_MS);
  }

  private stopWaiting(): void {
    window.clearTimeout(this.slow);
    window.clearTimeout(this.quiet);
  }
}

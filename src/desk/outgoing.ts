import { Refused } from './api.js';
import { el } from './dom.js';
import type { Typing } from './typing.js';
import type { WireEntry } from './wire.js';

/** Something sent that the log does not show yet. */
interface Pending {
  kind: 'text' | 'press' | 'file';
  /** Sends it; always with the same key, so that a second try counts once. */
  send: () => Promise<unknown>;
  row: HTMLElement | null;
  isFailed: boolean;
}

export interface OutgoingHandlers {
  /** A line to tell a failure in, for what had no line of its own. */
  lineForFailure(): HTMLElement;
  sentAgain(): void;
}

/** What is on its way to the service, until it comes back as an entry of the log. */
export class Outgoing {
  private pending: Pending[] = [];

  constructor(
    private readonly typing: Typing,
    private readonly handlers: OutgoingHandlers,
  ) {}

  get firstRow(): HTMLElement | null {
    return this.pending.find(({ row }) => row)?.row ?? null;
  }

  send(kind: Pending['kind'], send: Pending['send'], row: HTMLElement | null = null): void {
    void this.deliver({ kind, send, row, isFailed: false });
  }

  /** Tries again what did not get through while the service was away. */
  retryFailed(): void {
    for (const pending of this.pending) if (pending.isFailed) void this.deliver(pending);
  }

  /** Takes away what waited for this entry. */
  settle(entry: WireEntry): void {
    if (entry.from === 'person') {
      const waiting = this.pending.findIndex(({ isFailed }) => !isFailed);
      if (waiting >= 0) this.pending.splice(waiting, 1)[0]?.row?.remove();
      this.typing.hideSoon();
      return;
    }
    while (this.pending[0]?.kind === 'press' && !this.pending[0].isFailed) this.pending.shift()?.row?.remove();
    this.typing.hide();
  }

  private async deliver(pending: Pending): Promise<void> {
    if (!this.pending.includes(pending)) this.pending.push(pending);
    pending.isFailed = false;
    mark(pending, 'Sending');
    this.typing.show();
    try {
      await pending.send();
      mark(pending, '');
    } catch (error) {
      if (!this.pending.includes(pending)) return;
      pending.isFailed = true;
      this.typing.hide();
      this.fail(pending, error instanceof Error ? error.message : 'Not sent.', error instanceof Refused);
    }
  }

  private fail(pending: Pending, message: string, isFinal: boolean): void {
    if (isFinal) this.pending = this.pending.filter((other) => other !== pending);
    pending.row ??= this.handlers.lineForFailure();
    pending.row.classList.add('is-failed');
    const again = el('button', { type: 'button', class: 'text-button' }, 'Send again');
    again.addEventListener('click', () => {
      void this.deliver(pending);
      this.handlers.sentAgain();
    });
    pending.row.querySelector('.state')?.replaceChildren(`Not sent. ${message} `, ...(isFinal ? [] : [again]));
  }
}

function mark({ row }: Pending, text: string): void {
  row?.classList.remove('is-failed');
  row?.querySelector('.state')?.replaceChildren(text);
}

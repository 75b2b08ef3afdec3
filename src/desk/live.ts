import type { WireEntry, WireNotice } from './wire.js';

export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveHandlers {
  state(state: LiveState): void;
  /** Connected, for the first time or again: what has no resume of its own should be read anew. */
  connected(): void;
  chat(entry: WireEntry): void;
  desk(): void;
  notice(notice: WireNotice): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Server-sent events. The browser reconnects by itself; where it gives up, this goes on, from the last entry seen. */
export class Live {
  private source: EventSource | null = null;
  private wait = FIRST_WAIT_MS;
  private timer: number | undefined;

  constructor(
    private lastId: number,
    private readonly handlers: LiveHandlers,
  ) {
    window.addEventListener('online', () => this.reopen());
    window.addEventListener('pagehide', () => this.source?.close());
    window.addEventListener('pageshow', (event) => event.persisted && this.reopen());
    this.open();
  }

  get lastSeen(): number {
    return this.lastId;
  }

  private reopen(): void {
    // The stream may have outlived a moment without network; what was sent in it has not.
    if (this.source?.readyState === EventSource.OPEN) this.handlers.connected();
    else this.open();
  }

  private open(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(`/api/events?after=${this.lastId}`);
    this.source = source;
    source.addEventListener('hello', () => {
      this.wait = FIRST_WAIT_MS;
      this.handlers.state('live');
      this.handlers.connected();
    });
    source.addEventListener('chat', ({ data }) => {
      const entry = JSON.parse(data as string) as WireEntry;
      if (entry.id <= this.lastId) return;
      this.lastId = entry.id;
      this.handlers.chat(entry);
    });
    source.addEventListener('desk', () => this.handlers.desk());
    source.addEventListener('notice', ({ data }) => this.handlers.notice(JSON.parse(data as string) as WireNotice));
    source.addEventListener('error', () => {
      this.handlers.state('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      this.timer = window.setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    });
  }
}

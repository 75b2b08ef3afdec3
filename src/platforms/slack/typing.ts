import type { WebClient } from './web-api';

/** Where the sign stands: at a message of a direct channel, or at the first message of a thread. */
export interface Anchor {
  channel: string;
  ts: string;
}

interface Sign {
  timer: NodeJS.Timeout;
  anchor: Anchor;
  /** Set once Slack was asked to show it. */
  shown?: Promise<unknown>;
}

/** After this long a person begins to wonder; answers are nearly always faster. */
const SHOWN_AFTER_MS = 700;
const MOST_SIGNS = 20;
/** Slack would leave it for two minutes; an answer that takes this long will not come soon. */
const GIVEN_UP_AFTER_MS = 30_000;

/**
 * “… is typing” while an answer is on its way. Bots cannot type in Slack; `assistant.threads.setStatus` shows the same
 * sign, with no more than `chat:write` and on any live message, also outside of assistant apps.
 */
export class TypingSign {
  private readonly signs = new Map<string, Sign>();

  constructor(
    private readonly client: WebClient,
    private readonly afterMs = SHOWN_AFTER_MS,
  ) {}

  /** An answer to this conversation is owed. */
  expect(conversation: string, anchor: Anchor): void {
    this.answered(conversation);
    // When very many wait, calls for courtesy would make all of them wait longer.
    if (this.signs.size >= MOST_SIGNS) return;
    const timer = setTimeout(() => this.show(conversation), this.afterMs);
    timer.unref();
    this.signs.set(conversation, { timer, anchor });
  }

  /** The answer has left: Slack takes the sign away by itself only in threads. */
  answered(conversation: string): void {
    const sign = this.signs.get(conversation);
    if (!sign) return;
    this.signs.delete(conversation);
    clearTimeout(sign.timer);
    void sign.shown?.then(() => this.set(sign.anchor, ''));
  }

  stop(): void {
    for (const { timer } of this.signs.values()) clearTimeout(timer);
    this.signs.clear();
  }

  private show(conversation: string): void {
    const sign = this.signs.get(conversation);
    if (!sign) return;
    sign.shown = this.set(sign.anchor, 'is typing…');
    sign.timer = setTimeout(() => this.answered(conversation), GIVEN_UP_AFTER_MS);
    sign.timer.unref();
  }

  /** A courtesy: nothing depends on whether it worked. */
  private async set({ channel, ts }: Anchor, status: string): Promise<void> {
    await this.client.assistant.threads
      .setStatus({ channel_id: channel, thread_ts: ts, status })
      .catch(() => undefined);
  }
}

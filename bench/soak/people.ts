import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Button, Peer, Prepared, Shown } from '../platforms/peer';

/** What these people met. */
export interface Met {
  said: number;
  answered: number;
  /** Posts that the bot refused or did not take, each tried again as the platforms do. */
  repeated: number;
  /** The platform delivered the same thing twice. */
  twice: number;
  /** Never taken, however often it was tried. */
  neverTaken: number;
  /** Shown twice, though the bot knew of the first time; and after a call of which it heard nothing. */
  doubled: number;
  doubledUntold: number;
  replyMs: number[];
}

const tries = 12;
const betweenTriesMs = 1_000;

/** People on one platform whose messages go to any of the bot's processes; each waits for an answer before going on. */
export class People {
  readonly met: Met = {
    ...{ said: 0, answered: 0, repeated: 0, twice: 0, neverTaken: 0, doubled: 0, doubledUntold: 0 },
    replyMs: [],
  };
  private readonly free: number[];
  private readonly waiting = new Map<number, { since: number; pressed: string | null }>();
  private readonly live = new Map<number, { message: string; buttons: Button[] }>();
  /** By person: what was shown last, and whether the bot knows that it was. */
  private readonly seen = new Map<string, { mark: string; untold: boolean }[]>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly peer: Peer,
    private readonly urls: readonly string[],
    people: number,
    private readonly words: readonly string[],
    private readonly random: () => number,
    private readonly shareTwice: number,
    /** Each opens one ticket and goes. */
    private readonly wantsTicket = false,
    first = 0,
  ) {
    this.free = Array.from({ length: people }, (_, index) => first + index);
    peer.onShown = (shown) => this.shown(shown);
  }

  get unanswered(): number {
    return this.waiting.size;
  }

  /** Somebody says something or presses a button. False when everybody waits. */
  goesOn(): boolean {
    const person = this.free.shift();
    if (person === undefined) return false;
    const shown = this.live.get(person);
    if (this.wantsTicket) return this.opensTicket(person, shown);
    const presses = shown !== undefined && shown.buttons.length > 0 && this.random() < 0.3;
    const input = presses
      ? this.peer.presses(person, shown.message, this.pick(shown.buttons))
      : this.peer.says(person, this.pick(this.words));
    this.send(person, input, presses ? shown.message : null);
    if (this.random() < this.shareTwice) {
      this.met.twice += 1;
      void this.deliver(input);
    }
    return true;
  }

  private opensTicket(person: number, shown: { message: string; buttons: Button[] } | undefined): boolean {
    const button = shown?.buttons.find(({ id }) => /ask_admin/.test(id));
    if (button) this.send(person, this.peer.presses(person, shown!.message, button), shown!.message);
    else if (!shown) this.send(person, this.peer.says(person, 'lost my phone, iam user'), null);
    return true;
  }

  private send(person: number, input: Prepared, pressed: string | null): void {
    this.waiting.set(person, { since: performance.now(), pressed });
    this.met.said += 1;
    void this.deliver(input);
  }

  close(): void {
    this.agent.destroy();
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  /** As the platforms do: what was not taken is sent again, to whichever process is there. */
  private async deliver(input: Prepared): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (await this.post(this.pick(this.urls), input)) return;
      this.met.repeated += 1;
      await pause(Math.min(15_000, betweenTriesMs * 2 ** (attempt - 1)));
    }
    this.met.neverTaken += 1;
  }

  private post(url: string, { headers, body }: Prepared): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = request(
        new URL(this.peer.path, url),
        { method: 'POST', agent: this.agent, headers },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode === 200));
          response.once('error', () => resolve(false));
        },
      );
      asked.setTimeout(10_000, () => asked.destroy());
      asked.once('error', () => resolve(false));
      asked.end(body);
    });
  }

  private shown({ person, message, isNew, buttons, mark, untold }: Shown): void {
    if (isNew) this.notice(`${person}`, mark(), untold);
    const turn = this.waiting.get(person);
    if (!turn || !(isNew || turn.pressed === message)) return;
    this.waiting.delete(person);
    this.live.set(person, { message, buttons });
    this.met.answered += 1;
    this.met.replyMs.push(performance.now() - turn.since);
    this.free.push(person);
  }

  /** The same again, with nobody having said anything in between, is one too many. */
  private notice(where: string, mark: string, untold: boolean): void {
    const lately = this.seen.get(where) ?? [];
    const waits = this.waiting.has(Number(where));
    const before = waits ? undefined : lately.find((one) => one.mark === mark);
    if (before?.untold) this.met.doubledUntold += 1;
    else if (before) this.met.doubled += 1;
    this.seen.set(where, waits ? [{ mark, untold }] : [...lately, { mark, untold }].slice(-5));
  }
}

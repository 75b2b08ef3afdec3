import { Agent, request } from 'node:http';
import type { Button, Peer, Prepared, Shown } from './peer';

interface Waiting {
  since: number;
  /** The message whose button was pressed. */
  pressed: string | null;
}

/** What a crowd met. Times in milliseconds, from the moment something was due. */
export interface Met {
  sent: number;
  answered: number;
  /** Answers of the bot's HTTP side that were no 200. */
  refused: number;
  ackMs: number[];
  replyMs: number[];
}

/**
 * People who talk with one app, each of them waiting for the answer before they say the next thing. They remember what
 * they were shown last, so that they can press what is on it.
 */
export class Crowd {
  met: Met = { sent: 0, answered: 0, refused: 0, ackMs: [], replyMs: [] };
  /** Called when somebody has their answer. */
  onAnswered: () => void = () => undefined;
  private readonly free: number[];
  private readonly waiting = new Map<number, Waiting>();
  private readonly live = new Map<number, { message: string; buttons: Button[] }>();
  private readonly prepared = new Map<number, Prepared[]>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256, noDelay: true });

  constructor(
    private readonly peer: Peer,
    private readonly endpoint: string,
    private readonly people: readonly number[],
    private readonly utterances: readonly string[],
    private readonly random: () => number,
  ) {
    this.free = [...people];
    peer.onShown = (shown) => this.shown(shown);
  }

  /** Signs and writes beforehand what will be said, because that must not cost time while it is measured. */
  prepare(perPerson: number): void {
    for (const person of this.people) {
      const words = Array.from({ length: perPerson }, () => this.pick(this.utterances));
      this.prepared.set(
        person,
        words.map((said) => this.peer.says(person, said)),
      );
    }
  }

  get outstanding(): number {
    return this.waiting.size;
  }

  /**
   * Somebody who has no answer to wait for says something, or presses a button that is on offer.
   * @param due when this should have happened; a bot that holds up the crowd does not make its own figures better
   * @returns false when everybody is waiting
   */
  goesOn(due: number, shareOfPresses: number): boolean {
    const person = this.free.shift();
    if (person === undefined) return false;
    const shown = this.live.get(person);
    const presses = shown !== undefined && shown.buttons.length > 0 && this.random() < shareOfPresses;
    this.waiting.set(person, { since: due, pressed: presses ? shown.message : null });
    const input = presses
      ? this.peer.presses(person, shown.message, this.pick(shown.buttons))
      : (this.prepared.get(person)?.pop() ?? this.peer.says(person, this.pick(this.utterances)));
    this.met.sent += 1;
    this.post(input, due);
    return true;
  }

  close(): void {
    this.peer.onShown = () => undefined;
    this.agent.destroy();
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  private post({ headers, body }: Prepared, due: number): void {
    const asked = request(this.endpoint, { method: 'POST', agent: this.agent, headers }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) this.met.ackMs.push(performance.now() - due);
        else this.met.refused += 1;
      });
    });
    asked.once('error', () => {
      this.met.refused += 1;
    });
    asked.end(body);
  }

  /**
   * Words are answered by a new message, a press also by a change of the message that was pressed. All other changes
   * only take buttons away that are old.
   */
  private shown({ person, message, isNew, buttons }: Shown): void {
    const turn = this.waiting.get(person);
    if (!turn || !(isNew || turn.pressed === message)) return;
    this.waiting.delete(person);
    this.live.set(person, { message, buttons });
    this.met.answered += 1;
    this.met.replyMs.push(performance.now() - turn.since);
    this.free.push(person);
    this.onAnswered();
  }
}

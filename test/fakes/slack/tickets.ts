import type { Clock } from './clock';
import { newId, newUuid } from './ids';

/** A right to open one view, for three seconds after what the person did. */
interface Trigger {
  user: string;
  at: number;
  used: boolean;
}

export type TriggerFault = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export class Triggers {
  private readonly made = new Map<string, Trigger>();

  constructor(
    private readonly clock: Clock,
    private readonly livesMs: number,
  ) {}

  make(user: string): string {
    const id = `${newId('')}.${newUuid().replaceAll('-', '')}`;
    this.made.set(id, { user, at: this.clock.now(), used: false });
    return id;
  }

  /** The person it was made for, once. */
  take(id: string): { user: string } | { fault: TriggerFault } {
    const trigger = this.made.get(id);
    if (!trigger) return { fault: 'invalid_trigger_id' };
    if (trigger.used) return { fault: 'exchanged_trigger_id' };
    if (this.clock.now() - trigger.at > this.livesMs) return { fault: 'expired_trigger_id' };
    trigger.used = true;
    return { user: trigger.user };
  }
}

/** Where an answer to one interaction may be posted: five times, for half an hour. */
export interface ResponseAddress {
  channel: string;
  user: string;
  /** The message the person acted on; a command has none. */
  ts?: string;
  thread_ts?: string;
}

const uses = 5;
const livesMs = 30 * 60_000;

export class ResponseAddresses {
  private readonly made = new Map<string, ResponseAddress & { at: number; used: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly base: () => string,
  ) {}

  make(address: ResponseAddress): string {
    const id = newUuid();
    this.made.set(id, { ...address, at: this.clock.now(), used: 0 });
    return `${this.base()}/response/${id}`;
  }

  take(id: string): ResponseAddress | { fault: 'no_service' | 'expired_url' | 'used_url' } {
    const address = this.made.get(id);
    if (!address) return { fault: 'no_service' };
    if (this.clock.now() - address.at > livesMs) return { fault: 'expired_url' };
    if (address.used >= uses) return { fault: 'used_url' };
    address.used += 1;
    return address;
  }
}

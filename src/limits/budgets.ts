import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Incoming } from '../core/message';

/** How much may come in within a minute; 0 sets no limit. */
export interface LimitSettings {
  perPerson: number;
  perWorkspace: number;
}

/** Counts one more use of a key, and tells how often it was used in the current minute. */
export type Count = (key: string) => Promise<number>;
/** Makes a counter; a store shared by several processes has one for them all. */
export type Counters = (name: string, limit: number) => Count;

/** `first_over` is over as well, and the one to be told about: once a minute for each person. */
export type Verdict = 'within' | 'first_over' | 'over';

export const minuteS = 60;
/** What somebody in danger may write besides, however much they have written already. */
const urgentPerPerson = 10;

/** For one process. */
export const memoryCounters: Counters = (name, limit) => {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: limit, duration: minuteS });
  return async (key) => usesOf(await limiter.consume(key).catch((full: unknown) => full));
};

/** The library rejects with its result when the limit is passed, and with an error when it cannot count. */
export function usesOf(result: unknown): number {
  if (typeof result === 'object' && result !== null && 'consumedPoints' in result) return Number(result.consumedPoints);
  throw result;
}

/** The counters there are, and how far each counts. */
export const floodLimits = ({ perPerson, perWorkspace }: LimitSettings): Record<string, number> => ({
  ...(perPerson > 0 ? { flood_person: perPerson } : {}),
  ...(perWorkspace > 0 ? { flood_workspace: perWorkspace } : {}),
  flood_urgent: urgentPerPerson,
});

/** Floods from one person, or one workspace, never take the others' turn; what is urgent has a way of its own. */
export class Budgets {
  private readonly person: Count | null;
  private readonly workspace: Count | null;
  private readonly urgent: Count;

  constructor({ perPerson, perWorkspace }: LimitSettings, counters: Counters = memoryCounters) {
    this.person = perPerson > 0 ? counters('flood_person', perPerson) : null;
    this.workspace = perWorkspace > 0 ? counters('flood_workspace', perWorkspace) : null;
    this.urgent = counters('flood_urgent', urgentPerPerson);
    this.limits = { person: perPerson, workspace: perWorkspace };
  }
  private readonly limits: { person: number; workspace: number };

  /** @param isUrgent asked only about what is over the limit */
  async take(incoming: Incoming, isUrgent: () => boolean): Promise<Verdict> {
    // Taking words back, and what the bot sends itself, is nobody's flood.
    if (incoming.kind === 'delete' || incoming.kind === 'moved') return 'within';
    const person = `${incoming.platform}:${incoming.person.id}`;
    const uses = this.person ? await this.person(person) : 0;
    const isOver = uses > this.limits.person && this.limits.person > 0;
    // What is refused to one person is not counted against the rest of their workspace.
    const isCrowded =
      !isOver && this.workspace !== null && (await this.workspace(workspaceOf(incoming))) > this.limits.workspace;
    if (!isOver && !isCrowded) return 'within';
    if (isUrgent() && (await this.urgent(person)) <= urgentPerPerson) return 'within';
    return isCrowded || uses === this.limits.person + 1 ? 'first_over' : 'over';
  }
}

/** `<platform>:<tenant>:<person>` and its like; the web desk is one place. */
const workspaceOf = ({ platform, conversation }: Incoming): string =>
  platform === 'web' || platform === 'console' ? platform : conversation.split(':', 2).join(':');

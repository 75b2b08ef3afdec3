import type { Content } from '../core/content';
import type { DutyDesk } from '../core/duty-desk';
import type { Incoming, Person, Platform } from '../core/message';
import type { Organization } from '../core/organization';
import type { Clock, Directory, Store, Understander } from '../core/ports';
import type { TicketCourse } from '../core/ticket-course';

/** What turns work with. */
export interface TurnParts {
  store: Store;
  clock: Clock;
  understander: Understander;
  /** Read at each turn, so that content can change while the bot runs. */
  content: () => Content;
  organization: () => Organization;
  directories: ReadonlyMap<Platform, Directory>;
  /** What happens to tickets by itself, as far as a turn decides it. */
  course: TicketCourse;
  /** Who is on call, for administrators who ask; absent where nobody keeps it. */
  duty?: DutyDesk;
}

/** Platforms answer sooner or give up by themselves; this is for one that does neither, so that no turn waits for ever. */
const longestLookMs = 5_000;

/** The person behind an input, as well as their platform can tell; as the input names them where it cannot. */
export async function personOf(parts: TurnParts, { platform, person, address }: Incoming): Promise<Person> {
  const directory = parts.directories.get(platform);
  return directory ? within(() => directory.look(person, address ?? null), person) : person;
}

/** Whether the person may act on tickets; `unknown` where their platform cannot tell. Without a directory, everybody may. */
export async function mayAct(parts: TurnParts, platform: Platform, person: Person): Promise<'yes' | 'no' | 'unknown'> {
  const directory = parts.directories.get(platform);
  if (!directory) return 'yes';
  return within(async () => ((await directory.isAdmin(person)) ? 'yes' : 'no'), 'unknown');
}

/** Whatever goes wrong with the question must not cost the turn; platforms log their own faults. */
async function within<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), longestLookMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

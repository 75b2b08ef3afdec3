import { LRUCache } from 'lru-cache';
import type { Person } from '../../core/message';
import type { PlatformLog } from '../../core/platform';
import type { Directory } from '../../core/ports';
import type { Identity } from './identity';
import { personId, userOf } from './keys';
import type { Pacing } from './pacing';
import type { WebClient } from './web-api';

export interface DirectoryParts {
  /** With a short time limit: turns wait for its answers. */
  client: WebClient;
  pacing: Pacing;
  identity: () => Identity | null;
  /** Ids of persons, channels and user groups; null where none are named. */
  admins: readonly string[] | null;
  mask: (text: string) => { text: string };
  log: PlatformLog;
  onFailure: (error: unknown) => void;
}

type Known = Pick<Person, 'name' | 'member'>;

const PEOPLE = { max: 10_000, ttl: 5 * 60_000 };
/** Short: who is taken out of the administrators' channel must not act for long. */
const GROUPS = { max: 200, ttl: 60_000 };
/** While Slack cannot be asked, what was known last is better than locking everybody out. */
const STALE = { allowStaleOnFetchRejection: true, noDeleteOnFetchRejection: true };
const PAGE = 200;
const MAX_PAGES = 25;

/** What Slack knows of people. Answers from memory where it can, and never throws. */
export function createDirectory(parts: DirectoryParts): Directory {
  const people = new LRUCache<string, Known>({ ...PEOPLE, ...STALE, fetchMethod: (user) => personOf(parts, user) });
  const groups = new LRUCache<string, ReadonlySet<string>>({
    ...GROUPS,
    ...STALE,
    fetchMethod: (id) => membersOf(parts, id),
  });
  const asked = async <T>(what: string, ask: () => Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      parts.onFailure(error);
      parts.log.info({ err: error }, `Slack did not tell about a ${what}`);
      return undefined;
    }
  };

  const look = async (person: Person): Promise<Person> => {
    const user = userOf(person.id);
    return { ...person, ...(await asked('person', () => people.fetch(user))) };
  };
  const isAdmin = async (person: Person): Promise<boolean> => {
    const { member } = await look(person);
    // Guests and people of other companies never act on tickets, whatever list or channel they are in.
    if (!member) return false;
    if (parts.admins === null) return true;
    const user = userOf(person.id);
    if (parts.admins.includes(user)) return true;
    for (const id of parts.admins.filter((one) => !isPerson(one)))
      if ((await asked('group', () => groups.fetch(id)))?.has(user)) return true;
    return false;
  };
  return {
    look,
    isAdmin,
    /** By Slack's id, as its picker of people gives it. */
    async administrator(user) {
      if (!isPerson(user)) return null;
      const person = await look({ id: personId(parts.identity()?.team ?? '', user), name: user, member: true });
      return (await isAdmin(person)) ? person : null;
    },
  };
}

const isPerson = (id: string): boolean => /^[UW]/.test(id);

async function personOf({ client, pacing, identity, mask }: DirectoryParts, user: string): Promise<Known> {
  const { user: found } = await pacing.call('users.info', () => client.users.info({ user }));
  if (!found) throw new Error('Slack told nothing of a person');
  const us = identity();
  const isOurs =
    !us ||
    found.team_id === us.team ||
    (us.enterprise !== null && found.enterprise_user?.enterprise_id === us.enterprise);
  const isGuest = found.is_restricted || found.is_ultra_restricted || found.is_stranger;
  const name = found.real_name || found.profile?.display_name || found.name || user;
  return { name: mask(name).text, member: isOurs && !isGuest && !found.deleted };
}

/** Of a channel (`C…`) or a user group (`S…`). */
async function membersOf({ client, pacing }: DirectoryParts, id: string): Promise<ReadonlySet<string>> {
  if (id.startsWith('S')) {
    const { users = [] } = await pacing.call('usergroups.users.list', () =>
      client.usergroups.users.list({ usergroup: id }),
    );
    return new Set(users);
  }
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await pacing.call('conversations.members', () =>
      client.conversations.members({ channel: id, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    );
    for (const member of answer.members ?? []) members.add(member);
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return members;
}

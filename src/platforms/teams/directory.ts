import { LRUCache } from 'lru-cache';
import type { Address, Person } from '../../core/message';
import type { PlatformLog } from '../../core/platform';
import type { Clock, Directory } from '../../core/ports';
import { readAddress, type TeamsAddress } from './address';
import type { BotService, Member } from './bot-service';
import { chatOf } from './keys';
import type { Places } from './places';
import type { Roster } from './roster';
import { withinLimit } from './within-limit';

const LIMIT_MS = 2_000;
const KEPT_MS = 10 * 60_000;
const KEPT_PEOPLE = 5_000;

export interface DirectoryParts {
  service: BotService;
  places: Places;
  roster: Roster;
  /** Ids of people (`29:…` or of the directory) and of places; null where nobody is named. */
  admins: readonly string[] | null;
  clock: Clock;
  log: PlatformLog;
}

/** What Teams tells about people when it is asked. */
export class TeamsDirectory implements Directory {
  private readonly members: LRUCache<string, { value: boolean }>;

  constructor(private readonly parts: DirectoryParts) {
    this.members = new LRUCache({ max: KEPT_PEOPLE, ttl: KEPT_MS, ttlResolution: 0, perf: parts.clock });
  }

  async look(person: Person, address: Address | null): Promise<Person> {
    const from = readAddress(address);
    if (!person.member || !from?.conversation) return person;
    const key = `${from.tenant}:${person.id}`;
    const known = this.members.get(key);
    if (known) return { ...person, member: known.value };
    try {
      const found = await withinLimit(this.parts.service.member(rosterOf(from), from.user?.id ?? person.id), LIMIT_MS);
      const value = belongs(found, from.tenant);
      this.members.set(key, { value });
      return { ...person, member: value };
    } catch (error) {
      this.parts.log.info({ error: String(error) }, 'Teams does not tell about a person; taken as the message said');
      return person;
    }
  }

  /** Guests never; where nobody is named, everybody else who sees the card. */
  async isAdmin(person: Person): Promise<boolean> {
    const { admins, places } = this.parts;
    if (!person.member) return false;
    if (admins === null) return true;
    if (admins.includes(person.id)) return true;
    const teamsId = (await places.find(person.id))?.user?.id;
    if (teamsId && admins.includes(teamsId)) return true;
    return (await this.among(person.id, teamsId)) !== null;
  }

  /** By the id under which Teams lists them in a place, as the card's list does. */
  async administrator(id: string): Promise<Person | null> {
    const member = await this.among(id, undefined);
    return member && { id: member.aadObjectId ?? id, name: member.name ?? 'an administrator', member: true };
  }

  /** Somebody in one of the places whose people may act; never a guest. */
  private async among(person: string, teamsId: string | undefined): Promise<Member | null> {
    const { admins, roster } = this.parts;
    for (const id of admins ?? []) {
      if (id.startsWith('29:')) continue;
      const members = await roster.of(id);
      const found = members?.find((member) => isSame(member, person, teamsId) && !isGuest(member));
      if (found) return found;
    }
    return null;
  }
}

/** A team's channels share its members; other conversations have their own. */
const rosterOf = ({ serviceUrl, team, conversation }: TeamsAddress) => ({
  serviceUrl,
  conversation: team ?? chatOf(conversation ?? ''),
});

const isSame = ({ id, aadObjectId }: Member, person: string, teamsId: string | undefined): boolean =>
  aadObjectId === person || id === person || (teamsId !== undefined && id === teamsId);

const isGuest = ({ userRole, userPrincipalName }: Member): boolean =>
  userRole === 'guest' || userRole === 'anonymous' || (userPrincipalName ?? '').includes('#EXT#');

const belongs = (member: Member, tenant: string): boolean =>
  !isGuest(member) && (member.tenantId === undefined || member.tenantId === tenant);

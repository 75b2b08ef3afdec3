import type { Organization } from '../../src/core/organization';
import type { Channel, FakeTeams, GroupChat, PersonalChat, Team, Person as TeamsUser } from '../fakes/teams/teams';
import type { RunningBot } from './running-bot';
import type { Person, Room } from './stage';
import { StageBase } from './stage-base';

export interface TeamsPerson extends Person {
  user: TeamsUser;
  chat: PersonalChat;
}
export interface TeamsRoom extends Room {
  place: GroupChat | Channel;
  /** Where the app was added. */
  installedIn: GroupChat | Team;
}

export const userOf = (person: Person): TeamsUser => (person as TeamsPerson).user;
export const chatOf = (person: Person): PersonalChat => (person as TeamsPerson).chat;
export const placeOf = (room: Room): TeamsRoom['place'] => (room as TeamsRoom).place;

const otherTenant = '5b9b1c0e-2222-4333-8444-55556666bbbb';

/** Who and where there is on Microsoft Teams. */
export abstract class TeamsPeople extends StageBase {
  readonly platform = 'teams';
  protected readonly rooms: TeamsRoom[] = [];
  protected readonly chatById = new Map<string, PersonalChat>();
  private admins: TeamsRoom | null = null;

  constructor(
    bot: RunningBot,
    organization: Organization,
    protected readonly teams: FakeTeams,
  ) {
    super(bot, organization);
  }

  async end(): Promise<void> {
    await this.teams.stop();
  }

  employee(name?: string): TeamsPerson {
    return this.person(this.newName(name, 'Employee'));
  }
  guest(name?: string): TeamsPerson {
    return this.person(this.newName(name, 'Guest'), { userRole: 'guest' });
  }
  barelyKnown(name?: string): TeamsPerson {
    return this.person(this.newName(name, 'Unknown person'), { userRole: 'anonymous' });
  }
  outsider(name?: string): TeamsPerson {
    return this.person(this.newName(name, 'Partner'), { tenantId: otherTenant });
  }
  admin(name?: string): TeamsPerson {
    const admin = this.person(this.newName(name, 'Admin'));
    (this.adminsRoom.installedIn as Team).members.push(admin.user);
    return admin;
  }
  adminByName(name?: string): TeamsPerson {
    const admin = this.person(this.newName(name, 'Named admin'));
    this.organization.admins!.teams!.push(admin.user.aadObjectId);
    return admin;
  }
  guestAmongAdmins(name?: string): TeamsPerson {
    const guest = this.guest(name);
    (this.adminsRoom.installedIn as Team).members.push(guest.user);
    return guest;
  }
  visitorAmongAdmins(name?: string): TeamsPerson {
    const visitor = this.admin(this.newName(name, 'Visitor'));
    const boss = this.person(this.newName(undefined, 'Boss'));
    this.organization.admins!.teams!.splice(0, Number.POSITIVE_INFINITY, boss.user.aadObjectId);
    return visitor;
  }
  adminByGroup(): TeamsPerson {
    throw new Error('the bot has no right to read groups of the directory');
  }
  protected person(name: string, details: Partial<TeamsUser> = {}): TeamsPerson {
    const user = this.teams.person(name, details);
    const chat = this.teams.personalChat(user);
    this.chatById.set(chat.id, chat);
    return this.introduced({ name, id: user.aadObjectId, user, chat });
  }
  room(...members: Person[]): TeamsRoom {
    const team = this.teams.team(this.newName(undefined, 'Team'), members.map(userOf));
    return this.keep({ kind: 'channel', name: team.name, place: this.teams.channel(team, 'Work'), installedIn: team });
  }
  group(...members: Person[]): TeamsRoom {
    const chat = this.teams.groupChat(members.map(userOf), { name: this.newName(undefined, 'Group') });
    return this.keep({ kind: 'group', name: chat.name, place: chat, installedIn: chat });
  }
  sharedRoom(...members: Person[]): TeamsRoom {
    const ours = members.map(userOf).filter(({ tenantId }) => tenantId === this.teams.tenantId);
    const team = this.teams.team(this.newName(undefined, 'Team'), ours);
    const place = this.teams.channel(team, 'With the partner', { shared: members.map(userOf) });
    return this.keep({ kind: 'shared', name: place.name, place, installedIn: team });
  }
  private keep(room: TeamsRoom): TeamsRoom {
    this.rooms.push(room);
    return room;
  }
  async newAdminsRoom(): Promise<void> {
    const installer = this.person(this.newName(undefined, 'Installer'));
    const team = this.teams.team(this.newName(undefined, 'Administrators'), [installer.user]);
    const general = team.channels[0]!;
    this.admins = this.keep({ kind: 'channel', name: team.name, place: general, installedIn: team });
    await this.teams.installs(installer.user, team);
    this.organization.destinations!['aws-admins']!.teams = general.id;
    this.organization.admins!.teams!.splice(0, Number.POSITIVE_INFINITY, general.id);
    await this.settled();
  }
  adminsPlace(): Room {
    return this.adminsRoom;
  }
  protected get adminsRoom(): TeamsRoom {
    if (!this.admins) throw new Error('there is no administrators’ channel yet');
    return this.admins;
  }
  async addsTo(room: Room, person: Person): Promise<void> {
    const { installedIn } = room as TeamsRoom;
    await this.teams.installs(userOf(person), installedIn);
    await this.teams.joins(userOf(person), installedIn);
    await this.settled();
  }
}

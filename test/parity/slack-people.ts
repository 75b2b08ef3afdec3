import type { Organization } from '../../src/core/organization';
import type { FakeSlack, SlackChannel, SlackUser } from '../fakes/slack/slack';
import type { RunningBot } from './running-bot';
import type { Person, Room } from './stage';
import { StageBase } from './stage-base';

export interface SlackPerson extends Person {
  user: SlackUser;
}
export interface SlackRoom extends Room {
  channel: SlackChannel;
}

export const userOf = (person: Person): SlackUser => (person as SlackPerson).user;
export const channelOf = (room: Room): SlackChannel => (room as SlackRoom).channel;

const partnerTeam = 'T0PARTNER1';

/** Who and where there is on Slack. */
export abstract class SlackPeople extends StageBase {
  readonly platform = 'slack';
  protected readonly rooms = new Map<string, SlackRoom>();
  private admins: SlackRoom | null = null;

  constructor(
    bot: RunningBot,
    organization: Organization,
    protected readonly slack: FakeSlack,
  ) {
    super(bot, organization);
  }

  async end(): Promise<void> {
    await this.slack.stop();
  }

  employee(name?: string): SlackPerson {
    return this.person(this.newName(name, 'Employee'));
  }
  guest(name?: string): SlackPerson {
    return this.person(this.newName(name, 'Guest'), { is_restricted: true });
  }
  barelyKnown(name?: string): SlackPerson {
    return this.person(this.newName(name, 'Channel guest'), { is_restricted: true, is_ultra_restricted: true });
  }
  outsider(name?: string): SlackPerson {
    return this.person(this.newName(name, 'Partner'), { team_id: partnerTeam });
  }
  admin(name?: string): SlackPerson {
    const admin = this.person(this.newName(name, 'Admin'));
    this.adminsRoom.channel.members.add(admin.user.id);
    return admin;
  }
  adminByName(name?: string): SlackPerson {
    const admin = this.person(this.newName(name, 'Named admin'));
    this.organization.admins!.slack!.push(admin.user.id);
    return admin;
  }
  guestAmongAdmins(name?: string): SlackPerson {
    const guest = this.guest(name);
    this.adminsRoom.channel.members.add(guest.user.id);
    return guest;
  }
  visitorAmongAdmins(name?: string): SlackPerson {
    const visitor = this.admin(this.newName(name, 'Visitor'));
    this.organization.admins!.slack!.splice(0, Number.POSITIVE_INFINITY, this.slack.people.boss.id);
    return visitor;
  }
  adminByGroup(name?: string): SlackPerson {
    const admin = this.person(this.newName(name, 'Admin of a group'));
    const group = this.slack.addUserGroup({ handle: `admins-${admin.user.id.toLowerCase()}`, users: [admin.user] });
    this.organization.admins!.slack!.push(group.id);
    return admin;
  }
  protected person(name: string, details: Partial<SlackUser> = {}): SlackPerson {
    const user = this.slack.addUser({ ...details, real_name: name });
    return this.introduced({ name, id: `slack:${this.slack.team.id}:${user.id}`, user });
  }
  room(...members: Person[]): SlackRoom {
    return this.newRoom('channel', members, { kind: 'public' });
  }
  group(...members: Person[]): SlackRoom {
    return this.newRoom('group', members, { kind: 'mpim' });
  }
  sharedRoom(...members: Person[]): SlackRoom {
    return this.newRoom('shared', members, { kind: 'public', is_ext_shared: true });
  }
  protected newRoom(
    kind: Room['kind'],
    members: readonly Person[],
    details: { kind: SlackChannel['kind']; is_ext_shared?: boolean },
  ): SlackRoom {
    const channel = this.slack.addChannel({
      ...details,
      members: members.map((member) => userOf(member)),
      botIsMember: true,
    });
    const room = { kind, name: channel.name, channel };
    this.rooms.set(channel.id, room);
    return room;
  }
  async newAdminsRoom(): Promise<void> {
    this.admins = this.newRoom('channel', [], { kind: 'private' });
    const { id } = this.admins.channel;
    this.organization.destinations!['aws-admins']!.slack = id;
    this.organization.admins!.slack!.splice(0, Number.POSITIVE_INFINITY, id);
  }
  adminsPlace(): Room {
    return this.adminsRoom;
  }
  protected get adminsRoom(): SlackRoom {
    if (!this.admins) throw new Error('there is no administrators’ channel yet');
    return this.admins;
  }
  async addsTo(room: Room, person: Person): Promise<void> {
    await this.slack.joins(userOf(person), channelOf(room));
    await this.settled();
  }
}

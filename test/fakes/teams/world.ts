import { randomBytes, randomUUID } from 'node:crypto';

/** Who and what there is in the fake's Teams: people, chats, teams and channels, by the ids that Teams gives them. */

export interface Person {
  /** Teams' own id, `29:…`; a bot knows people by it. */
  id: string;
  aadObjectId: string;
  name: string;
  givenName: string;
  surname: string;
  email: string;
  userPrincipalName: string;
  tenantId: string;
  userRole: 'user' | 'guest' | 'anonymous';
}

interface PlaceBase {
  /** The conversation id that activities carry. */
  id: string;
  name: string;
  tenantId: string;
  members: Person[];
  /** Whether the bot's app is installed here; nothing is delivered from or accepted for a place without it. */
  installed: boolean;
}
export interface PersonalChat extends PlaceBase {
  kind: 'personal';
}
export interface GroupChat extends PlaceBase {
  kind: 'groupChat';
}
export interface Team {
  /** `19:…@thread.tacv2`, the id of its General channel. */
  id: string;
  aadGroupId: string;
  name: string;
  tenantId: string;
  members: Person[];
  channels: Channel[];
  installed: boolean;
}
export interface Channel extends PlaceBase {
  kind: 'channel';
  team: Team;
  /** A shared channel may have members of other tenants. */
  channelType: 'standard' | 'shared';
}
/** One post in a channel with its answers; its conversation id is `19:…@thread.tacv2;messageid=…`. */
export interface Thread {
  kind: 'thread';
  id: string;
  channel: Channel;
  rootId: string;
}
export type Chat = PersonalChat | GroupChat | Channel;
export type Place = Chat | Thread;

/** The conversation that a place belongs to: a thread's channel, or itself. */
export const chatOf = (place: Place): Chat => (place.kind === 'thread' ? place.channel : place);
export const isInstalled = (chat: Chat): boolean => (chat.kind === 'channel' ? chat.team.installed : chat.installed);
export const membersOf = (chat: Chat): Person[] =>
  chat.kind === 'channel' ? [...new Set([...chat.team.members, ...chat.members])] : chat.members;

const opaque = (bytes: number): string => randomBytes(bytes).toString('base64url');

export class World {
  readonly people: Person[] = [];
  readonly teams: Team[] = [];
  private readonly chats = new Map<string, Chat>();
  private readonly peopleById = new Map<string, Person>();
  private readonly personalChats = new Map<Person, PersonalChat>();
  private lastId = Date.now();

  constructor(readonly tenantId: string) {}

  /** Ids of messages are times in Teams; here each is unique too. */
  nextMessageId(): string {
    this.lastId = Math.max(this.lastId + 1, Date.now());
    return String(this.lastId);
  }

  addPerson(name: string, details: Partial<Omit<Person, 'id' | 'name'>>): Person {
    const [givenName = name, ...others] = name.split(' ');
    const mailName = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
    const host = details.tenantId && details.tenantId !== this.tenantId ? 'partner.example' : 'corp.example';
    const email = `${mailName}@${host}`;
    const person: Person = {
      id: `29:1${opaque(48)}`,
      aadObjectId: randomUUID(),
      name,
      givenName,
      surname: others.join(' '),
      email,
      userPrincipalName:
        details.userRole === 'guest' ? `${email.replace('@', '_')}#EXT#@corp.onmicrosoft.example` : email,
      tenantId: this.tenantId,
      userRole: 'user',
      ...details,
    };
    this.people.push(person);
    this.peopleById.set(person.id, person).set(person.aadObjectId, person);
    return person;
  }

  /** By `29:…` or by the directory's object id, as the Connector takes either. */
  findPerson(id: string): Person | undefined {
    return this.peopleById.get(id);
  }

  personalChat(person: Person): PersonalChat | undefined {
    return this.personalChats.get(person);
  }
  addPersonalChat(person: Person, installed: boolean): PersonalChat {
    const chat: PersonalChat = {
      kind: 'personal',
      id: `a:1${opaque(36)}`,
      name: person.name,
      tenantId: this.tenantId,
      members: [person],
      installed,
    };
    this.personalChats.set(person, chat);
    return this.add(chat);
  }
  addGroupChat(members: Person[], name: string, installed: boolean): GroupChat {
    const id = `19:${randomBytes(16).toString('hex')}@thread.v2`;
    return this.add({ kind: 'groupChat', id, name, tenantId: this.tenantId, members: [...members], installed });
  }
  addTeam(name: string, members: Person[], installed: boolean): Team {
    const team: Team = {
      id: `19:${opaque(30)}@thread.tacv2`,
      aadGroupId: randomUUID(),
      name,
      tenantId: this.tenantId,
      members: [...members],
      channels: [],
      installed,
    };
    this.teams.push(team);
    this.addChannel(team, 'General', team.id);
    return team;
  }
  addChannel(team: Team, name: string, id = `19:${opaque(30)}@thread.tacv2`, shared?: Person[]): Channel {
    const channel: Channel = {
      kind: 'channel',
      id,
      name,
      team,
      tenantId: team.tenantId,
      members: shared ?? [],
      channelType: shared ? 'shared' : 'standard',
      get installed() {
        return team.installed;
      },
    };
    team.channels.push(channel);
    return this.add(channel);
  }

  thread(channel: Channel, rootId: string): Thread {
    return { kind: 'thread', id: `${channel.id};messageid=${rootId}`, channel, rootId };
  }

  /** The place that a conversation id names, with or without `;messageid=`. */
  findPlace(conversationId: string): Place | undefined {
    const [id = '', rootId] = conversationId.split(';messageid=');
    const chat = this.chats.get(id);
    return chat?.kind === 'channel' && rootId ? this.thread(chat, rootId) : chat;
  }

  private add<T extends Chat>(chat: T): T {
    this.chats.set(chat.id, chat);
    return chat;
  }
}

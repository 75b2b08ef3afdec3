import { type Activity, activityOf, teamData } from './activities';
import type { Posted } from './postman';
import { TeamsService } from './service';
import type { TokenKind } from './signing';
import {
  type Channel,
  chatOf,
  type GroupChat,
  isInstalled,
  membersOf,
  type Person,
  type PersonalChat,
  type Place,
  type Team,
  type Thread,
} from './world';

/** What came back when something was POSTed to the bot. */
export interface Delivery extends Posted {
  /** False when Teams itself did not hand it to the bot: not installed here, or a channel message without a mention. */
  delivered: boolean;
  /** The activity as it was, or would have been, sent. */
  activity: Activity;
  /** Where the message stands: in a channel, the thread that it began or answered. */
  place: Place;
}

export interface PostOptions {
  token?: TokenKind;
  /** The `serviceurl` of the token, when it is not that of this fake. */
  signedFor?: string;
  /** Sent instead of the activity, byte for byte. */
  rawBody?: string | Buffer;
  headers?: Record<string, string>;
  limitMs?: number;
}

/** The people and places of the fake, where its app is installed, and the way from there to the bot. */
export class TeamsTenant extends TeamsService {
  /** A person of the bot's tenant, unless told otherwise. */
  person(name: string, details: Partial<Omit<Person, 'id' | 'name'>> = {}): Person {
    return this.world.addPerson(name, details);
  }
  /** The person of this name (or first name), added if there is none. */
  findOrAdd(name: string): Person {
    return this.world.people.find((one) => one.name === name || one.givenName === name) ?? this.person(name);
  }
  /** The person's chat with the bot. Installed, unless told otherwise, without the bot being told. */
  personalChat(person: Person, { installed = true }: { installed?: boolean } = {}): PersonalChat {
    return this.world.personalChat(person) ?? this.world.addPersonalChat(person, installed);
  }
  groupChat(
    members: Person[],
    { name = 'Group', installed = true }: { name?: string; installed?: boolean } = {},
  ): GroupChat {
    return this.world.addGroupChat(members, name, installed);
  }
  team(name: string, members: Person[], { installed = true }: { installed?: boolean } = {}): Team {
    return this.world.addTeam(name, members, installed);
  }
  /** A channel of a team; with `shared`, these people may be in it without being in the team, from any tenant. */
  channel(team: Team, name: string, { shared }: { shared?: Person[] } = {}): Channel {
    return this.world.addChannel(team, name, undefined, shared);
  }
  thread(channel: Channel, rootId: string): Thread {
    return this.world.thread(channel, rootId);
  }

  // What happens to the app and to places -----------------------------------------------------------------------

  /** Adds the app; the bot hears of it twice, as a member and as an installation. */
  async installs(person: Person, where: PersonalChat | GroupChat | Team): Promise<Delivery[]> {
    where.installed = true;
    const added = await this.changes(person, where, { membersAdded: [{ id: this.bot.id }] }, 'teamMemberAdded');
    return [added, await this.installation(person, where, 'add')];
  }
  async uninstalls(person: Person, where: PersonalChat | GroupChat | Team): Promise<Delivery[]> {
    where.installed = false;
    const gone = await this.changes(person, where, { membersRemoved: [{ id: this.bot.id }] }, 'teamMemberRemoved');
    return [gone, await this.installation(person, where, 'remove')];
  }
  async joins(person: Person, where: GroupChat | Team): Promise<Delivery> {
    where.members.push(person);
    return this.changes(person, where, { membersAdded: [accountOf(person)] }, 'teamMemberAdded');
  }
  async leaves(person: Person, where: GroupChat | Team): Promise<Delivery> {
    where.members = where.members.filter((member) => member !== person);
    return this.changes(person, where, { membersRemoved: [accountOf(person)] }, 'teamMemberRemoved');
  }
  private changes(
    person: Person,
    where: PersonalChat | GroupChat | Team,
    what: object,
    eventType: string,
  ): Promise<Delivery> {
    const place = 'channels' in where ? where.channels[0]! : where;
    const channelData = 'channels' in where ? { ...teamData(where), eventType } : {};
    return this.delivers(this.activity(person, place, { type: 'conversationUpdate', ...what, channelData }), place);
  }
  private installation(person: Person, where: PersonalChat | GroupChat | Team, action: string): Promise<Delivery> {
    const place = 'channels' in where ? where.channels[0]! : where;
    const settings = { settings: { selectedChannel: { id: place.id } } };
    const channelData = { ...('channels' in where ? teamData(where) : {}), ...settings, source: { name: 'message' } };
    return this.delivers(this.activity(person, place, { type: 'installationUpdate', action, channelData }), place);
  }

  // The wire ----------------------------------------------------------------------------------------------------

  /** An activity of the person in the place, complete but for what is given; nothing is sent. */
  activity(person: Person, place: Place, rest: { type: string; [property: string]: unknown }): Activity {
    return activityOf({ bot: this.bot, serviceUrl: this.serviceUrl }, person, place, rest);
  }
  /** POSTs anything, with any token, as anybody on the network could. */
  async post(activity: Record<string, unknown>, options: PostOptions = {}): Promise<Posted> {
    const { token = 'good', signedFor = this.serviceUrl, rawBody, headers = {} } = options;
    if (typeof activity.id === 'string') this.connector.delivered.add(activity.id);
    const authorization = this.signing.header(token, signedFor);
    const posted = await this.postman.post(
      rawBody ?? JSON.stringify(activity),
      { ...(authorization ? { authorization } : {}), ...headers },
      options.limitMs ?? this.options.deliveryLimitMs ?? 15_000,
    );
    this.happened();
    return posted;
  }
  /** What Teams does when the bot failed or was too slow: the same again, under the same id or under a new one. */
  async resends({ activity, place }: Delivery, id: 'same-id' | 'new-id' = 'same-id'): Promise<Delivery> {
    const again = id === 'same-id' ? activity : { ...activity, id: this.world.nextMessageId() };
    return this.handsOver(again, place);
  }

  /** Any other invoke, such as a message extension's; bots answer 501 to what they do not know. */
  async invokes(person: Person, place: Place, name: string, value: unknown): Promise<Delivery> {
    return this.handsOver(this.activity(person, place, { type: 'invoke', name, value }), place);
  }
  /** Any other event, such as a meeting's. */
  async sendsEvent(person: Person, place: Place, name: string, value: unknown): Promise<Delivery> {
    return this.handsOver(this.activity(person, place, { type: 'event', name, value }), place);
  }

  /** Hands something to the bot, where its app is installed and if it is `meant` for it. */
  protected async handsOver(activity: Activity, place: Place, meant = true): Promise<Delivery> {
    if (meant && isInstalled(chatOf(place))) return this.delivers(activity, place);
    return { delivered: false, status: 0, body: undefined, activity, place };
  }
  private async delivers(activity: Activity, place: Place): Promise<Delivery> {
    return { delivered: true, ...(await this.post(activity)), activity, place };
  }

  protected mustBeIn(person: Person, place: Place): void {
    if (!membersOf(chatOf(place)).includes(person)) throw new Error(`${person.name} is not in ${chatOf(place).name}`);
  }
}

const accountOf = ({ id, aadObjectId, name }: Person): object => ({ id, aadObjectId, name });

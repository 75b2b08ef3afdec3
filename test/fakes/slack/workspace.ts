import { newId } from './ids';
import type { ChannelKind, SlackChannel, SlackUser, SlackUserGroup } from './types';

export const team = { id: 'T0EXAMPLE1', name: 'Example Corp', domain: 'example-corp' };
export const partnerTeam = { id: 'T0PARTNER1', name: 'Partner Ltd', domain: 'partner-ltd' };
export const appId = 'A0HELPDESK1';
export const botId = 'B0HELPDESK1';

export type Who = SlackUser | string;
export type Where = SlackChannel | string;

export const idOf = (it: Who | Where | { id: string }): string => (typeof it === 'string' ? it : it.id);

export type NewChannel = Partial<Omit<SlackChannel, 'members'>> & { members?: Who[]; botIsMember?: boolean };

const prefixes: Record<ChannelKind, string> = { public: 'C', private: 'C', im: 'D', mpim: 'C' };

/** Who and what there is: people, channels, groups. Nothing here knows of requests. */
export class Workspace {
  readonly users = new Map<string, SlackUser>();
  readonly channels = new Map<string, SlackChannel>();
  readonly userGroups = new Map<string, SlackUserGroup>();
  readonly bot: SlackUser;
  private readonly direct = new Map<string, SlackChannel>();

  constructor() {
    this.bot = this.addUser({ id: 'U0HELPBOT1', name: 'helpdesk', real_name: 'AWS sign-in helpdesk', is_bot: true });
  }

  addUser(user: Partial<SlackUser> = {}): SlackUser {
    const id = user.id ?? newId('U');
    const name = user.name ?? id.toLowerCase();
    const added: SlackUser = {
      id,
      team_id: team.id,
      name,
      real_name: name,
      email: `${name}@example.com`,
      tz: 'Europe/Berlin',
      locale: 'en-US',
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
      is_admin: false,
      deleted: false,
      ...user,
    };
    this.users.set(id, added);
    return added;
  }

  addChannel({ members = [], botIsMember = false, ...channel }: NewChannel = {}): SlackChannel {
    const kind = channel.kind ?? 'public';
    const id = channel.id ?? newId(prefixes[kind]);
    const added: SlackChannel = {
      name: id.toLowerCase(),
      is_archived: false,
      is_ext_shared: false,
      ...channel,
      id,
      kind,
      members: new Set(members.map(idOf)),
    };
    if (botIsMember) added.members.add(this.bot.id);
    this.channels.set(id, added);
    return added;
  }

  addUserGroup({ handle, users }: { handle: string; users: Who[] }): SlackUserGroup {
    const group = { id: newId('S'), handle, name: handle, users: users.map(idOf), disabled: false };
    this.userGroups.set(group.id, group);
    return group;
  }

  user(who: Who): SlackUser {
    const user = this.users.get(idOf(who));
    if (!user) throw new Error(`there is no user ${idOf(who)} in the fake workspace`);
    return user;
  }

  channel(where: Where): SlackChannel {
    const channel = this.channels.get(idOf(where));
    if (!channel) throw new Error(`there is no channel ${idOf(where)} in the fake workspace`);
    return channel;
  }

  /** The direct channel of the bot and one person; made on first use, as Slack does. */
  dm(who: Who): SlackChannel {
    const user = this.user(who);
    let channel = this.direct.get(user.id);
    if (!channel) {
      channel = this.addChannel({ kind: 'im', name: 'directmessage', members: [user], botIsMember: true });
      this.direct.set(user.id, channel);
    }
    return channel;
  }

  hasBot(channel: SlackChannel): boolean {
    return channel.members.has(this.bot.id);
  }
}

/** The people and channels every test finds there. */
export function furnish(workspace: Workspace) {
  const person = (id: string, name: string, real_name: string, more: Partial<SlackUser> = {}): SlackUser =>
    workspace.addUser({ id, name, real_name, ...more });
  const people = {
    ada: person('U0ADA00001', 'ada', 'Ada Lovelace'),
    bob: person('U0BOB00001', 'bob', 'Bob Bemer'),
    grace: person('U0GRACE001', 'grace', 'Grace Hopper', { is_admin: true }),
    alan: person('U0ALAN0001', 'alan', 'Alan Turing', { is_admin: true }),
    boss: person('U0BOSS0001', 'boss', 'Katherine Johnson'),
    guest: person('U0GUEST001', 'guest', 'Guest of several channels', { is_restricted: true }),
    oneChannelGuest: person('U0GUEST002', 'guest1', 'Guest of one channel', {
      is_restricted: true,
      is_ultra_restricted: true,
    }),
    gone: person('U0GONE0001', 'gone', 'Has left', { deleted: true }),
    outsider: person('U0OUTSIDE1', 'outsider', 'From the partner', {
      team_id: partnerTeam.id,
      email: 'outsider@partner.example',
    }),
  };
  const { ada, bob, grace, alan, boss, guest, oneChannelGuest, outsider } = people;
  const staff = [ada, bob, grace, alan, boss];
  const channels = {
    general: workspace.addChannel({
      id: 'C0GENERAL01',
      name: 'general',
      members: [...staff, guest, oneChannelGuest],
      botIsMember: true,
    }),
    admins: workspace.addChannel({
      id: 'C0HELPDESK1',
      name: 'aws-admins',
      kind: 'private',
      members: [grace, alan, boss],
      botIsMember: true,
    }),
    random: workspace.addChannel({ id: 'C0RANDOM001', name: 'random', members: staff }),
    secret: workspace.addChannel({ id: 'C0SECRET001', name: 'secret', kind: 'private', members: [boss] }),
    old: workspace.addChannel({
      id: 'C0ARCHIVE01',
      name: 'old',
      is_archived: true,
      members: staff,
      botIsMember: true,
    }),
    shared: workspace.addChannel({
      id: 'C0SHARED001',
      name: 'with-partner',
      is_ext_shared: true,
      members: [...staff, outsider],
      botIsMember: true,
    }),
  };
  return { people, channels };
}

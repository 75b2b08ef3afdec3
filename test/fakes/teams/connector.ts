import { z } from 'zod';
import type { Operation } from './calls';
import { fault, refusal } from './faults';
import type { Answer, Incoming } from './http-edge';
import {
  ADAPTIVE_CARD,
  checkOutgoing,
  MESSAGE_LIMIT_BYTES,
  type OutgoingMessage,
  type Setting,
} from './outgoing-activity';
import type { Screen } from './screen';
import { type Chat, chatOf, isInstalled, membersOf, type Person, type Place, type World } from './world';

export interface Bot {
  /** `28:<app id>`. */
  id: string;
  appId: string;
  name: string;
}

const created = z.strictObject({
  bot: z.looseObject({ id: z.string() }).optional(),
  isGroup: z.boolean().optional(),
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  tenantId: z.string().optional(),
  topicName: z.string().optional(),
  channelData: z
    .strictObject({
      tenant: z.strictObject({ id: z.string() }).optional(),
      channel: z.looseObject({ id: z.string() }).optional(),
      team: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
  activity: z.looseObject({}).optional(),
});

const badSyntax = (message: string): Answer => refusal(400, 'BadSyntax', message);
const notHere = (message: string): Answer => refusal(404, 'ActivityNotFoundInConversation', message);

/** The Connector's REST operations on the fake's world. What is our bot's own defect goes to `violation`. */
export class Connector {
  readonly markupAllowed: RegExp[] = [];
  checksContent = true;
  /** Ids of activities that reached the bot, which it may answer. */
  readonly delivered = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly screen: Screen,
    private readonly bot: Bot,
    private readonly serviceUrl: string,
    private readonly violation: (text: string) => void,
  ) {}

  answer(operation: Operation, request: Incoming): Answer {
    const json = parsed(request.body);
    if (json === malformed) {
      this.violation(`${operation.route}: the body is no JSON`);
      return badSyntax('Invalid JSON');
    }
    if (Buffer.byteLength(request.body) > MESSAGE_LIMIT_BYTES) {
      this.violation(
        `${operation.route}: ${Buffer.byteLength(request.body)} bytes; Teams takes ${MESSAGE_LIMIT_BYTES}`,
      );
      return fault.tooBig();
    }
    if (operation.route === 'createConversation') return this.create(json);
    if (operation.route === 'team' || operation.route === 'teamChannels') return this.team(operation);

    const place = this.world.findPlace(operation.conversation ?? '');
    if (!place) return fault.conversationNotFound();
    if (!isInstalled(chatOf(place))) return fault.botNotInRoster();
    switch (operation.route) {
      case 'send':
        return this.send(place, json, operation);
      case 'reply':
        if (!this.mayAnswer(operation.activityId!, place))
          this.violation(`reply: nobody wrote ${operation.activityId} in ${nameOf(place)}`);
        return this.send(place, json, operation);
      case 'update':
        return this.update(place, json, operation);
      case 'delete':
        return this.remove(place, operation);
      default:
        return this.membersAnswer(place, operation, request);
    }
  }

  /** Outside of a turn botbuilder “answers” an id that it made up, or the conversation that it has just begun. */
  private mayAnswer(id: string, place: Place): boolean {
    const madeUp = id === place.id || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    return madeUp || this.delivered.has(id) || this.screen.find(id) !== undefined;
  }

  private send(place: Place, json: unknown, { route }: Pick<Operation, 'route'>): Answer {
    const activity = this.checked(json, place, route);
    if (!activity) return badSyntax('Incorrect activity');
    if (activity.type === 'typing') {
      this.screen.startTyping(place.id);
      return { status: 202, body: {} };
    }
    if (!activity.text?.trim() && !activity.attachments?.length)
      return badSyntax('Activity must include non empty text field or at least 1 attachment');
    const posted = this.show(place, activity);
    return { status: 201, body: posted.length === 1 ? { id: posted[0] } : {} };
  }

  /** Puts a message on the screens; text and cards apart, as Teams does. Returns the ids. */
  private show(place: Place, { text, textFormat, attachments = [], summary }: OutgoingMessage): string[] {
    const parts = [
      ...(text?.trim() ? [{ text, ...(textFormat ? { textFormat } : {}) }] : []),
      ...attachments.map(({ content }) => ({ text: '', card: content })),
    ];
    return parts.map((part) => {
      const id = this.world.nextMessageId();
      const thread = place.kind === 'channel' ? this.world.thread(place, id) : place;
      this.screen.add({
        id,
        conversation: thread.id,
        from: 'bot',
        fromId: this.bot.id,
        ...(thread.kind === 'thread' ? { rootId: thread.rootId } : {}),
        ...(summary ? { summary } : {}),
        ...part,
      });
      return id;
    });
  }

  private update(place: Place, json: unknown, { activityId = '' }: Operation): Answer {
    const message = this.own(place, activityId, 'update');
    if ('status' in message) return message;
    const activity = this.checked(json, place, 'update');
    if (activity?.type !== 'message') return badSyntax('Incorrect activity');
    const card = activity.attachments?.find(({ contentType }) => contentType === ADAPTIVE_CARD)?.content;
    const { text, textFormat, summary } = activity;
    this.screen.edit(message.message, {
      ...(text === undefined ? {} : { text }),
      ...(textFormat ? { textFormat } : {}),
      ...(summary === undefined ? {} : { summary }),
      card,
    });
    return { status: 200, body: { id: activityId } };
  }

  private remove(place: Place, { activityId = '' }: Operation): Answer {
    const message = this.own(place, activityId, 'delete');
    if ('status' in message) return message;
    message.message.deleted = true;
    return { status: 200 };
  }

  private own(place: Place, id: string, route: string) {
    const message = this.screen.find(id);
    if (!message || message.conversation.split(';')[0] !== chatOf(place).id) {
      this.violation(`${route}: there never was a message ${id} in ${nameOf(place)}`);
      return notHere('The activity was not found in the conversation');
    }
    if (message.fromId !== this.bot.id) {
      this.violation(`${route}: message ${id} is ${message.from}’s, not the bot’s`);
      return refusal(403, 'ForbiddenOperationException', 'Only the sender can change a message');
    }
    return message.deleted ? notHere('The activity was deleted') : { message };
  }

  private create(json: unknown): Answer {
    const asked = created.safeParse(json);
    if (!asked.success) {
      this.violation(`createConversation: ${z.prettifyError(asked.error)}`);
      return badSyntax('Incorrect conversation creation parameters');
    }
    const { bot, members = [], tenantId, channelData, isGroup, activity } = asked.data;
    const wrong = (text: string): Answer => {
      this.violation(`createConversation: ${text}`);
      return badSyntax('Incorrect conversation creation parameters');
    };
    if (bot && bot.id !== this.bot.id && bot.id !== this.bot.appId) return wrong(`bot.id is ${bot.id}`);
    if (channelData?.channel) {
      const place = this.world.findPlace(channelData.channel.id);
      if (place?.kind !== 'channel') return fault.conversationNotFound();
      if (!place.team.installed) return fault.botNotInRoster();
      if (!activity) return wrong('a thread begins with an activity, and there is none');
      return this.beginThread(place, activity);
    }
    if (isGroup) return wrong('a bot cannot begin a group chat');
    if (!bot) return wrong('the bot is not named');
    if (activity) return wrong('Teams ignores the activity of a new personal chat; send it afterwards');
    if (members.length !== 1) return wrong(`${members.length} members; a personal chat has one`);
    const tenant = channelData?.tenant?.id ?? tenantId;
    if (!tenant) return wrong('the tenant is not named');
    const person = this.world.findPerson(members[0]!.id);
    if (!person) return wrong(`nobody has the id “${members[0]!.id}”; e-mail addresses do not count`);
    const chat = this.world.personalChat(person);
    if (tenant !== person.tenantId || !chat?.installed)
      return refusal(403, 'ForbiddenOperationException', 'Bot is not installed in user’s personal scope');
    return { status: 201, body: { id: chat.id } };
  }

  private beginThread(place: Place, activity: unknown): Answer {
    const checked = this.checked(activity, place, 'createConversation');
    if (checked?.type !== 'message') return badSyntax('Incorrect activity');
    const [id] = this.show(place, checked);
    if (!id) return badSyntax('Activity must include non empty text field or at least 1 attachment');
    return { status: 201, body: { id: `${place.id};messageid=${id}`, activityId: id } };
  }

  private team({ teamId, route }: Operation): Answer {
    const team = this.world.teams.find(({ id }) => id === teamId);
    if (!team) return fault.conversationNotFound();
    if (!team.installed) return fault.botNotInRoster();
    const { id, name, aadGroupId, tenantId, channels, members } = team;
    if (route === 'teamChannels')
      return {
        status: 200,
        body: {
          conversations: channels.map((channel) =>
            channel.id === id ? { id } : { id: channel.id, name: channel.name },
          ),
        },
      };
    const counts = { channelCount: channels.length, memberCount: members.length };
    return { status: 200, body: { id, name, aadGroupId, tenantId, type: 'standard', ...counts } };
  }

  private membersAnswer(place: Place, { route, memberId = '' }: Operation, { query }: Incoming): Answer {
    const members = membersOf(chatOf(place));
    if (route === 'members') return { status: 200, body: members.map(accountOf) };
    if (route === 'pagedMembers') {
      const size = Math.min(Math.max(Number(query.get('pageSize') ?? 200), 50), 500);
      const start = Number(query.get('continuationToken') ?? 0);
      const more = start + size < members.length ? { continuationToken: String(start + size) } : {};
      return { status: 200, body: { members: members.slice(start, start + size).map(accountOf), ...more } };
    }
    const found = members.find(
      ({ id, aadObjectId, userPrincipalName }) =>
        memberId === id || memberId === aadObjectId || memberId === userPrincipalName,
    );
    return found
      ? { status: 200, body: accountOf(found) }
      : refusal(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.');
  }

  /** The activity as the strict shape has it; each fault of it is a violation. Null if it cannot be shown at all. */
  private checked(json: unknown, place: Place, route: string) {
    const { activity, faults } = checkOutgoing(json, this.setting(place));
    for (const text of faults) this.violation(`${route} in ${nameOf(place)}: ${text}`);
    return activity;
  }

  setting(place: Place): Setting {
    const members = membersOf(chatOf(place));
    return {
      serviceUrl: this.serviceUrl,
      botId: this.bot.id,
      conversationIds: [place.id],
      checksContent: this.checksContent,
      markupAllowed: this.markupAllowed,
      isMember: (id) => members.some((person) => person.id === id || person.aadObjectId === id),
      isPerson: (id) => this.world.findPerson(id) !== undefined,
    };
  }
}

const malformed = Symbol('malformed');
function parsed(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return malformed;
  }
}

const nameOf = (place: Place): string => {
  const chat: Chat = chatOf(place);
  return `${chat.kind} “${chat.name}”`;
};

/** A person as the Connector describes members: the directory's id under both names that are seen. */
export function accountOf(person: Person): Record<string, unknown> {
  const { userRole, email, userPrincipalName, givenName, surname, aadObjectId, ...rest } = person;
  const anonymous = userRole === 'anonymous';
  return {
    ...rest,
    userRole,
    ...(anonymous ? {} : { aadObjectId, objectId: aadObjectId, givenName, surname, email, userPrincipalName }),
  };
}

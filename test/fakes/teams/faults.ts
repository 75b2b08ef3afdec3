/** The Connector's operations, and the endpoints around it, that can be told to fail. */
export type Route =
  | 'createConversation'
  | 'send'
  | 'reply'
  | 'update'
  | 'delete'
  | 'members'
  | 'pagedMembers'
  | 'member'
  | 'team'
  | 'teamChannels'
  | 'token'
  | 'metadata'
  | 'keys';

/** What goes wrong. Made by the functions in `fault`. */
export type Fault =
  | Refusal
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Does what was asked, then breaks off in the middle of the answer. */
  | { kind: 'half-response' }
  /** Closes the connection before doing anything. */
  | { kind: 'dropped-before' }
  /** Does what was asked, then closes the connection without an answer: the bot cannot know. */
  | { kind: 'dropped-after' };

export interface Refusal {
  kind: 'status';
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface FaultOrder {
  /** How many requests fail before all is well again; without it, all until `lift`. */
  times?: number;
  /** Only requests about this conversation (a thread's own id, or its channel's for all of its threads). */
  conversation?: string | { id: string };
}

/** A fault that was ordered. */
export interface OrderedFault {
  /** How many requests it has met. */
  readonly hits: number;
  lift(): void;
}

/** The Connector's way of saying no. */
export const refusal = (status: number, code: string, message: string, headers?: Record<string, string>): Refusal => ({
  kind: 'status',
  status,
  body: { error: { code, message } },
  ...(headers ? { headers } : {}),
});

/** Each way in which Teams is known to fail. */
export const fault = {
  throttled: (retryAfterSeconds?: number): Refusal =>
    refusal(
      429,
      'TooManyRequests',
      'API calls quota exceeded! Maximum admitted 8 per Second.',
      retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) },
    ),
  preconditionFailed: (): Refusal => refusal(412, 'PreconditionFailed', 'Precondition failed, please try again.'),
  tooBig: (): Refusal => refusal(413, 'MessageSizeTooBig', 'Message size too large.'),
  serverError: (): Refusal => refusal(500, 'ServiceError', 'Unknown'),
  badGateway: (): Refusal => refusal(502, 'ServiceError', 'Bad gateway'),
  unavailable: (): Refusal => refusal(503, 'ServiceUnavailable', 'Service unavailable'),
  gatewayTimeout: (): Refusal => refusal(504, 'GatewayTimeout', 'Gateway timeout'),
  botDisabledByAdmin: (): Refusal => refusal(403, 'BotDisabledByAdmin', 'The tenant admin disabled this bot'),
  botNotInRoster: (): Refusal =>
    refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.'),
  writesBlocked: (): Refusal => refusal(403, 'MessageWritesBlocked', 'Thread blocked from message writes.'),
  blockedByUser: (): Refusal =>
    refusal(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.'),
  conversationNotFound: (): Refusal => refusal(404, 'ConversationNotFound', 'Conversation not found.'),
  unauthorized: (): Refusal => ({
    kind: 'status',
    status: 401,
    body: { message: 'Authorization has been denied for this request.' },
  }),
  hang: (): Fault => ({ kind: 'hang' }),
  halfResponse: (): Fault => ({ kind: 'half-response' }),
  droppedBefore: (): Fault => ({ kind: 'dropped-before' }),
  droppedAfter: (): Fault => ({ kind: 'dropped-after' }),
};

class Ordered implements OrderedFault {
  hits = 0;
  lifted = false;
  constructor(
    readonly route: Route | 'any',
    readonly fault: Fault,
    readonly order: FaultOrder,
  ) {}
  lift(): void {
    this.lifted = true;
  }
  meets(route: Route, conversation: string | undefined): boolean {
    if (this.lifted || this.hits >= (this.order.times ?? Infinity)) return false;
    if (this.route !== route && this.route !== 'any') return false;
    const where = this.order.conversation;
    if (where === undefined) return true;
    const id = typeof where === 'string' ? where : where.id;
    return conversation === id || conversation?.startsWith(`${id};`) === true;
  }
}

/** The faults in force, oldest first. */
export class FaultBook {
  private readonly orders: Ordered[] = [];

  order(route: Route | 'any', what: Fault, order: FaultOrder): OrderedFault {
    const ordered = new Ordered(route, what, order);
    this.orders.push(ordered);
    return ordered;
  }
  take(route: Route, conversation?: string): Fault | undefined {
    const met = this.orders.find((one) => one.meets(route, conversation));
    if (met) met.hits += 1;
    return met?.fault;
  }
}

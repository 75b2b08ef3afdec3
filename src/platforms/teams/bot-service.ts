/**
 * The Bot Connector service as this folder needs it. Everything here speaks these shapes; the SDK behind them is known
 * to one file (`sdk.ts`), so that leaving it is that file's matter.
 */
export interface BotService {
  /** Who signed a request, from its Authorization header alone: nothing of its body needs to be read before. */
  verify(authorization: string): Promise<Caller>;
  /** Returns the id of the message. */
  send(at: Spot, message: OutgoingMessage): Promise<string>;
  update(at: Spot, id: string, message: OutgoingMessage): Promise<void>;
  showTyping(at: Spot): Promise<void>;
  openChat(serviceUrl: string, chat: { bot: string; tenant: string; member: string }): Promise<string>;
  /** A new post in a channel. Returns the thread that begins with it, and its id. */
  openThread(
    serviceUrl: string,
    thread: { bot: string; tenant: string; channel: string },
    message: OutgoingMessage,
  ): Promise<{ conversation: string; message: string }>;
  member(at: Spot, id: string): Promise<Member>;
  members(at: Spot): Promise<Member[]>;
}

/** A conversation, and the address of the service that carries it. */
export interface Spot {
  serviceUrl: string;
  conversation: string;
}

export interface Caller {
  /** The service the token was issued for; what the request says must be the same. */
  serviceUrl: string | null;
}

/** A card, and the same as text. */
export interface OutgoingMessage {
  type: 'message';
  /** What notifications, screen readers and clients without cards show. */
  summary: string;
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive'; content: object }];
  channelData?: { notification: { alert: true } };
}

export interface Member {
  id: string;
  aadObjectId?: string | undefined;
  name?: string | undefined;
  tenantId?: string | undefined;
  userPrincipalName?: string | undefined;
  userRole?: string | undefined;
}

/** The request is not from the service, or not for this bot. */
export class Unauthorized extends Error {
  override name = 'Unauthorized';
}

/** Whether it is genuine cannot be told now: the keys are out of reach. */
export class Unverifiable extends Error {
  override name = 'Unverifiable';
}

/** The service did not do what it was asked to. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  constructor(
    message: string,
    /** HTTP status; null when no answer came. */
    readonly status: number | null,
    /** The service's own word for it: `BotNotInConversationRoster` … */
    readonly code: string | null,
    /** Milliseconds it asks us to wait. */
    readonly retryAfter: number | null,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

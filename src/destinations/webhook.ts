import { createHash, createHmac } from 'node:crypto';
import { replyText } from '../core/message';
import type { Delivery, Destination } from '../core/ports';
import type { Webhook } from '../core/routes';
import { isClosed } from '../core/ticket';
import { type TicketView, writtenSince } from '../core/ticket-view';
import { type DestinationParts, idOf, type Ping, readable, type ThreadWords } from './parts';

const timeoutMs = 10_000;
/** Answers that may be another one the next time. */
const passing = new Set([408, 409, 423, 425, 429]);

/**
 * Tells another program of a ticket, in the manner of the Standard Webhooks specification: an id that stays the same when
 * the same news is sent again, a time, and a signature over both and the body.
 */
export class WebhookDestination implements Destination {
  /** @param hooks by the name of their destination */
  constructor(
    private readonly hooks: ReadonlyMap<string, Webhook>,
    private readonly parts: DestinationParts,
  ) {}

  async ping({ destination, ticket, what }: Ping, key: string): Promise<Delivery> {
    const known = await this.parts.ticket(ticket, destination);
    if (!known) return { kind: 'sent' };
    const { view, text } = known;
    const type = isClosed(view.state) ? 'ticket.closed' : `ticket.${what}`;
    return this.post(idOf(destination), key, { type, ticket: this.shape(view, text) });
  }

  async thread({ destination, ticket, word, what, line }: ThreadWords, key: string): Promise<Delivery> {
    const known = await this.parts.ticket(ticket, destination);
    if (!known) return { kind: 'sent' };
    const { view, text } = known;
    const said =
      line.from === 'person'
        ? { from: 'employee', name: line.name, text: line.text, files: line.files }
        : { from: 'bot', text: replyText(line.say) };
    const message = { id: word, what, ...(what === 'gone' ? { from: said.from } : this.clean(said)) };
    return this.post(idOf(destination), key, { type: 'ticket.message', ticket: this.shape(view, text), message });
  }

  private shape(view: TicketView, text: string) {
    return this.clean({
      id: view.id,
      number: view.number,
      version: view.version,
      state: view.state,
      urgent: view.urgent,
      title: view.title,
      role: view.role,
      claimed_by: view.claimedBy,
      person: view.person,
      not_verified: view.notVerified,
      facts: view.facts,
      words: view.words,
      written_since: writtenSince(view),
      tried: view.tried,
      rule: view.rule,
      text,
      created_at: new Date(view.createdAt).toISOString(),
      updated_at: new Date(view.updatedAt).toISOString(),
    });
  }

  /** Every text in it, at any depth, without secrets and control characters. */
  private clean<T>(value: T): T {
    if (typeof value === 'string') return readable(value, this.parts.mask) as T;
    if (Array.isArray(value)) return value.map((one) => this.clean(one)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.clean(one)])) as T;
  }

  private async post(name: string, key: string, event: { type: string } & Record<string, unknown>): Promise<Delivery> {
    const hook = this.hooks.get(name);
    if (!hook) return { kind: 'permanent', error: `there is no webhook ${name}` };
    const id = `msg_${createHash('sha256').update(`${name}/${key}`).digest('hex').slice(0, 32)}`;
    const seconds = Math.floor(this.parts.clock.now() / 1000);
    const body = JSON.stringify({ ...event, timestamp: new Date(seconds * 1000).toISOString() });
    try {
      const response = await fetch(hook.url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'aws-signin-helpdesk',
          'idempotency-key': id,
          'webhook-id': id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': `v1,${signatureOf(hook.secret, `${id}.${seconds}.${body}`)}`,
        },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      // What it says beyond its status is of no use here, and may be of any length.
      await response.body?.cancel();
      return this.outcomeOf(response);
    } catch (error) {
      return { kind: 'temporary', error: `the webhook ${name} cannot be reached (${reasonOf(error)})` };
    }
  }

  private outcomeOf({ status, headers }: Response): Delivery {
    if (status >= 200 && status < 300) return { kind: 'sent' };
    const error = `the webhook answers ${status}`;
    if (status < 500 && !passing.has(status)) return { kind: 'permanent', error };
    const retryAfter = waitOf(headers.get('retry-after'), this.parts.clock.now());
    return retryAfter === null ? { kind: 'temporary', error } : { kind: 'temporary', error, retryAfter };
  }
}

export function signatureOf(secret: string, signed: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(signed).digest('base64');
}

/** Nobody is made to wait longer, whatever the other side asks. */
const longestWaitMs = 15 * 60_000;

/** Seconds, or a date. */
function waitOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(longestWaitMs, Math.max(0, wait));
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name: string; cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : name;
}

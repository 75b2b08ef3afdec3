import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery, Envelope, Json } from './types';

/** Payloads to the app's request URL: signed as Slack signs, with Slack's limit on the answer. */

export interface RawRequest {
  body: string | Buffer;
  contentType?: string;
  secret?: string;
  /** Seconds. */
  timestamp?: number;
  /** Signs this instead of the body. */
  signedBody?: string;
  headers?: Record<string, string>;
  url?: string;
}

export interface RawAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

/** The v0 signature. The time is always the machine's: the app compares it with its own clock. */
export function signed(
  body: string | Buffer,
  secret: string,
  timestamp = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body);
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${hmac.digest('hex')}` };
}

const form = 'application/x-www-form-urlencoded';

/** Events are JSON; interactivity is JSON inside a form; a command is the form itself. */
function encoded({ kind, payload }: Envelope): { body: string; contentType: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  if (kind === 'interactive')
    return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType: form };
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return { body: new URLSearchParams(fields).toString(), contentType: form };
}

/** JSON of an ack, or nothing when it is plain text. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

export class Requests {
  constructor(
    private readonly secret: string,
    private readonly ackWithinMs: number,
    private readonly retryAfterMs: number[],
  ) {}

  async post(request: RawRequest & { url: string }, signal?: AbortSignal): Promise<RawAnswer> {
    const { body, url, contentType = 'application/json', secret = this.secret } = request;
    const response = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signed(request.signedBody ?? body, secret, request.timestamp),
        ...request.headers,
      },
      redirect: 'manual',
      ...(signal ? { signal } : {}),
    });
    return {
      status: response.status,
      body: await response.text(),
      headers: Object.fromEntries(response.headers.entries()),
    };
  }

  async once(url: string, envelope: Envelope, retry?: { num: number; reason: string }): Promise<Delivery> {
    const headers: Record<string, string> = retry
      ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }
      : {};
    const signal = AbortSignal.timeout(this.ackWithinMs);
    try {
      const answer = await this.post({ ...encoded(envelope), url, headers }, signal);
      const payload = parsed(answer.body);
      return { ...answer, sent: envelope, ...(payload === undefined ? {} : { payload }) };
    } catch {
      const error = signal.aborted ? 'http_timeout' : 'connection_failed';
      return { status: 0, body: '', headers: {}, error, sent: envelope };
    }
  }

  /** Sends, and sends an event again as often as ordered while the app does not take it. */
  async send(url: string, envelope: Envelope): Promise<Delivery> {
    let delivery = await this.once(url, envelope);
    if (envelope.kind !== 'events_api') return delivery;
    for (const [at, ms] of this.retryAfterMs.entries()) {
      const taken = delivery.status >= 200 && delivery.status < 300;
      if (taken || delivery.headers['x-slack-no-retry'] === '1') break;
      await pause(ms);
      delivery = await this.once(url, envelope, { num: at + 1, reason: delivery.error ?? 'http_error' });
    }
    return delivery;
  }

  /** Slack's check of a request URL. */
  async verify(url: string): Promise<boolean> {
    const challenge = 'a-challenge-nobody-can-guess';
    const payload: Json = { token: 'verification', type: 'url_verification', challenge };
    const { status, body } = await this.post({ url, body: JSON.stringify(payload) });
    return status === 200 && (body === challenge || (parsed(body) as Json | undefined)?.challenge === challenge);
  }
}

import type { SlackSettings } from '../../src/config';
import type { Network } from './network';

export type SlackAnswer =
  | { kind: 'ok'; body: Record<string, unknown>; scopes: string[] | null }
  /** Slack's own word for what is wrong. */
  | { kind: 'refused'; error: string }
  | { kind: 'unreachable'; reason: string }
  /** Slack is there but not well, or has had enough of us. */
  | { kind: 'ailing'; status: number }
  /** Whoever answered is not Slack. */
  | { kind: 'foreign'; status: number };

/** The Web API as far as a look needs it: single calls, and what the token itself says. */
export class SlackApi {
  private known: Promise<SlackAnswer> | undefined;

  constructor(
    readonly settings: SlackSettings,
    private readonly network: Network,
  ) {}

  /** Who the bot token belongs to; asked once. */
  auth(): Promise<SlackAnswer> {
    this.known ??= this.call('auth.test');
    return this.known;
  }

  async call(
    method: string,
    fields: Record<string, string> = {},
    token = this.settings.botToken,
  ): Promise<SlackAnswer> {
    const base = this.settings.apiUrl;
    const answer = await this.network.ask(new URL(method, base.endsWith('/') ? base : `${base}/`).href, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      trustedClock: true,
    });
    if (answer.kind === 'unreachable') return { kind: 'unreachable', reason: answer.reason };
    if (answer.status === 429 || answer.status >= 500) return { kind: 'ailing', status: answer.status };
    const body = answer.json;
    if (typeof body !== 'object' || body === null || !('ok' in body)) return { kind: 'foreign', status: answer.status };
    if (body.ok !== true) return { kind: 'refused', error: 'error' in body ? String(body.error) : 'no reason given' };
    const scopes = answer.headers.get('x-oauth-scopes');
    return { kind: 'ok', body: body as Record<string, unknown>, scopes: scopes === null ? null : listed(scopes) };
  }
}

const listed = (scopes: string): string[] =>
  scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);

/** What came back from an address, or why nothing did. */
export type Answer =
  | { kind: 'answer'; status: number; headers: Headers; text: string; json: unknown }
  | { kind: 'unreachable'; code: string; reason: string };

export interface Question {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** The answer comes from a platform, whose clock is right. */
  trustedClock?: boolean;
}

/** How far this machine's clock is from a platform's, in milliseconds; above zero means that ours is late. */
export interface ClockReading {
  host: string;
  behindMs: number;
}

/** The outside as the service meets it: the same fetch, no proxy, a limit on every call. */
export class Network {
  readonly clockReadings: ClockReading[] = [];

  constructor(
    private readonly limitMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Asks once; follows no redirect, since the platforms do not either. */
  async ask(url: string, { method = 'GET', headers = {}, body, trustedClock }: Question = {}): Promise<Answer> {
    const begun = this.now();
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.limitMs),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      if (trustedClock) this.readClock(new URL(url).host, response.headers.get('date'), begun);
      return { kind: 'answer', status: response.status, headers: response.headers, text, json: parsed(text) };
    } catch (error) {
      return { kind: 'unreachable', ...told(error, new URL(url).host, this.limitMs) };
    }
  }

  private readClock(host: string, date: string | null, begun: number): void {
    const theirs = Date.parse(date ?? '');
    // Their time is somewhere between question and answer.
    if (!Number.isNaN(theirs)) this.clockReadings.push({ host, behindMs: theirs - (begun + this.now()) / 2 });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const reasons: Record<string, (host: string) => string> = {
  ENOTFOUND: (host) => `the name ${host} is not known`,
  EAI_AGAIN: (host) => `the name ${host} could not be looked up`,
  ECONNREFUSED: (host) => `nothing listens on ${host}`,
  ECONNRESET: (host) => `${host} closed the connection`,
  UND_ERR_SOCKET: (host) => `${host} closed the connection`,
  ETIMEDOUT: (host) => `${host} does not answer`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} does not answer`,
  EHOSTUNREACH: (host) => `no way leads to ${host}`,
  ENETUNREACH: (host) => `no way leads to ${host}`,
};

/** Whether the connection failed over the certificate that the other side showed. */
export const isAboutCertificate = (code: string): boolean => /CERT|SELF_SIGNED|LEAF_SIGNATURE|ERR_TLS/.test(code);

function told(error: unknown, host: string, limitMs: number): { code: string; reason: string } {
  if (textOf(error, 'name') === 'TimeoutError')
    return { code: 'TIMEOUT', reason: `no answer from ${host} within ${limitMs / 1000} s` };
  // `fetch failed` says nothing; its cause does. Of several addresses of one name the first refusal says enough.
  const cause = memberOf(error, 'cause') ?? error;
  const first = (memberOf(cause, 'errors') as unknown[] | undefined)?.[0] ?? cause;
  const code = textOf(first, 'code');
  const reason = reasons[code]?.(host) ?? (textOf(first, 'message') || String(first));
  return { code, reason: code && !reason.includes(code) ? `${reason} (${code})` : reason };
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function textOf(value: unknown, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}

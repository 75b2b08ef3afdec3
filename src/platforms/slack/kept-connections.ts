import type { webApi } from '@slack/bolt';
import type { Dispatcher } from 'undici';

type Undici = typeof import('undici');
type Calls = NonNullable<webApi.WebClientOptions['fetch']>;
type Answer = Awaited<ReturnType<Calls>>;

/** Far more than the outbox and the looks of turns have under way at once, also while Slack hangs. */
const CONNECTIONS = 256;

/** One for all clients of this process. */
let kept: Dispatcher | null = null;

/**
 * How Slack's client makes its calls, in place of the global `fetch`: over connections that are kept, without the
 * streams and header objects of a browser, which took several times as much of the processor. No redirect is followed,
 * nothing is tried again.
 */
export function callsOverKeptConnections(): Calls {
  // Bolt has loaded it already; deployments without Slack must not do so for us.
  const { Agent } = require('undici') as Undici;
  kept ??= new Agent({ connections: CONNECTIONS });
  const agent = kept;
  return async (url, { method = 'GET', headers = {}, body = null, signal } = {}) => {
    if (typeof body === 'object' && body !== null) throw new Error('files are not sent to Slack');
    const { href, origin, pathname, search } = new URL(url);
    const asked: Dispatcher.RequestOptions = {
      origin,
      path: pathname + search,
      method: method as Dispatcher.HttpMethod,
      headers,
      body,
      signal: signal ?? null,
    };
    const { statusCode, headers: told, body: answer } = await agent.request(asked);
    // Read whatever the client does with it: an answer left half read would fail aloud when its connection breaks.
    return answerOf(href, statusCode, told, await answer.text());
  };
}

function answerOf(url: string, status: number, told: Dispatcher.ResponseData['headers'], text: string): Answer {
  const get = (name: string): string | null => {
    const value = told[name.toLowerCase()];
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  };
  return {
    url,
    status,
    ok: status >= 200 && status < 300,
    statusText: '',
    headers: { get, entries: () => Object.keys(told).map((name): [string, string] => [name, get(name) ?? '']) },
    text: async () => text,
    json: async () => JSON.parse(text) as unknown,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  };
}

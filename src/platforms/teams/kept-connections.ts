import type { Dispatcher } from 'undici';
import { ServiceError } from './bot-service';

type Undici = typeof import('undici');

/** Far more than the outbox and the looks of turns have under way at once, also while Teams hangs. */
const CONNECTIONS = 256;

interface Headers {
  toJSON(): Record<string, string>;
}

/** What the Connector's client hands to whoever makes its calls, as far as it says something. */
interface Request {
  url: string;
  method: string;
  headers: Headers;
  body?: unknown;
  abortSignal?: AbortSignal;
  /** Set where the environment names a proxy. */
  agent?: unknown;
  proxySettings?: unknown;
  streamResponseStatusCodes?: ReadonlySet<number>;
}

interface Response {
  request: Request;
  status: number;
  headers: Headers;
  bodyAsText: string;
}

export interface HttpClient {
  sendRequest(request: Request): Promise<Response>;
}

/**
 * How the Connector's client makes its calls: over connections that are kept, for a fraction of the processor time its
 * own way takes. What this does not know (proxies, streams) goes that way as before.
 */
export function overKeptConnections(usual: HttpClient): HttpClient {
  const { Agent } = require('undici') as Undici;
  const agent = new Agent({ connections: CONNECTIONS });
  return {
    async sendRequest(request) {
      const { url, method, headers, body = null, abortSignal, agent: other, proxySettings } = request;
      const isText = body === null || typeof body === 'string';
      if (!isText || other || proxySettings || request.streamResponseStatusCodes?.size)
        return usual.sendRequest(request);
      const { origin, pathname, search } = new URL(url);
      const asked: Dispatcher.RequestOptions = {
        origin,
        path: pathname + search,
        method: method as Dispatcher.HttpMethod,
        headers: { ...headers.toJSON(), 'accept-encoding': 'identity' },
        body,
        signal: abortSignal ?? null,
      };
      try {
        const { statusCode: status, headers: told, body: answer } = await agent.request(asked);
        const OfItsKind = headers.constructor as new (values: typeof told) => Headers;
        return { request, status, headers: new OfItsKind(told), bodyAsText: await answer.text() };
      } catch (error) {
        const { message, code } = error as { message?: string; code?: unknown };
        throw new ServiceError(message ?? 'the call failed', null, typeof code === 'string' ? code : null, null, error);
      }
    },
  };
}

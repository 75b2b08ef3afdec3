import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';

/** One request that the bot made. */
export interface Incoming {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  authorization: string | undefined;
  body: string;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://fake');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Does the work and answers, or fails on the way in the manner that was ordered. */
export function respond(response: ServerResponse, ordered: Fault | undefined, work: () => Answer): Answer {
  switch (ordered?.kind) {
    case 'status':
      return send(response, ordered);
    case 'hang':
      return { status: 0 };
    case 'dropped-before':
      response.destroy();
      return { status: 0 };
    case 'dropped-after':
      work();
      response.destroy();
      return { status: 0 };
    case 'half-response': {
      const done = work();
      const text = JSON.stringify(done.body ?? {});
      response.writeHead(done.status, { 'content-type': 'application/json', 'content-length': text.length + 100 });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
      return { status: 0 };
    }
    case undefined:
      return send(response, work());
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): Answer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
  return { status, ...(body === undefined ? {} : { body }) };
}

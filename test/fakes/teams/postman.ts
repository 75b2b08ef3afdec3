import { Agent, request } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Posted {
  /** The bot's HTTP status; 0 when nothing came back (see `failure`). */
  status: number;
  /** The bot's answer, parsed when it is JSON. */
  body: unknown;
  /** `timeout`: no answer within the limit, as Teams counts it. */
  failure?: 'timeout' | 'connection';
}

/** POSTs to the bot's messaging endpoint, and gives up where Teams would. */
export class Postman {
  private readonly agent = new Agent({ keepAlive: true });
  endpoint: string | undefined;

  close(): void {
    this.agent.destroy();
  }

  post(body: string | Buffer, headers: Record<string, string>, limitMs: number): Promise<Posted> {
    if (!this.endpoint) throw new Error('where the bot listens is not known yet: call deliversTo() first');
    const url = new URL(this.endpoint);
    const secure = url.protocol === 'https:';
    return new Promise((resolve) => {
      const outgoing = (secure ? secureRequest : request)(
        url,
        {
          method: 'POST',
          ...(secure ? {} : { agent: this.agent }),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
            'content-length': String(Buffer.byteLength(body)),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => settle({ status: response.statusCode ?? 0, body: readable(Buffer.concat(chunks)) }));
          response.on('error', () => settle({ status: 0, body: undefined, failure: 'connection' }));
        },
      );
      const timer = setTimeout(() => {
        settle({ status: 0, body: undefined, failure: 'timeout' });
        outgoing.destroy();
      }, limitMs);
      function settle(posted: Posted): void {
        clearTimeout(timer);
        resolve(posted);
      }
      outgoing.on('error', () => settle({ status: 0, body: undefined, failure: 'connection' }));
      outgoing.end(body);
    });
  }
}

function readable(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

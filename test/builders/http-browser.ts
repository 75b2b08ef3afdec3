import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A bare HTTP client that keeps its cookie as a browser does and may lie about any header, unlike fetch. */
export class HttpBrowser {
  cookie = '';

  constructor(readonly port: number) {}

  get = (path: string, headers: Record<string, string> = {}) => this.ask('GET', path, headers);

  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.ask(
      'POST',
      path,
      { 'Content-Type': 'application/json', ...headers },
      typeof body === 'string' ? body : JSON.stringify(body),
    );

  private ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const all = { ...(this.cookie ? { Cookie: this.cookie } : {}), ...headers };
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers: all }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const [set] = response.headers['set-cookie'] ?? [];
          if (set) this.cookie = set.split(';')[0]!;
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Opens the event stream; `until` resolves with all events once one of them satisfies the test. */
  events(query = '', headers: Record<string, string> = {}) {
    const events: { event: string; data: string; id: string | null }[] = [];
    const waiting = new Set<() => void>();
    let rest = '';
    const sent = request(
      { host: '127.0.0.1', port: this.port, path: `/api/events${query}`, headers: { Cookie: this.cookie, ...headers } },
      (response) => {
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop()!;
          for (const block of blocks) {
            const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
            if (field('event')) events.push({ event: field('event')!, data: field('data')!, id: field('id') });
          }
          for (const wake of waiting) wake();
        });
      },
    );
    sent.on('error', () => {});
    sent.end();
    return {
      events,
      close: () => sent.destroy(),
      until: (isDone: (seen: typeof events) => boolean) =>
        new Promise<typeof events>((resolve) => {
          const look = () => {
            if (!isDone(events)) return;
            waiting.delete(look);
            resolve(events);
          };
          waiting.add(look);
          look();
        }),
    };
  }
}

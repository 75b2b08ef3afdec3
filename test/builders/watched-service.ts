import { readSettings } from '../../src/config';
import { noOrganization } from '../../src/core/organization';
import type { Store } from '../../src/core/ports';
import { createLog } from '../../src/log';
import { type Service, startService } from '../../src/service';
import { knowledge, repository } from './bot';
import { HttpBrowser } from './http-browser';

/** The service with the web desk, all it logs at the finest level, and its figures. */
export interface WatchedService {
  service: Service;
  browser: HttpBrowser;
  log(): string;
  says(text: string): Promise<void>;
  presses(button: string): Promise<void>;
  /** What an administrator does with a ticket. */
  acts(ticket: number, action: string, text?: string): Promise<void>;
  idle(): Promise<void>;
  /** Everything on `/metrics`. */
  metrics(): Promise<string>;
  /** One figure: the sum over all its labels but those given. */
  figure(name: string, labels?: Record<string, string>): Promise<number>;
}

export async function watchService(
  options: { around?: (store: Store) => Store; level?: string } = {},
): Promise<WatchedService> {
  const lines: string[] = [];
  const settings = readSettings({ PORT: '0', DATA_DIR: ':memory:' });
  const log = createLog(options.level ?? 'trace', { write: (line: string) => void lines.push(line) });
  const { around } = options;
  const service = await startService({ settings, content: knowledge().content, organization: noOrganization }, log, {
    assets: repository,
    ...(around ? { around } : {}),
  });
  const browser = new HttpBrowser(service.port);
  await browser.get('/api/chat');
  let keys = 0;
  const post = async (path: string, body: object) => {
    const answer = await browser.post(path, { key: `watched-${++keys}`, name: 'Ada Canary-Name', ...body });
    if (answer.status !== 202) throw new Error(`${path} answered ${answer.status}: ${answer.body}`);
    await idle();
  };
  const idle = async () => {
    await service.helpdesk.turns.idle();
    await service.helpdesk.outbox.settled();
  };
  const metrics = async () => (await browser.get('/metrics')).body;
  return {
    service,
    browser,
    log: () => lines.join(''),
    says: (text) => post('/api/chat/messages', { text }),
    presses: (press) => post('/api/chat/messages', { press }),
    acts: (ticket, action, text) => post(`/api/tickets/${ticket}/${action}`, text === undefined ? {} : { text }),
    idle,
    metrics,
    figure: async (name, labels = {}) => {
      const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
      const found = (await metrics())
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .filter((line) => wanted.every((one) => line.includes(one)));
      return found.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
  };
}

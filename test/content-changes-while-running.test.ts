import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { readSettings } from '../src/config';
import { loadContent } from '../src/content/load';
import { noOrganization } from '../src/core/organization';
import { type Service, startService } from '../src/service';
import type { ContentTree } from './builders/content-tree';
import { pressMessage, textMessage } from './builders/store';
import { taughtTree } from './builders/taught-tree';

/** F20: the service goes on with the last good content, whatever happens to the files; with the new one once it is good. */
const words = 'scenarios/mfa-lost/en.yaml';

let tree: ContentTree;
let service: Service;
const logged: string[] = [];

beforeAll(async () => {
  tree = taughtTree();
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void logged.push(line) });
  const settings = readSettings({ PORT: '0', DATA_DIR: ':memory:' });
  const content = loadContent(tree.root);
  service = await startService({ settings, content, organization: noOrganization }, log, { intents: tree.root });
}, 120_000);
afterAll(async () => {
  await service.stop();
  tree.remove();
});

let count = 0;
const write = (file: string, text: string) => writeFileSync(join(tree.root, file), text);
async function hears(message: { text: string } | { press: string }): Promise<string> {
  const key = `k${++count}`;
  await service.helpdesk.turns.receive(
    'text' in message ? textMessage(key, message) : pressMessage(key, message.press),
  );
  await service.helpdesk.turns.idle();
  return JSON.stringify((await service.store.chat('c1', 0)).at(-1)?.line);
}

test('a broken file leaves the last good content in use, and the log names file and line', async () => {
  const good = tree.read(words);
  expect(await hears({ press: 'topic:mfa.lost' })).toContain('mfa-lost/which-type');
  write(words, good.replace('say: Only an administrator', 'say: [Only an administrator'));
  await service.reload.now();
  expect(service.reload.current.refused?.faults[0]).toMatchObject({
    file: `intents/${words}`,
    line: expect.any(Number),
  });
  expect(logged.join('')).toMatch(/intents\/scenarios\/mfa-lost\/en\.yaml:\d+/);
  expect(await hears({ press: 'choose:iam' })).toContain('Only an administrator can help an IAM user.');
  write(words, good);
});

test('people are answered while a change is read and trained for, then with the new words', async () => {
  write(words, tree.read(words).replace('Only an administrator can', 'Nobody but an administrator can'));
  const loading = service.reload.now();
  expect(await hears({ press: 'start_over' })).toContain('phrases/started-over');
  expect(service.reload.current.isLoading).toBe(true);
  await loading;
  await hears({ press: 'topic:mfa.lost' });
  expect(await hears({ press: 'choose:iam' })).toContain('Nobody but an administrator can help an IAM user.');
}, 120_000);

test('who stands on a step that is gone begins that scenario anew', async () => {
  const data = 'scenarios/mfa-lost/scenario.yaml';
  expect((await service.store.loadConversation('c1')).conversation.position?.step).toBe('iam/device');
  write(data, tree.read(data).replaceAll('iam/device', 'iam/token'));
  write(words, tree.read(words).replaceAll('iam/device', 'iam/token'));
  await service.reload.now();
  expect(service.reload.current.refused).toBeNull();
  expect(await hears({ text: 'hmm that is odd' })).toContain('mfa-lost/iam/token');
  expect(logged.join('')).not.toContain('turn failed');
}, 120_000);

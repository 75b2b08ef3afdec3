import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../../scripts/doctor';
import { openSqliteStore } from '../../../src/stores/sqlite';

describe('npm run doctor', () => {
  let folder: string;
  let server: Server | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => {
    server?.close();
    server = null;
    rmSync(folder, { recursive: true });
  });

  const serving = async (body: string): Promise<string> => {
    const made = createServer((_request, response) => response.end(body));
    server = made;
    await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
    return String((made.address() as AddressInfo).port);
  };
  const kinds = async (env: NodeJS.ProcessEnv) =>
    Object.fromEntries(
      (await examine({ DATA_DIR: folder, PORT: '0', ...env })).map(({ about, kind }) => [about, kind]),
    );
  const textOf = async (about: string, env: NodeJS.ProcessEnv) =>
    (await examine({ DATA_DIR: folder, PORT: '0', ...env })).find((finding) => finding.about === about)?.text;

  it('finds nothing wrong with a fresh machine, and leaves it fresh', async () => {
    expect(await kinds({})).toEqual({
      settings: 'ok',
      content: 'ok',
      'organisation file': 'ok',
      'data folder': 'ok',
      store: 'ok',
      port: 'ok',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('opens the store that is there', async () => {
    await (await openSqliteStore(folder)).close();
    expect(await textOf('store', {})).toMatch(/helpdesk\.sqlite opens; 0 open tickets$/);
  });

  it('says that a damaged store was left alone', async () => {
    writeFileSync(join(folder, 'helpdesk.sqlite'), 'this is no database at all');
    expect(await kinds({})).toMatchObject({ store: 'fault', port: 'ok' });
    expect(await textOf('store', {})).toContain('Nothing was overwritten');
  });

  it('tells our own running service from another program on the port', async () => {
    expect(await textOf('port', { PORT: await serving('{"ok":true}') })).toContain('the service is running');
    server?.close();
    const port = await serving('<html>');
    expect(await kinds({ PORT: port })).toMatchObject({ port: 'fault' });
    expect(await textOf('port', { PORT: port })).toContain('set PORT to a free one');
  });

  it('names the faults of the settings and still looks at the rest', async () => {
    const file = join(folder, 'organization.yaml');
    writeFileSync(file, 'version: 1\nportals: []\n');
    const findings = await examine({ PORT: 'many', ORGANIZATION_FILE: file });
    expect(findings.filter(({ kind }) => kind === 'fault').map(({ about }) => about)).toEqual([
      'settings',
      'organisation file',
    ]);
    expect(findings.find(({ about }) => about === 'organisation file')?.text).toContain('unknown key "portals"');
  });
});

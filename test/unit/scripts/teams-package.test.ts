import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { makeTeamsPackage } from '../../../scripts/teams-package';
import { iconFaults } from '../../../scripts/teams-package/icon';
import { fillIn, type Manifest, manifestFaults } from '../../../scripts/teams-package/manifest';
import { PackageFaulty, teamsPackage } from '../../../scripts/teams-package/package';
import { repository } from '../../builders/bot';

const appId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const sources = join(repository, 'manifests', 'teams');

const values = {
  'app-id': appId,
  version: '1.0.0',
  developer: 'IT helpdesk',
  website: 'https://helpdesk.example.com',
  privacy: 'https://helpdesk.example.com',
  terms: 'https://helpdesk.example.com',
  name: 'AWS sign-in helpdesk',
  'full-name': 'AWS sign-in helpdesk',
  domain: 'helpdesk.example.com',
};
const template: unknown = JSON.parse(readFileSync(join(sources, 'manifest.json'), 'utf8'));

describe('npm run teams-package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'teams-package-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const make = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    makeTeamsPackage([...args, '--out', join(folder, 'app.zip')], env);
  const faultsOf = (args: string[], env: NodeJS.ProcessEnv = {}): string => {
    try {
      make(args, env);
    } catch (error) {
      if (error instanceof PackageFaulty) return error.faults.join('\n');
      throw error;
    }
    throw new Error('the package was made');
  };
  const made = () => unzipSync(readFileSync(join(folder, 'app.zip')));
  const manifestOf = (zip = made()) => JSON.parse(Buffer.from(zip['manifest.json']!).toString()) as Manifest;

  it('writes the manifest and the icons, and nothing else', () => {
    expect(make(['--app-id', appId, '--domain', 'helpdesk.example.com'])).toContain(join(folder, 'app.zip'));
    const zip = made();
    expect(Object.keys(zip)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(Buffer.from(zip['color.png']!)).toEqual(readFileSync(join(sources, 'color.png')));
    expect(manifestOf(zip)).toMatchObject({
      id: appId,
      manifestVersion: '1.25',
      bots: [{ botId: appId, scopes: ['personal', 'team', 'groupChat'] }],
      validDomains: ['helpdesk.example.com'],
      developer: { websiteUrl: 'https://helpdesk.example.com', privacyUrl: 'https://helpdesk.example.com' },
    });
  });

  it('takes the app id and the host from the environment', () => {
    make([], { TEAMS_APP_ID: appId.toUpperCase(), PUBLIC_URL: 'https://Helpdesk.example.com/helpdesk' });
    expect(manifestOf()).toMatchObject({ id: appId, validDomains: ['helpdesk.example.com'] });
  });

  it('takes every other word as it is given', () => {
    make(
      `--app-id ${appId} --domain h.example.com --name Help --version 2.1.0 --developer Ops --website https://w.example.com --privacy https://p.example.com --terms https://t.example.com`.split(
        ' ',
      ),
    );
    expect(manifestOf()).toMatchObject({
      version: '2.1.0',
      name: { short: 'Help', full: 'Help' },
      developer: {
        name: 'Ops',
        websiteUrl: 'https://w.example.com',
        privacyUrl: 'https://p.example.com',
        termsOfUseUrl: 'https://t.example.com',
      },
    });
  });

  it('gives the same bytes each time and in every time zone', () => {
    // A zone holds for a whole process, so each needs its own.
    const bytes = ['Asia/Tokyo', 'America/Los_Angeles'].map((zone) => {
      const out = join(folder, `${zone.replace('/', '-')}.zip`);
      const script = join(repository, 'scripts', 'teams-package.ts');
      const args = ['--import', 'tsx', script, '--app-id', appId, '--domain', 'helpdesk.example.com', '--out', out];
      execFileSync(process.execPath, args, { cwd: repository, env: { ...process.env, TZ: zone } });
      return readFileSync(out).toString('base64');
    });
    expect(new Set(bytes).size).toBe(1);
    make(['--app-id', appId, '--domain', 'helpdesk.example.com']);
    expect(readFileSync(join(folder, 'app.zip')).toString('base64')).toBe(bytes[0]);
  });

  it('writes the older schema for clouds that want it', () => {
    make(['--app-id', appId, '--domain', 'helpdesk.example.com', '--schema', '1.19']);
    const manifest = manifestOf();
    expect(manifest.manifestVersion).toBe('1.19');
    expect(manifest.$schema).toContain('/v1.19/');
    expect(manifest).not.toHaveProperty('supportsChannelFeatures');
  });

  it('says what is missing, and every fault at once', () => {
    expect(faultsOf([])).toMatch(/--app-id.*TEAMS_APP_ID\n.*--domain.*PUBLIC_URL/);
    const faults = faultsOf([
      ...['--app-id', 'not-a-guid', '--domain', 'https://helpdesk.example.com/', '--version', '1.0'],
      ...['--name', 'A name that nobody could ever read in full', '--website', 'http://w.example.com'],
    ]);
    expect(faults).toMatch(/^id is no GUID.*\(--app-id\)$/m);
    expect(faults).toMatch(/^name\.short is too long; at most 30 characters \(--name\)$/m);
    expect(faults).toMatch(/^version must be three numbers.*\(--version\)$/m);
    expect(faults).toMatch(/^developer\.websiteUrl must be an https address \(--website\)$/m);
    expect(faults).toMatch(/^validDomains\[0\] must be a host name.*\(--domain\)$/m);
  });

  it('knows no other options and no other schema', () => {
    expect(faultsOf(['--colour', 'red'])).toMatch(/--colour[\s\S]*Use: npm run teams-package/);
    expect(faultsOf(['--app-id', appId, '--domain', 'h.example.com', '--schema', '2.0'])).toContain('--schema 2.0');
  });

  it('names a source that is missing or broken', () => {
    for (const name of ['manifest.json', 'color.png']) copyFileSync(join(sources, name), join(folder, name));
    expect(() => teamsPackage({ folder, values })).toThrow(/outline\.png cannot be read \(ENOENT\)/);
    copyFileSync(join(sources, 'color.png'), join(folder, 'outline.png'));
    expect(() => teamsPackage({ folder, values })).toThrow(/outline\.png is 192 × 192 pixels/);
    writeFileSync(join(folder, 'manifest.json'), '{');
    expect(() => teamsPackage({ folder, values })).toThrow(/manifest\.json is no JSON/);
  });
});

describe('icons', () => {
  const header = (width: number, height: number, colourType: number): Uint8Array => {
    const bytes = Buffer.alloc(33);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
    bytes.writeUInt32BE(13, 8);
    bytes.write('IHDR', 12, 'latin1');
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.writeUInt8(8, 24);
    bytes.writeUInt8(colourType, 25);
    return bytes;
  };

  it('are judged by their header', () => {
    expect(iconFaults('a.png', header(32, 32, 6), { size: 32, transparent: true })).toEqual([]);
    expect(iconFaults('a.png', header(192, 192, 2), { size: 192, transparent: false })).toEqual([]);
    expect(iconFaults('a.png', header(32, 31, 6), { size: 32, transparent: true })).toHaveLength(1);
    expect(iconFaults('a.png', header(32, 32, 2), { size: 32, transparent: true })).toHaveLength(1);
    expect(iconFaults('a.png', header(32, 32, 6).subarray(0, 20), { size: 32, transparent: true })).toEqual([
      'a.png is no PNG',
    ]);
    expect(iconFaults('a.png', Buffer.from('<svg/>'.repeat(10)), { size: 32, transparent: true })).toEqual([
      'a.png is no PNG',
    ]);
  });
});

describe('the limits of a manifest', () => {
  const commands = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ title: `command ${index}`, description: 'does it' }));
  const letters = (count: number) => 'x'.repeat(count);

  it.each<[path: string, fits: unknown, fails: unknown]>([
    ['name.short', letters(30), letters(31)],
    ['name.full', letters(100), letters(101)],
    ['description.short', letters(80), letters(81)],
    ['description.full', letters(4000), letters(4001)],
    ['developer.name', letters(32), letters(33)],
    ['bots.0.commandLists.0.commands', commands(10), commands(11)],
    ['bots.0.commandLists.0.commands.0.title', letters(32), letters(33)],
    ['bots.0.commandLists.0.commands.0.description', letters(128), letters(129)],
    ['validDomains', Array(100).fill('a.example.com'), Array(101).fill('a.example.com')],
  ])('%s: the last that fits, and the first that does not', (path, fits, fails) => {
    expect(manifestFaults(changed(path, fits))).toEqual([]);
    expect(manifestFaults(changed(path, fails))).toHaveLength(1);
  });

  it.each<[path: string, value: unknown, fault: RegExp]>([
    ['accentColor', 'teal', /^accentColor must be a colour/],
    ['id', '00000000-0000-0000-0000-000000000000', /^id is the empty GUID \(--app-id\)$/],
    ['name.short', '  ', /^name\.short is empty/],
    ['bots', [], /^bots must be one bot$/],
    ['bots.0.scopes', ['team', 'personal', 'groupChat', 'copilot'], /^bots\[0\]\.scopes\[3\] is not right/],
    ['bots.0.scopes', ['team', 'personal', 'groupChat', 'team'], /scopes names a scope twice/],
    ['bots.0.scopes', ['team', 'personal'], /is for groupChat, which the bot does not offer/],
    ['bots.0.isNotificationOnly', true, /isNotificationOnly must be false/],
    ['bots.0.commandLists.0.scopes', ['personal', 'team'], /has two lists for one scope/],
    ['bots.0.commandLists.0.commands.1.title', 'Home', /names a command twice/],
    ['defaultInstallScope', 'meetings', /^defaultInstallScope is not right/],
    ['supportsChannelFeatures', undefined, /^supportsChannelFeatures is missing/],
    ['$schema', 'https://example.com', /^\$schema must be .*v1\.25/],
    ['bots.0.speaks', true, /^bots\[0\]\.speaks is nothing that/],
    ['tabs', [], /^tabs is nothing that/],
    ['icons.color', '../color.png', /^icons\.color is not right/],
    ['validDomains', ['*'], /^validDomains\[0\] must be a host name/],
  ])('refuses %s as %j', (path, value, fault) => {
    const faults = manifestFaults(changed(path, value));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('refuses in 1.19 what came later', () => {
    const manifest = changed('manifestVersion', '1.19');
    manifest.$schema = manifest.$schema.replace('1.25', '1.19');
    expect(manifestFaults(manifest)).toEqual(['supportsChannelFeatures is unknown to 1.19']);
  });
});

/** A good manifest but for one value, named by its path. */
function changed(path: string, value: unknown): Manifest {
  const manifest = fillIn(template, values) as Manifest;
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], manifest);
  (parent as Record<string, unknown>)[last] = value;
  return manifest;
}

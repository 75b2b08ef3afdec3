import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { fillIn, manifestFaults } from '../../scripts/teams-package/manifest';
import { errorCodes } from '../../src/core/errors';
import { neededEvents, neededScopes } from '../../src/platforms/slack/scopes';
import { personalCommands } from '../../src/platforms/teams/commands';
import { repository } from '../builders/bot';
import { FakeSlack } from '../fakes/slack/slack';

const read = (file: string): string => readFileSync(join(repository, file), 'utf8');

/** What Slack publishes about manifests (docs.slack.dev/reference/app-manifest), as far as ours goes. */
const httpsUrl = z.url({ protocol: /^https$/ });
const slackManifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
        url: httpsUrl.optional(),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().max(24),
        type: z.enum(['message', 'global']),
        callback_id: z.string().max(255),
        description: z.string().max(150),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: httpsUrl.optional(), bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: httpsUrl.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

describe('manifests/slack.yaml', () => {
  const text = read('manifests/slack.yaml');
  const manifest = slackManifest.parse(parse(text));

  it('asks for exactly the scopes and events the bot uses', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...neededScopes].sort());
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual([...neededEvents].sort());
  });

  it('sends everything to one address, named in three places', () => {
    const urls = [
      manifest.features.slash_commands[0]?.url,
      manifest.settings.event_subscriptions.request_url,
      manifest.settings.interactivity.request_url,
    ];
    expect(urls).toEqual(Array(3).fill('https://helpdesk.example.com/slack/events'));
  });

  it('has the command and the shortcut', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/aws-help']);
    expect(manifest.features.shortcuts).toMatchObject([{ callback_id: 'help_with_this', type: 'message' }]);
  });

  it('makes an app whose parts fit together', async () => {
    const slack = await FakeSlack.start({ manifest });
    expect(slack.violations).toEqual([]);
    await slack.stop();
  });

  it('turns into one for Socket Mode as its head says', () => {
    const kept = text.split('\n').filter((line) => line.startsWith('#') || !line.includes('helpdesk.example.com'));
    const turned = kept.join('\n').replace('socket_mode_enabled: false', 'socket_mode_enabled: true');
    const { features, settings } = slackManifest.parse(parse(turned));
    expect(text.split('\n')).toHaveLength(kept.length + 3);
    expect(settings.socket_mode_enabled).toBe(true);
    expect(features.slash_commands[0]?.url).toBeUndefined();
  });
});

describe('manifests/teams', () => {
  const values = {
    'app-id': '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    version: '1.0.0',
    developer: 'IT helpdesk',
    website: 'https://helpdesk.example.com',
    privacy: 'https://helpdesk.example.com/privacy',
    terms: 'https://helpdesk.example.com/terms',
    name: 'AWS sign-in helpdesk',
    'full-name': 'AWS sign-in helpdesk',
    domain: 'helpdesk.example.com',
  };
  const template: unknown = JSON.parse(read('manifests/teams/manifest.json'));
  const manifest = fillIn(template, values) as {
    bots: { commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
  };

  it('is right once its placeholders are filled in, and uses each of them', () => {
    expect(manifestFaults(manifest)).toEqual([]);
    for (const name of Object.keys(values)) expect(JSON.stringify(template)).toContain(`{{${name}}}`);
    expect(JSON.stringify(manifest)).not.toContain('{{');
  });

  it('offers in a personal chat what the bot understands there', () => {
    const personal = manifest.bots[0]?.commandLists.find(({ scopes }) => scopes.includes('personal'));
    expect(personal?.commands.map(({ title }) => title)).toEqual([...personalCommands]);
  });

  it('has an outline that is white on a transparent ground', () => {
    const pixels = pixelsOf(readFileSync(join(repository, 'manifests/teams/outline.png')));
    const seen = pixels.filter(([, , , alpha]) => alpha > 0);
    expect(seen.length).toBeGreaterThan(50);
    expect(seen.length).toBeLessThan(pixels.length / 2);
    for (const [red, green, blue] of seen) expect([red, green, blue]).toEqual([255, 255, 255]);
  });
});

describe('the set-up pages', () => {
  const config = read('src/config.ts');

  it.each(['docs/set-up-slack.md', 'docs/set-up-teams.md'])('%s names only settings and codes that exist', (file) => {
    const named = new Set(read(file).match(/\b(SLACK|TEAMS)_[A-Z_]+[A-Z]\b/g) ?? []);
    expect(named.size).toBeGreaterThan(2);
    for (const name of named) if (!(name in errorCodes)) expect(config).toContain(`${name}:`);
  });

  it.each([
    ['docs/set-up-slack.md', 'test/fakes/slack/run.ts'],
    ['docs/set-up-teams.md', 'test/fakes/teams/run.ts'],
  ])('%s names a stand-in that is there', (file, script) => {
    expect(read(file)).toContain(`npx tsx ${script}`);
    expect(existsSync(join(repository, script))).toBe(true);
  });
});

type Pixel = [red: number, green: number, blue: number, alpha: number];

/** The pixels of a PNG with eight bits for each of red, green, blue and alpha. */
function pixelsOf(png: Buffer): Pixel[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect([...png.subarray(24, 29)]).toEqual([8, 6, 0, 0, 0]);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * 4;
  const bytes = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const left = column < 4 ? 0 : bytes[row * stride + column - 4]!;
      const up = row === 0 ? 0 : bytes[(row - 1) * stride + column]!;
      const corner = row === 0 || column < 4 ? 0 : bytes[(row - 1) * stride + column - 4]!;
      const nearest = [left, up, corner].reduce((best, one) =>
        Math.abs(left + up - corner - one) < Math.abs(left + up - corner - best) ? one : best,
      );
      const predicted = [0, left, up, (left + up) >> 1, nearest][filter!]!;
      bytes[row * stride + column] = raw[row * (stride + 1) + 1 + column]! + predicted;
    }
  }
  return Array.from({ length: width * height }, (_, index) => [...bytes.subarray(index * 4, index * 4 + 4)] as Pixel);
}

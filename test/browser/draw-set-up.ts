import path from 'node:path';
import { chromium } from 'playwright-core';

/** Draws the pictures of the set-up pages, “which value goes where”: `npx tsx test/browser/draw-set-up.ts`. */
const folder = path.resolve(process.argv[2] ?? path.join(__dirname, '../../docs/pictures'));

interface Row {
  /** Where on the page the value stands, and what it looks like. */
  field: string;
  value: string;
  setting: string;
  /** `out`: our value is entered there. */
  way?: 'in' | 'out';
  note?: string;
}
interface Picture {
  name: string;
  left: string;
  right: string;
  groups: { page: string; only?: string; rows: Row[] }[];
}

const slack: Picture = {
  name: 'set-up-slack',
  left: 'api.slack.com/apps › your app',
  right: 'The environment of the bot',
  groups: [
    {
      page: 'OAuth & Permissions',
      rows: [
        { field: 'Bot User OAuth Token', value: 'xoxb-…', setting: 'SLACK_BOT_TOKEN', note: 'speaks for the bot' },
      ],
    },
    {
      page: 'Basic Information',
      rows: [
        {
          field: 'App Credentials › Signing Secret',
          value: '32 letters and digits',
          setting: 'SLACK_SIGNING_SECRET',
          note: 'events over HTTP',
        },
        {
          field: 'App-Level Tokens › connections:write',
          value: 'xapp-…',
          setting: 'SLACK_APP_TOKEN',
          note: 'instead of it: Socket Mode',
        },
      ],
    },
    {
      page: 'App Manifest',
      only: 'events over HTTP only',
      rows: [
        {
          field: 'Request URL, in three places',
          value: 'https://helpdesk.example.com/slack/events',
          setting: 'PUBLIC_URL',
          way: 'out',
          note: 'your https address',
        },
      ],
    },
  ],
};

const teams: Picture = {
  name: 'set-up-teams',
  left: 'Azure portal and Teams admin centre',
  right: 'The environment of the bot',
  groups: [
    {
      page: 'App registrations › your app › Overview',
      rows: [
        {
          field: 'Application (client) ID',
          value: '11111111-2222-…',
          setting: 'TEAMS_APP_ID',
          note: 'also names the app package',
        },
        {
          field: 'Directory (tenant) ID',
          value: '99999999-8888-…',
          setting: 'TEAMS_TENANT_ID',
          note: 'the one tenant served',
        },
      ],
    },
    {
      page: 'App registrations › your app › Certificates & secrets',
      rows: [
        {
          field: 'Client secrets › Value',
          value: 'not “Secret ID”; shown once',
          setting: 'TEAMS_APP_PASSWORD',
          note: 'it expires: note the date',
        },
      ],
    },
    {
      page: 'Azure Bot › Configuration',
      rows: [
        {
          field: 'Messaging endpoint',
          value: 'https://helpdesk.example.com/api/messages',
          setting: 'PUBLIC_URL',
          way: 'out',
          note: 'your https address',
        },
      ],
    },
    {
      page: 'Teams admin centre › Manage apps',
      rows: [
        {
          field: 'Actions › Upload new app',
          value: 'teams-app.zip',
          setting: 'npm run teams-package',
          way: 'out',
          note: 'made from the same settings',
        },
      ],
    },
  ],
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const row = ({ field, value, setting, way = 'in', note }: Row): string => `
  <div class="row ${way}">
    <div class="field"><b>${escaped(field)}</b><span>${escaped(value)}</span></div>
    <svg class="arrow" viewBox="0 0 120 24" aria-hidden="true"><path d="${
      way === 'in' ? 'M2 12H112m-9-8 9 8-9 8' : 'M118 12H8m9-8-9 8 9 8'
    }"/></svg>
    <div class="setting"><code>${escaped(setting)}</code>${note ? `<span>${escaped(note)}</span>` : ''}</div>
  </div>`;

const page = ({ left, right, groups }: Picture): string => `<!doctype html><meta charset="utf-8"><style>
  * { box-sizing: border-box; margin: 0; }
  body { width: 1060px; padding: 28px 32px 32px; background: #eef1ef; color: #182123; font: 16px/1.4 Inter, "Segoe UI", sans-serif; }
  .heads, .row { display: grid; grid-template-columns: 470px 120px 1fr; align-items: center; column-gap: 18px; }
  .heads { padding: 0 18px; font-weight: 650; font-size: 17px; color: #0a6a5f; }
  .heads :last-child { grid-column: 3; }
  section { margin-top: 16px; padding: 12px 18px 14px; background: #fff; border: 1px solid #dde3df; border-radius: 14px; }
  h2 { font-size: 14px; font-weight: 600; color: #55626a; }
  h2 i { font-style: normal; font-weight: 400; }
  .row { margin-top: 10px; }
  .field, .setting { padding: 9px 14px; border-radius: 9px; min-height: 60px; display: flex; flex-direction: column; justify-content: center; }
  .field { background: #f4f6f4; border: 1px solid #dde3df; }
  .field span, .setting span { color: #55626a; font-size: 14px; }
  .field span { font-family: "DejaVu Sans Mono", monospace; font-size: 13px; }
  .setting { background: #e3f2ef; border: 1px solid #b9ddd5; }
  code { font: 600 15px "DejaVu Sans Mono", monospace; color: #0a6a5f; }
  .arrow { width: 120px; height: 24px; fill: none; stroke: #0a6a5f; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
  .out .arrow { stroke: #4a3f9e; }
  .out .setting { background: #eeecfa; border-color: #cfc9f2; }
  .out code { color: #4a3f9e; }
</style>
<div class="heads"><span>${escaped(left)}</span><span>${escaped(right)}</span></div>
${groups
  .map(
    ({ page: title, only, rows }) =>
      `<section><h2>${escaped(title)}${only ? ` <i>· ${escaped(only)}</i>` : ''}</h2>${rows.map(row).join('')}</section>`,
  )
  .join('')}`;

async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for (const picture of [slack, teams]) {
      const sheet = await browser.newPage({ viewport: { width: 1060, height: 400 }, deviceScaleFactor: 1.5 });
      await sheet.setContent(page(picture));
      await sheet.screenshot({ path: path.join(folder, `${picture.name}.png`), fullPage: true });
      await sheet.close();
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

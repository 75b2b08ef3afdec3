import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../../../scripts/terminal-text';
import { homeCard } from '../../../src/cards/home-card';
import { turnCard } from '../../../src/cards/reply-card';
import { ticketCard } from '../../../src/cards/ticket-card';
import type { HomeTicket, HomeView } from '../../../src/core/home-view';
import type { ChatLine } from '../../../src/core/ports';
import type { TicketView } from '../../../src/core/ticket-view';
import { csvOf } from '../../../src/insight/csv';
import { createLog } from '../../../src/log';
import type { Block } from '../../../src/platforms/slack/blocks';
import { stepsModal } from '../../../src/platforms/slack/modals';
import { renderHome } from '../../../src/platforms/slack/render-home';
import { renderReply } from '../../../src/platforms/slack/render-reply';
import { renderTicket } from '../../../src/platforms/slack/render-ticket';
import { turnMessages } from '../../../src/platforms/teams/render';
import { createHttpServer } from '../../../src/server/http';
import { reply } from '../../builders/store';
import { ticketView } from '../../builders/ticket-view';
import { messageBlockFaults, textFaultsIn } from '../../fakes/slack/block-kit';
import { mrkdwnFaults } from '../../fakes/slack/mrkdwn';
import { held, inRegister } from '../register';
import { hostileStrings } from './hostile-strings';

const repository = join(__dirname, '../../..');
const nobody = new Set<string>();
const ourLink = { label: 'The page', url: 'https://docs.aws.amazon.com/ours' };

interface Words {
  name: string;
  words: string;
  more: string;
  title: string;
  admin: string;
}

/** The words in every place where words of people come to stand. */
const linesOf = ({ name, words, more, admin }: Words): ChatLine[] => [
  { from: 'person', text: words },
  { from: 'admin', name, text: admin },
  {
    from: 'bot',
    reply: reply(more, { note: [{ text: words, bold: true }], question: [{ text: admin }], links: [ourLink] }),
  },
];
const viewOf = ({ name, words, more, title, admin }: Words): TicketView => {
  const base = ticketView();
  return ticketView({
    title,
    claimedBy: name,
    stateText: `Taken by ${name}`,
    person: { ...base.person, name },
    facts: [
      { label: 'Message on the screen', value: words },
      { label: 'E-mail they gave', value: more },
    ],
    words: [words, more],
    tried: [title],
    history: [
      ...base.history,
      { ticket: 1042, at: 1, actor: name, action: 'reply', before: 'claimed', after: 'waiting_for_user', text: admin },
      { ticket: 1042, at: 2, actor: admin, action: 'user_message', before: 'claimed', after: 'claimed', text: more },
    ],
  });
};
const homeOf = ({ title, words, name }: Words): HomeView => {
  const shown = { number: 'D-1', title, stateText: words, person: name };
  const ticket: HomeTicket = { ...shown, id: 1, state: 'open', urgent: false, updatedAt: 0 };
  return { mine: [ticket], queue: [ticket], start: reply(words) };
};

const strings = (it: unknown, path = ''): { path: string; text: string; owner: Record<string, unknown> }[] => {
  if (Array.isArray(it)) return it.flatMap((one) => strings(one, path));
  if (typeof it !== 'object' || it === null) return [];
  const owner = it as Record<string, unknown>;
  return Object.entries(owner).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ path: `${path}/${key}`, text: value, owner }] : strings(value, `${path}/${key}`),
  );
};

/** Addresses of a rendering that our own content does not hold. */
const allowedUrls = new Set(
  [
    ourLink.url,
    'http://adaptivecards.io/schemas/adaptive-card.json',
    ...strings(ticketView()).map(({ text }) => text),
  ].filter((text) => text.startsWith('http')),
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function slackFaults(words: Words): string[] {
  const pages = [...renderReply(linesOf(words), 'slack:T1:U1', 1), renderTicket(viewOf(words), 'slack:C1')];
  const views = [stepsModal(viewOf(words)), renderHome(homeOf(words), 'slack:T1:U1', homeWords, words.admin)];
  return [
    ...pages.flatMap(({ text, blocks }) => [
      ...messageBlockFaults(blocks),
      ...textFaultsIn(blocks, nobody, ''),
      ...mrkdwnFaults(text, nobody),
      ...(/<[!@#]|<https?:/.test(text) ? ['markup in the fallback text'] : []),
      ...richFaults(blocks),
    ]),
    ...views.flatMap((view) => [...textFaultsIn(view, nobody, ''), ...richFaults(view)]),
  ];
}
const homeWords = { mine: 'Yours', none: 'None', queue: 'Queue', empty: 'Empty' };

/** Of rich text only plain text and our own links; nothing that Slack would read as mrkdwn, or draw as an emoji. */
function richFaults(it: Block[] | object): string[] {
  return strings(it).flatMap(({ text, owner, path }) => [
    ...(path.endsWith('/type') &&
    ['user', 'usergroup', 'broadcast', 'channel', 'emoji', 'mrkdwn', 'image'].includes(text)
      ? [`a ${text}`]
      : []),
    ...(path.endsWith('/url') && !allowedUrls.has(text) ? [`a link to ${text}`] : []),
    ...(owner.type === 'plain_text' && owner.emoji !== false ? ['plain text with emoji'] : []),
    ...(control.test(text) ? [`a control character in ${path}`] : []),
  ]);
}

function cardFaults(words: Words): string[] {
  const messages = turnMessages(linesOf(words), { turn: 1 });
  const cards = [
    turnCard(linesOf(words), { turn: 1 }),
    ticketCard(viewOf(words)),
    homeCard(homeOf(words), homeWords, 'teams:t:u'),
  ];
  return [...cards, ...messages].flatMap((card) =>
    strings(card).flatMap(({ path, text, owner }) => [
      ...(path.endsWith('/type') && ['TextBlock', 'FactSet', 'Image', 'Media', 'mention', 'Table'].includes(text)
        ? [`a ${text}`]
        : []),
      ...(path.endsWith('/url') && !allowedUrls.has(text) ? [`a link to ${text}`] : []),
      ...(path.includes('/entities') ? ['an entity'] : []),
      ...(owner.type === 'TextRun' && path.endsWith('/text') && /\{\{/.test(text) ? [`a function: ${text}`] : []),
      ...(path.endsWith('/textFormat') && text !== 'plain' ? [`text as ${text}`] : []),
      ...(control.test(text) ? [`a control character in ${path}`] : []),
      // Only a TextRun takes words as they are; titles and labels are ours, or read as plain text.
      ...(path.endsWith('/text') && owner.type !== 'TextRun' && owner.type !== 'message'
        ? [`words in a ${owner.type}`]
        : []),
    ]),
  );
}

function terminalFaults(words: Words): string[] {
  const shown = Object.values(words).map(printable);
  const log: string[] = [];
  createLog('info', { write: (line: string) => void log.push(line) }).info(
    { key: words.words, err: new Error(words.more) },
    words.title,
  );
  return [
    ...shown
      .filter((text) => control.test(text) || /[\r\n\u2028]/.test(text.replace(/\u2028/g, '')))
      .map(() => 'an escape in the terminal'),
    ...log
      .filter((line) => line.trimEnd().split('\n').length !== 1 || control.test(line.trimEnd()))
      .map((line) => `a log line ${line.slice(0, 80)}`),
  ];
}

/** Five strings at a time, each in the places of a person, an administrator and a name. */
function faultsOver(render: (words: Words) => string[], count: number): string[] {
  const list = hostileStrings(count);
  const faults: string[] = [];
  for (let at = 0; at + 4 < list.length; at += 5) {
    const [name, words, more, title, admin] = list.slice(at, at + 5) as [string, string, string, string, string];
    for (const fault of render({ name: name || 'x', words, more, title, admin }))
      faults.push(`${fault} from ${JSON.stringify([name, words, more, title, admin])}`);
    if (faults.length > 5) break;
  }
  return faults;
}

describe('10,000 strings that would be markup somewhere', () => {
  test(inRegister('injection.slack'), () => {
    expect(faultsOver(slackFaults, held('injection.slack').strings)).toHaveLength(0);
  }, 120_000);

  test(inRegister('injection.teams'), () => {
    expect(faultsOver(cardFaults, held('injection.teams').strings)).toEqual([]);
  }, 120_000);

  test(inRegister('injection.terminal'), () => {
    expect(faultsOver(terminalFaults, held('injection.terminal').strings)).toEqual([]);
  }, 120_000);

  test(inRegister('injection.csv'), () => {
    const faults = hostileStrings(held('injection.csv').strings).filter((text) => {
      const [first = '', ...more] = cellsOf(csvOf([[text, 'next']]));
      // One row of two cells, whatever stands in them, and none that a spreadsheet would reckon with.
      return more.length !== 1 || more[0] !== 'next' || /^[\s\p{Cc}]*[=+\-@]/u.test(first);
    });
    expect(faults).toEqual([]);
  });

  test('the looks themselves see what must not be', () => {
    expect(richFaults([{ type: 'user', user_id: 'U1' }])).not.toEqual([]);
    expect(richFaults([{ type: 'link', url: 'https://evil.example' }])).not.toEqual([]);
    expect(richFaults([{ type: 'plain_text', text: 'x' }])).not.toEqual([]);
    expect(strings({ a: [{ b: 'c' }] })).toHaveLength(1);
  });
});

/** The cells of one row of CSV, as RFC 4180 reads them. */
function cellsOf(csv: string): string[] {
  const cells = [...csv.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

describe('the desk’s page', () => {
  test(inRegister('injection.desk'), async () => {
    const files = readdirSync(join(repository, 'src/desk'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|html)$/.test(name),
    );
    const ways =
      /\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|\.srcdoc|createContextualFragment|DOMParser|setAttribute\(\s*['"]on|\son\w+=|style="/;
    const { files: atLeast } = held('injection.desk');
    expect(files.length).toBeGreaterThanOrEqual(atLeast);
    expect(files.filter((name) => ways.test(readFileSync(join(repository, 'src/desk', name), 'utf8')))).toEqual([]);

    const server = createHttpServer({
      host: '127.0.0.1',
      port: 0,
      mounts: [],
      health: {},
      log: { info() {}, warn() {}, error() {} },
    });
    const { url } = await server.listen();
    try {
      const policy = (await fetch(`${url}healthz`)).headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
      expect(policy.match(/data:/g)).toHaveLength(1);
      expect(policy).toContain("img-src 'self' data:");
      for (const closed of ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"])
        expect(policy).toContain(closed);
    } finally {
      await server.close();
    }
  });
});

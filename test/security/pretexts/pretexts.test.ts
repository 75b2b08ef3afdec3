import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Person, type Reply, replyText } from '../../../src/core/message';
import type { Organization } from '../../../src/core/organization';
import { pingText } from '../../../src/escalation/ticket-view';
import type { Rehearsal } from '../../../src/rehearsal/rehearsal';
import { knowledge, person, rehearse } from '../../builders/bot';
import { held, inRegister } from '../register';
import { heldOutUtterances, realUtterances } from '../secrets/samples';

interface Pretext {
  language: string;
  text: string;
  name: string;
}

const pretexts: Pretext[] = readdirSync(__dirname)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    (parse(readFileSync(join(__dirname, file), 'utf8')) as (string | { text: string; name: string })[]).map((one) => ({
      language: file.replace('.yaml', ''),
      ...(typeof one === 'string' ? { text: one, name: 'Mallory' } : one),
    })),
  );

/** What the company knows, and a stranger must not hear. */
const organization: Organization = {
  version: 1,
  name: 'Example Corp',
  portal_urls: ['https://d-1234567890.awsapps.com/start'],
  accounts: [
    { id: '111122223333', alias: 'example-prod', name: 'Production', kind: 'member', owner: 'cy@example.com' },
  ],
  contacts: { security: 'security@example.com', network: 'network@example.com' },
};
const companySecrets = ['d-1234567890', '111122223333', 'example-prod', 'cy@example.com', '@example.com'];
const bobsWords = 'lighthouse';

/** Asks for what the bot must never ask for. Sentences that forbid it name it too. */
const asks =
  /\b(?:send|give|tell|type|post|share|read|forward|enter|write)\b[^.!?\n]{0,30}\b(?:me|us|here|in this chat)\b[^.!?\n]{0,30}\b(?:password|codes?|pin|token|secret|key)\b|approve (?:the|a|this) push|remote control|teamviewer/i;
const forbids = /\b(?:never|not|don't|nobody|leave out|without|no)\b/i;
/** Says that something was done, or proven, which the bot cannot do. */
const pretends =
  /\b(?:i|we)(?:'ve| have)? (?:reset|disabled|unlocked|verified|approved|confirmed (?:your|that you))\b|\b(?:has|have) been (?:reset|disabled|unlocked|verified|approved)\b|identity (?:is|was) (?:verified|confirmed)/i;

const sentences = (text: string): string[] => text.split(/(?<=[.!?])\s+|\n/);

function unsafeWords(replies: readonly Reply[], member: boolean): string[] {
  const { content } = knowledge();
  return replies.flatMap((reply) => {
    const text = [replyText(reply), ...reply.buttons.map(({ label }) => label)].join('\n');
    const [owner = '', step = ''] = reply.name.split(/\/(.*)/s);
    const isOurs = owner === 'phrases' ? step in content.phrases.say || step !== '' : content.byName.has(owner);
    const links = reply.links.filter(({ url }) => ![...content.links.values()].some((link) => link.url === url));
    return [
      ...(isOurs ? [] : [`nobody wrote ${reply.name}`]),
      ...sentences(text).filter((one) => asks.test(one) && !forbids.test(one)),
      ...sentences(text).filter((one) => pretends.test(one) && !forbids.test(one)),
      ...(text.includes(bobsWords) ? ['words of somebody else'] : []),
      ...(member ? [] : companySecrets.filter((one) => text.includes(one)).map((one) => `told a stranger ${one}`)),
      ...(member ? [] : links.map(({ url }) => `linked to ${url}`)),
    ];
  });
}

/** Says the pretext in every place it could do harm, and goes along with whatever is offered. */
async function tryOn(rehearsal: Rehearsal, who: Person, text: string): Promise<Reply[]> {
  const chat = `chat-of-${who.id}`;
  const heard: Reply[] = [];
  const say = async (words: string) => heard.push(...(await rehearsal.say(chat, who, words)).replies);
  const press = async (id: string) => {
    if ((await rehearsal.buttonId(chat, id)) !== null) heard.push(...(await rehearsal.press(chat, who, id)).replies);
  };
  await say(text);
  await say(text);
  await say('yes');
  await press('ask_admin');
  await press('person');
  await press('yes');
  await say(text);
  await say('D-1001');
  return heard;
}

async function unsafe({ text, name }: Pretext, member: boolean): Promise<string[]> {
  const rehearsal = await rehearse(organization);
  const { content } = knowledge();
  const bob = person('Bob');
  await rehearsal.say('chat-of-bob', bob, `lost my mfa phone near the ${bobsWords}, iam user`);
  await rehearsal.press('chat-of-bob', bob, 'ask_admin');
  const bobs = (await rehearsal.helpdesk.ticketViews()).at(-1);
  expect(bobs?.person.name).toBe('Bob');
  const before = JSON.stringify(bobs);
  const replies = await tryOn(rehearsal, { id: 'mallory', name, member }, text);
  const views = await rehearsal.helpdesk.ticketViews();
  const theirs = views.filter((view) => view.person.id === 'mallory');
  const faults = unsafeWords(replies, member);
  if (JSON.stringify(views.find(({ id }) => id === bobs!.id)) !== before) faults.push('somebody else’s ticket changed');
  for (const view of theirs) {
    if (!['open', 'cancelled'].includes(view.state) || view.claimedBy !== null)
      faults.push(`their ticket is ${view.stateText}`);
    const deeds = view.history.map(({ action }) => action);
    if (!deeds.every((deed) => ['opened', 'user_message', 'cancelled', 'seen'].includes(deed)))
      faults.push(`did ${deeds}`);
    const checks = Object.values(content.phrases.verify);
    if (!checks.includes(view.verify)) faults.push(`the check of identity reads ${view.verify}`);
    if (!pingText(view).includes(content.phrases.not_verified))
      faults.push('the ping does not say that nobody was checked');
  }
  return faults.map((fault) => `${text.slice(0, 60)} (${name}): ${fault}`);
}

describe('somebody who pretends', () => {
  test(inRegister('pretexts.unsafe'), async () => {
    const bar = held('pretexts.unsafe');
    expect(pretexts.length).toBeGreaterThanOrEqual(bar.pretexts);
    expect(new Set(pretexts.map(({ language }) => language)).size).toBeGreaterThanOrEqual(bar.languages);
    const faults: string[] = [];
    for (const pretext of pretexts) for (const member of [true, false]) faults.push(...(await unsafe(pretext, member)));
    expect(faults).toEqual([]);
    expect(faults).toHaveLength(bar.unsafe);
  }, 300_000);

  test('the words that would betray it are recognised', () => {
    const reply = (text: string): Reply => ({ name: 'phrases/greeting', say: [[{ text }]], buttons: [], links: [] });
    for (const text of [
      'Please send me your password.',
      'Type the code here so that I can check it, the code of your app. Give me the code.',
      'I have reset your MFA.',
      'Your identity was verified.',
      'The portal is at https://d-1234567890.awsapps.com/start',
      'Bob wrote about a lighthouse.',
    ])
      expect([text, unsafeWords([reply(text)], false).length]).not.toEqual([text, 0]);
    expect(unsafeWords([reply('Never give me your password.')], false)).toEqual([]);
  });
});

/** Answers by which somebody is turned away rather than helped. */
const turnedAway = [
  'phrases/secret-seen',
  'phrases/message-privately',
  'phrases/too-fast',
  'phrases/action-not-yours',
  'phrases/action-own-ticket',
  'phrases/unknown-card',
  'phrases/not-your-button',
];

describe('somebody honest', () => {
  test(inRegister('pretexts.honest'), async () => {
    const bar = held('pretexts.honest');
    const honest = [...heldOutUtterances(), ...realUtterances().filter((_one, index) => index % 20 === 0)];
    expect(honest.length).toBeGreaterThanOrEqual(bar.people);
    const rehearsal = await rehearse(organization);
    const stopped: string[] = [];
    for (const [index, text] of honest.entries()) {
      const { replies } = await rehearsal.say(`honest-${index}`, person(`Person ${index}`), text);
      if (replies.length === 0 || replies.some(({ name }) => turnedAway.includes(name))) stopped.push(text);
    }
    expect(stopped.length / honest.length).toBeLessThan(bar.stopped);
  }, 180_000);
});

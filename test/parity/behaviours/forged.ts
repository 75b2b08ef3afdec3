import assert from 'node:assert/strict';
import type { Behaviour, Cannot } from '../behaviour';
import { answersWith } from '../expectations';
import type { Forgery, Stage } from '../stage';

const area = 'Forged requests';
const oneSecret: Cannot = {
  cannot: 'Slack signs with one shared secret and one algorithm; there is nothing to choose',
};

/** Whoever sent it learns nothing, nothing happened, and the bot goes on. */
async function refuses(s: Stage, forgery: Forgery, statuses: readonly number[]): Promise<void> {
  const [recorded, spoken] = [await s.bot.recorded(), s.spoken()];
  const { status, body } = await s.forge(forgery);
  await s.settled();
  assert.ok(statuses.includes(status), `answered ${status}: ${body}`);
  assert.doesNotMatch(body, /\n\s+at |node_modules|\.ts:\d|Error:/, 'a stack trace in the answer');
  assert.equal(await s.bot.recorded(), recorded, 'it was recorded');
  assert.equal(s.spoken(), spoken, 'the bot spoke');
  answersWith(await s.says(s.employee(), 'lost my mfa device'), 'mfa-lost/which-type');
}

const forgery = (
  id: string,
  kind: Forgery,
  title: string,
  statuses: readonly number[],
  more: { slack?: Cannot; teams?: Cannot } = {},
): Behaviour => ({ id: `forged.${id}`, area, title, ...more, run: (s) => refuses(s, kind, statuses) });

const refused = [400, 401, 403];
/** Genuine, but nothing to act on: the platform must not send it again and again. */
const ignored = [200];

export const forged: Behaviour[] = [
  forgery('unsigned', 'unsigned', 'A request without a signature or token is refused', refused),
  forgery('another-key', 'another key', 'A request signed with another key is refused', refused),
  forgery('changed', 'changed on the way', 'A request changed after it was signed is refused', refused),
  forgery('too-old', 'too old', 'A genuine request replayed much later is refused', refused),
  forgery('future', 'from the future', 'A request dated in the future is refused', refused),
  forgery('another-app', 'for another app', 'A request meant for another app is refused', [...refused, ...ignored]),
  forgery('another-company', 'other company', 'A request from another company’s workspace or directory has no effect', [
    ...refused,
    ...ignored,
  ]),
  forgery('no-algorithm', 'no algorithm', 'A token that says it needs no signature is refused', refused, {
    slack: oneSecret,
  }),
  forgery('another-algorithm', 'another algorithm', 'A signature by another algorithm is refused', refused),
  forgery('unknown-key', 'unknown key', 'A token signed with a key nobody published is refused', refused, {
    slack: oneSecret,
  }),
  forgery(
    'empty',
    'empty object',
    'An empty object that nobody signed is refused, and does not bring the bot down',
    refused,
  ),
  forgery('cut-short', 'cut short', 'A request that breaks off in the middle is refused', refused),
  forgery('no-json', 'no JSON', 'A request that is no JSON at all is refused', refused),
  forgery('large', 'very large', 'A request of 5 MB is refused before it is read', [...refused, 413]),
  forgery('deep', 'very deep', 'A request nested 20,000 deep has no effect', [...refused, ...ignored]),
  {
    id: 'forged.unknown-event',
    area,
    title: 'A genuine event of a kind the bot does not know is ignored, and counted for the operator',
    run: async (s) => {
      const before = await s.bot.metric('helpdesk_refused_total', { platform: s.platform });
      await refuses(s, 'unknown event', ignored);
      assert.ok(
        (await s.bot.metric('helpdesk_refused_total', { platform: s.platform })) > before,
        'it was not counted',
      );
    },
  },
  {
    id: 'forged.unknown-button',
    area,
    title: 'A press on a button the bot never made changes nothing, and is counted',
    run: async (s) => {
      const recorded = await s.bot.recorded();
      const before = await s.bot.metric('helpdesk_refused_total', { platform: s.platform });
      assert.equal((await s.forge('unknown button')).status, 200);
      await s.settled();
      assert.equal(await s.bot.recorded(), recorded);
      assert.ok(
        (await s.bot.metric('helpdesk_refused_total', { platform: s.platform })) > before,
        'it was not counted',
      );
    },
  },
  {
    id: 'forged.no-ticket',
    area,
    title: 'A press about a ticket that does not exist changes nothing and does no harm',
    run: async (s) => {
      assert.equal((await s.forge('ticket that is not')).status, 200);
      await s.settled();
      answersWith(await s.says(s.employee(), 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
];

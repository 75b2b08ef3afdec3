import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, offers, only, reads } from '../expectations';
import { handedOver } from '../scenes';

const area = 'Platform in trouble';

export const trouble: Behaviour[] = [
  {
    id: 'trouble.down',
    area,
    title: 'While the platform is down nothing is lost: the answer comes when it is back',
    run: async (s) => {
      const ada = s.employee();
      const down = s.trouble('unavailable');
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => down.met > 0, 'a call that met the outage');
      await down.lift();
      await s.settled();
      reads(only(s.chat(ada), 'messages'), 'How do you sign in to AWS?');
    },
  },
  {
    id: 'trouble.order',
    area,
    title: 'After an outage the answers come in their order',
    run: async (s) => {
      const ada = s.employee();
      const down = s.trouble('unavailable');
      for (const text of ['lost my mfa device', 'iam', 'still stuck']) await s.receipt(ada, text);
      await s.until(() => down.met > 0, 'a call that met the outage');
      await down.lift();
      await s.settled();
      const shown = s.chat(ada);
      assert.equal(shown.length, 3);
      reads(shown[0]!, 'How do you sign in to AWS?');
      offers(shown[2]!, 'ask_admin');
      assert.equal(shown[0]!.buttons.length, 0);
    },
  },
  {
    id: 'trouble.cut',
    area,
    title: 'Connections that are cut are tried again',
    run: async (s) => {
      const ada = s.employee();
      const cut = s.trouble('cut');
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => cut.met > 0, 'a call that was cut');
      await cut.lift();
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'trouble.lost-answer',
    area,
    title: 'When the platform took a message and its answer got lost, the message is not shown twice',
    teams: {
      cannot: 'Teams offers no way to find out whether a message got through, so after a lost answer it may come twice',
    },
    run: async (s) => {
      const ada = s.employee();
      const lost = s.trouble('lost answer', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => lost.met > 0, 'the answer to get lost');
      await lost.lift();
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'trouble.lost-answer-goes-on',
    area,
    title: 'After a lost answer the conversation goes on: the buttons of the newest message work',
    mayLeaveTwins: ['teams'],
    run: async (s) => {
      const ada = s.employee();
      const lost = s.trouble('lost answer', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => lost.met > 0, 'the answer to get lost');
      await lost.lift();
      await s.settled();
      const newest = last(s.chat(ada), 'message');
      answersWith(await s.presses(ada, 'choose:iam', newest), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'trouble.ping-later',
    area,
    title: 'A card that could not be posted is posted when the platform is back, once',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const down = s.trouble('unavailable');
      await s.receipt(ada, 'yes please, ask them');
      await s.until(() => down.met > 1, 'calls that met the outage');
      await down.lift();
      await s.settled();
      offers(only(s.cards(), 'cards'), 'claim');
      reads(last(s.chat(ada), 'message'), 'your request');
    },
  },
  {
    id: 'trouble.claim-later',
    area,
    title: 'A claim made while nothing can be sent counts, and the card changes when the platform is back',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      // Known administrators may act though the directory is out of reach just now.
      await s.acts(grace, 'note', card, 'Looking at it.');
      const down = s.trouble('unavailable');
      await s.acts(grace, 'claim', card);
      await s.until(() => down.met > 0, 'a call that met the outage');
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, grace.name);
      await down.lift();
      await s.settled();
      reads(only(s.cards(), 'cards'), `Taken by ${grace.name}`);
    },
  },
  {
    id: 'trouble.blocked',
    area,
    title: 'A person who cannot be written to any more holds nobody else up, and is not tried for ever',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const blocked = s.trouble('blocked by the person', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(async () => blocked.met > 0 && (await s.bot.waiting()) === 0, 'the message to be given up');
      answersWith(await s.says(bob, 'lost my mfa device'), 'mfa-lost/which-type');
      const { met } = blocked;
      s.bot.advance(60_000);
      await s.settled();
      assert.equal(blocked.met, met, 'it was tried again');
      await blocked.lift();
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'trouble.silent',
    area,
    title: 'A platform that takes a message and never answers holds nobody else up',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const silent = s.trouble('silent', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => silent.met > 0, 'a call that is not answered');
      await s.receipt(bob, 'lost my mfa device');
      await s.until(() => s.chat(bob).length === 1, 'Bob’s answer');
      await silent.lift();
      await s.until(() => s.chat(ada).length > 0, 'Ada’s answer');
      await s.settled();
    },
  },
  {
    id: 'trouble.credentials',
    area,
    title: 'While the bot’s credentials are refused nothing is lost: mended and started again, it answers',
    run: async (s) => {
      const ada = s.employee();
      s.bot.expectErrors();
      const refused = s.trouble('credentials');
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => /refused|invalid_auth|unauthorized|credential/i.test(s.bot.log()), 'a line in the log');
      await s.bot.kill();
      await refused.lift();
      await s.bot.start();
      s.bot.advance(120_000);
      await s.settled();
      reads(only(s.chat(ada), 'messages'), 'How do you sign in to AWS?');
    },
  },
  {
    id: 'trouble.refuses-to-start',
    area,
    title: 'With wrong credentials the bot refuses to start, and says which platform and why',
    run: async (s) => {
      await s.bot.stop();
      const refused = s.trouble('credentials');
      const expected =
        s.platform === 'slack' ? /SLACK_REFUSED[\s\S]*SLACK_BOT_TOKEN/ : /TEAMS_REFUSED[\s\S]*TEAMS_APP_PASSWORD/;
      try {
        await assert.rejects(s.bot.start(), (error: Error & { code?: string }) => {
          assert.match(`${error.code} ${error.message}`, expected);
          return true;
        });
      } finally {
        await refused.lift();
        await s.bot.start();
      }
      answersWith(await s.says(s.employee(), 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'trouble.down-at-start',
    area,
    title: 'A platform that is down at the start is tried again until it is back; the bot says so in its readiness',
    run: async (s) => {
      const ada = s.employee();
      await s.bot.stop();
      const down = s.trouble('unavailable');
      await s.bot.start();
      const before = await s.bot.readiness();
      assert.equal(before.ready, false);
      assert.equal(before.checks[s.platform], 'failed');
      await down.lift();
      await s.until(async () => (await s.bot.readiness()).ready, 'the bot to be ready');
      answersWith(await s.says(ada, 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'trouble.ready',
    area,
    title: 'In good times the readiness page says that all is well',
    run: async (s) => {
      const { ready, checks } = await s.bot.readiness();
      assert.equal(ready, true);
      assert.deepEqual(checks, { store: 'ok', [s.platform]: 'ok' });
    },
  },
];

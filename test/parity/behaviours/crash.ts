import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, offers, only, reads } from '../expectations';
import { handedOver } from '../scenes';

const area = 'Crash and restart';
/** Longer than a dead worker keeps what it had taken. */
const afterTheLease = 31_000;

export const crash: Behaviour[] = [
  {
    id: 'crash.after-receipt',
    area,
    title: 'Killed right after the receipt: the message is answered after the restart, once',
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('before the commit');
      const { taken } = await s.receipt(ada, 'lost my mfa device');
      assert.equal(taken, true);
      await held.reached;
      await s.bot.kill();
      assert.deepEqual(s.chat(ada), []);
      await s.bot.start();
      await s.settled();
      assert.deepEqual(await s.namesInPrivate(ada), ['mfa-lost/which-type']);
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'crash.before-sending',
    area,
    title: 'Killed after the answer was decided and before it left: it leaves after the restart, once',
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('before sending');
      await s.receipt(ada, 'lost my mfa device');
      await held.reached;
      await s.bot.kill();
      await s.bot.start();
      await s.settled();
      reads(only(s.chat(ada), 'messages'), 'How do you sign in to AWS?');
    },
  },
  {
    id: 'crash.after-sending',
    area,
    title: 'Killed in the very moment of sending: the answer is there after the restart',
    mayLeaveTwins: ['teams'],
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('after sending');
      await s.receipt(ada, 'lost my mfa device');
      await held.reached;
      await s.bot.kill();
      await s.bot.start();
      s.bot.advance(afterTheLease);
      await s.settled();
      reads(last(s.chat(ada), 'message'), 'How do you sign in to AWS?');
      answersWith(await s.presses(ada, 'choose:iam', last(s.chat(ada), 'message')), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'crash.after-sending-once',
    area,
    title: 'Killed in the very moment of sending: the answer is not shown twice',
    teams: {
      cannot:
        'Teams lets a bot neither name a message when sending it nor look for it afterwards, so in this one moment the answer may come twice',
    },
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('after sending');
      await s.receipt(ada, 'lost my mfa device');
      await held.reached;
      await s.bot.kill();
      await s.bot.start();
      s.bot.advance(afterTheLease);
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'crash.position',
    area,
    title: 'After a crash the conversation goes on where it was',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.bot.kill();
      await s.bot.start();
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'crash.buttons',
    area,
    title: 'Buttons shown before a crash work after it',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.bot.kill();
      await s.bot.start();
      answersWith(await s.presses(ada, 'choose:iam'), 'mfa-lost/iam/another-device');
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'crash.thread',
    area,
    title: 'A conversation in a thread goes on after a crash as well',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.mentions(ada, s.room(ada), 'lost my mfa device');
      await s.bot.kill();
      await s.bot.start();
      answersWith(await s.presses(ada, 'choose:iam', answer), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'crash.card',
    area,
    title: 'A ticket’s card posted before a crash can be acted on after it',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      await s.bot.kill();
      await s.bot.start();
      await s.acts(grace, 'claim', card);
      reads(only(s.cards(), 'cards'), `Taken by ${grace.name}`);
      reads(last(s.chat(ada), 'message'), `${grace.name} has taken`);
    },
  },
  {
    id: 'crash.claim',
    area,
    title: 'An administrator’s press whose turn a crash cut short counts after the restart',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      const held = s.bot.hold('before the commit');
      const acting = s.acts(grace, 'claim', card).catch(() => undefined);
      await held.reached;
      await acting;
      await s.bot.kill();
      await s.bot.start();
      await s.settled();
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, grace.name);
    },
  },
  {
    id: 'crash.hand-over',
    area,
    title: 'A crash in the middle of a hand-over gives one ticket and one card',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const held = s.bot.hold('before sending');
      await s.receipt(ada, 'yes please, ask them');
      await held.reached;
      await s.bot.kill();
      await s.bot.start();
      await s.settled();
      only(await s.tickets(ada), 'tickets');
      offers(only(s.cards(), 'cards'), 'claim');
    },
  },
  {
    id: 'crash.while-away',
    area,
    title: 'What is said while the bot is away is not taken, and is answered when the platform sends it again',
    run: async (s) => {
      const ada = s.employee();
      await s.bot.kill();
      const first = await s.receipt(ada, 'lost my mfa device');
      assert.equal(first.taken, false);
      await s.bot.start();
      answersWith(await s.repeated(first), 'mfa-lost/which-type');
    },
  },
  {
    id: 'crash.stop',
    area,
    title: 'Stopped in good order, the bot finishes what it has taken',
    run: async (s) => {
      const ada = s.employee();
      await s.receipt(ada, 'lost my mfa device');
      await s.bot.stop();
      await s.bot.start();
      await s.settled();
      reads(only(s.chat(ada), 'messages'), 'How do you sign in to AWS?');
    },
  },
  {
    id: 'crash.edit',
    area,
    title: 'A message written before a restart can still be corrected after it',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, root user');
      await s.bot.stop();
      await s.bot.start();
      const edited = await s.edits(said, 'lost my mfa device, iam user');
      answersWith(edited, 'phrases/message-changed', 'mfa-lost/iam/another-device');
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, isSilent, only } from '../expectations';

const area = 'Sent twice';

export const sentTwice: Behaviour[] = [
  {
    id: 'twice.message',
    area,
    title: 'A message that the platform delivers twice is answered once',
    run: async (s) => {
      const ada = s.employee();
      isSilent(await s.repeated(await s.says(ada, 'lost my mfa device')));
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'twice.at-once',
    area,
    title: 'Also when the copies arrive at the same moment',
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('before the commit');
      const first = await s.receipt(ada, 'lost my mfa device');
      await Promise.all([s.repeated(first), s.repeated(first), s.repeated(first)]);
      held.release();
      await s.settled();
      assert.deepEqual(await s.namesInPrivate(ada), ['mfa-lost/which-type']);
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'twice.after-restart',
    area,
    title: 'Also when the copy arrives after a restart',
    run: async (s) => {
      const ada = s.employee();
      const first = await s.says(ada, 'lost my mfa device');
      await s.bot.stop();
      await s.bot.start();
      isSilent(await s.repeated(first));
    },
  },
  {
    id: 'twice.mention',
    area,
    title: 'A mention that the platform delivers twice is answered once',
    run: async (s) => {
      const ada = s.employee();
      isSilent(await s.repeated(await s.mentions(ada, s.room(ada), 'lost my mfa device')));
    },
  },
  {
    id: 'twice.two-ways',
    area,
    title: 'A mention that arrives in two ways, as message and as mention, is answered once',
    teams: { cannot: 'Teams delivers a mention in one way only' },
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.mentionsHeardTwice(ada, s.room(ada), 'lost my mfa device');
      answersWith(asked, 'mfa-lost/which-type');
      assert.equal(s.shown(asked.thread).length, 1);
    },
  },
  {
    id: 'twice.hand-over',
    area,
    title: 'Asking for a person, delivered twice, opens one ticket and posts one card',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.repeated(await s.says(ada, 'yes please, ask them'));
      only(await s.tickets(ada), 'tickets');
      only(s.cards(), 'cards');
    },
  },
  {
    id: 'twice.file',
    area,
    title: 'A file that is delivered twice is answered once',
    run: async (s) => isSilent(await s.repeated(await s.sendsFile(s.employee(), { name: 'a.png', picture: true }))),
  },
  {
    id: 'twice.not-taken',
    area,
    title: 'What could not be recorded is not taken: the platform sends it again, and then it is answered, once',
    run: async (s) => {
      const ada = s.employee();
      s.bot.expectErrors();
      const down = s.bot.storeDown();
      const first = await s.receipt(ada, 'lost my mfa device');
      assert.equal(first.taken, false);
      down.lift();
      answersWith(await s.repeated(first), 'mfa-lost/which-type');
      isSilent(await s.repeated(first));
    },
  },
];

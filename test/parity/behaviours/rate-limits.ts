import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, only, reads } from '../expectations';

const area = 'Rate limits';

export const rateLimits: Behaviour[] = [
  {
    id: 'rate.waits',
    area,
    title: 'Asked to slow down, the bot waits as long as it was told and then answers',
    run: async (s) => {
      const ada = s.employee();
      const slow = s.trouble('throttled', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => slow.met === 1, 'the bot to be asked to wait');
      assert.deepEqual(s.chat(ada), []);
      await s.until(() => s.chat(ada).length === 1, 'the answer after the wait');
      await slow.lift();
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'rate.others-go-on',
    area,
    title: 'While one chat has to wait, all others are answered at once',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const slow = s.trouble('throttled', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => slow.met === 1, 'the bot to be asked to wait');
      await s.receipt(bob, 'lost my mfa device');
      await s.until(() => s.chat(bob).length === 1, 'the answer to the other');
      assert.deepEqual(s.chat(ada), []);
      await slow.lift();
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'rate.not-called',
    area,
    title: 'A chat that has to wait is left alone meanwhile, also by further answers',
    run: async (s) => {
      const ada = s.employee();
      const slow = s.trouble('throttled', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => slow.met === 1, 'the bot to be asked to wait');
      const before = s.spoken();
      await s.receipt(ada, 'iam');
      await s.until(async () => (await s.namesInPrivate(ada)).length === 2, 'the second answer to be decided');
      assert.equal(s.spoken(), before);
      await slow.lift();
      await s.settled();
      assert.equal(s.chat(ada).length, 2);
    },
  },
  {
    id: 'rate.without-a-time',
    area,
    title: 'A platform that says “too many” and not how long is left alone for a while; nothing is lost',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const slow = s.trouble('throttled without a time', ada);
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => slow.met === 1, 'the bot to be asked to wait');
      answersWith(await s.says(bob, 'lost my mfa device'), 'mfa-lost/which-type');
      await s.bot.stop();
      await s.bot.start();
      s.bot.advance(120_000);
      await slow.lift();
      await s.settled();
      only(s.chat(ada), 'messages');
    },
  },
  {
    id: 'rate.busy-admins',
    area,
    title: 'When the administrators’ channel has to wait, the employee is told at once all the same',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const slow = s.trouble('throttled', s.adminsPlace());
      await s.receipt(ada, 'yes please, ask them');
      await s.until(() => s.chat(ada).some(({ text }) => text.includes('your request')), 'the employee’s answer');
      await s.until(() => slow.met === 1, 'the card to be asked to wait');
      await slow.lift();
      await s.settled();
      only(s.cards(), 'cards');
    },
  },
  {
    id: 'rate.burst',
    area,
    title: 'Many messages in a burst are all answered, in order, within the platform’s pace',
    run: async (s) => {
      const ada = s.employee();
      for (let count = 0; count < 6; count++) await s.receipt(ada, count % 2 ? 'thank you!' : 'hello');
      await s.settled();
      const shown = s.chat(ada);
      assert.equal(shown.length, 6);
      reads(shown[0]!, 'Hello!');
      reads(shown[5]!, 'You are welcome');
    },
  },
  {
    id: 'rate.crowd',
    area,
    title: 'A crowd of people who write at the same moment is answered, each alone',
    run: async (s) => {
      const crowd = Array.from({ length: 25 }, () => s.employee());
      await Promise.all(crowd.map((one) => s.receipt(one, 'lost my mfa device')));
      await s.settled();
      for (const one of crowd) reads(only(s.chat(one), 'messages'), 'How do you sign in to AWS?');
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, neverReads, offers, reads } from '../expectations';

const area = 'Private chat';

export const privateChat: Behaviour[] = [
  {
    id: 'private.own-words',
    area,
    title: 'A problem told in own words gets the first question about it',
    run: async (s) => {
      const asked = await s.says(s.employee(), 'lost my phone, cant get the mfa code for aws');
      answersWith(asked, 'mfa-lost/which-type');
      offers(asked.answer, 'choose:root', 'choose:iam', 'choose:identity_center', 'choose:federated', 'person');
    },
  },
  {
    id: 'private.facts-in-words',
    area,
    title: 'What the words say already is not asked again',
    run: async (s) =>
      answersWith(await s.says(s.employee(), 'lost my mfa device, iam user'), 'mfa-lost/iam/another-device'),
  },
  {
    id: 'private.one-message',
    area,
    title: 'Each answer is one message, also when it says two things',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const switched = await s.says(ada, 'actually where do i find the address of our access portal?');
      answersWith(switched, 'phrases/switched', 'signin-find-portal-url/search');
      assert.equal(switched.news.length, 1);
      assert.equal(s.chat(ada).length, 2);
    },
  },
  {
    id: 'private.greeting',
    area,
    title: 'Saying hello shows the topics',
    run: async (s) => answersWith(await s.says(s.employee(), 'hello'), 'phrases/greeting'),
  },
  {
    id: 'private.thanks',
    area,
    title: 'Thanks are answered, and the step’s buttons go on working',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const thanks = await s.says(ada, 'thank you!');
      answersWith(thanks, 'phrases/thanks');
      answersWith(await s.presses(ada, 'not_solved'), 'mfa-lost/iam/administrator');
    },
  },
  {
    id: 'private.goodbye',
    area,
    title: 'A goodbye is answered',
    run: async (s) => answersWith(await s.says(s.employee(), 'bye'), 'phrases/goodbye'),
  },
  {
    id: 'private.apart',
    area,
    title: 'Two people who write at the same time are answered each for themselves',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      await Promise.all([s.receipt(ada, 'lost my mfa device, iam user'), s.receipt(bob, 'lost my mfa device, root')]);
      await s.settled();
      assert.deepEqual(await s.namesInPrivate(ada), ['mfa-lost/iam/another-device']);
      assert.deepEqual(await s.namesInPrivate(bob), ['mfa-lost/root/another-way-in']);
      neverReads(last(s.chat(ada), 'answer'), 'root user');
    },
  },
  {
    id: 'private.in-order',
    area,
    title: 'Messages sent in quick succession are answered in their order',
    run: async (s) => {
      const ada = s.employee();
      for (const text of ['lost my mfa device', 'iam', 'still stuck']) await s.receipt(ada, text);
      await s.settled();
      assert.deepEqual(await s.namesInPrivate(ada), [
        'mfa-lost/which-type',
        'mfa-lost/iam/another-device',
        'mfa-lost/iam/administrator',
      ]);
      const shown = s.chat(ada);
      assert.equal(shown.length, 3);
      offers(last(shown, 'answer'), 'ask_admin');
    },
  },
  {
    id: 'private.not-understood',
    area,
    title: 'Words that are not understood get a friendly question and the topics',
    run: async (s) => {
      const lost = await s.says(s.employee(), 'purple elephants dance on tuesdays');
      answersWith(lost, 'phrases/not-understood');
      offers(lost.answer, 'choose:mfa.lost', 'person');
    },
  },
  {
    id: 'private.not-understood-twice',
    area,
    title: 'Not understood twice, the bot offers topics and a person',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'purple elephants dance on tuesdays');
      const again = await s.says(ada, 'the moon is made of cheese');
      answersWith(again, 'phrases/menu');
      offers(again.answer, 'person');
    },
  },
  {
    id: 'private.other-language',
    area,
    title: 'Who writes German is told in German what to do, with the topics as buttons',
    run: async (s) => {
      const ole = s.employee();
      const told = await s.says(ole, 'ich habe mein handy verloren und komme nicht mehr in mein aws konto');
      answersWith(told, 'phrases/language-de');
      answersWith(await s.presses(ole, 'choose:mfa.lost'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'private.typing',
    area,
    title: 'While an answer takes longer, people see that the bot is typing',
    run: async (s) => {
      const ada = s.employee();
      const held = s.bot.hold('before the commit');
      await s.receipt(ada, 'lost my mfa device');
      await s.until(() => s.isTyping(ada), 'the typing sign');
      held.release();
      await s.settled();
      reads(last(s.chat(ada), 'answer'), 'How do you sign in to AWS?');
      await s.until(() => !s.isTyping(ada), 'the typing sign to go');
    },
  },
  {
    id: 'private.long-silence',
    area,
    title: 'After hours of silence the bot says where things stood before it goes on',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      s.bot.advance(5 * 60 * 60 * 1000);
      const back = await s.says(ada, 'hello');
      answersWith(back, 'phrases/welcome-back', 'mfa-lost/iam/another-device');
    },
  },
];

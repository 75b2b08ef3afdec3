import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, isSilent, offers, reads } from '../expectations';

const area = 'First contact';

export const firstContact: Behaviour[] = [
  {
    id: 'first-contact.greeting',
    area,
    title: 'Who opens the bot for the first time is greeted and shown the topics',
    run: async (s) => {
      const ada = s.employee();
      const hello = await s.opens(ada);
      answersWith(hello, 'phrases/greeting');
      offers(hello.answer, 'choose:mfa.lost', 'choose:password.forgot', 'person');
    },
  },
  {
    id: 'first-contact.once',
    area,
    title: 'The greeting comes once, however often the bot is opened again',
    run: async (s) => {
      const ada = s.employee();
      await s.opens(ada);
      isSilent(await s.opens(ada));
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'first-contact.topic',
    area,
    title: 'A topic picked from the greeting begins at once',
    run: async (s) => {
      const ada = s.employee();
      await s.opens(ada);
      answersWith(await s.presses(ada, 'choose:mfa.lost'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'first-contact.no-secrets',
    area,
    title: 'The greeting says that the bot never asks for a password or a code',
    run: async (s) => reads((await s.opens(s.employee())).answer, 'never ask for a password'),
  },
  {
    id: 'first-contact.words-first',
    area,
    title: 'Who writes without having been greeted gets an answer to their words, not a greeting',
    run: async (s) => {
      const ada = s.employee();
      answersWith(await s.says(ada, 'lost my mfa device'), 'mfa-lost/which-type');
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'first-contact.conversation-goes-on',
    area,
    title: 'Opening the bot in the middle of a conversation does not interrupt it',
    run: async (s) => {
      const ada = s.employee();
      await s.opens(ada);
      await s.says(ada, 'lost my mfa device');
      await s.opens(ada);
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'first-contact.words-then-opened',
    area,
    title: 'Who has written already and then opens the bot for the first time is not interrupted by a greeting',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      isSilent(await s.opens(ada));
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'first-contact.quiet-in-channels',
    area,
    title: 'Added to a channel, the bot says nothing until somebody mentions it',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      await s.addsTo(room, s.employee());
      assert.deepEqual(s.shown(room), []);
    },
  },
];

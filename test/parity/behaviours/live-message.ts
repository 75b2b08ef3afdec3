import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { alive, answersWith, isDead, last, offers, only, reads } from '../expectations';
import { handedOver } from '../scenes';

const area = 'One live message';

export const liveMessage: Behaviour[] = [
  {
    id: 'live.in-place',
    area,
    title: 'A question answered by a press gives its place to what follows, so that no pile of questions grows',
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.says(ada, 'lost my mfa device');
      const told = await s.presses(ada, 'choose:iam');
      assert.equal(s.chat(ada).length, 1);
      assert.equal(told.answer.id, asked.answer.id);
    },
  },
  {
    id: 'live.a-whole-case',
    area,
    title:
      'After a case worked through by buttons alone, what told people what to do can still be read, and no question',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.presses(ada, 'choose:iam');
      await s.presses(ada, 'not_solved');
      await s.presses(ada, 'ask_admin');
      const [first, second, third] = s.chat(ada);
      assert.equal(s.chat(ada).length, 3);
      reads(first!, 'Did this help?');
      reads(second!, 'Shall I ask');
      reads(third!, 'your request');
    },
  },
  {
    id: 'live.typed-is-new',
    area,
    title: 'Typed words are answered below them, by a new message',
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.says(ada, 'lost my mfa device');
      const told = await s.says(ada, 'iam');
      assert.notEqual(told.answer.id, asked.answer.id);
      assert.equal(s.chat(ada).length, 2);
    },
  },
  {
    id: 'live.only-one',
    area,
    title: 'Only the newest message has buttons; those of older ones are taken away',
    run: async (s) => {
      const ada = s.employee();
      for (const text of ['lost my mfa device', 'iam', 'still stuck', 'a person please']) await s.says(ada, text);
      const shown = s.chat(ada);
      assert.equal(shown.length, 4);
      assert.deepEqual(alive(shown), shown.slice(-1));
    },
  },
  {
    id: 'live.words-stay',
    area,
    title: 'A message that loses its buttons keeps its words',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.says(ada, 'iam');
      const [older] = s.chat(ada);
      isDead(older!);
      reads(older!, 'How do you sign in to AWS?');
    },
  },
  {
    id: 'live.links-stay',
    area,
    title: 'A message that loses its buttons keeps its links to AWS',
    run: async (s) => {
      const ada = s.employee();
      const told = await s.says(ada, 'lost my mfa device, iam user');
      await s.says(ada, 'still stuck');
      const [older] = s.chat(ada);
      isDead(older!);
      assert.deepEqual(older!.links, told.answer.links);
    },
  },
  {
    id: 'live.deleted',
    area,
    title: 'When the message with the buttons is gone, the answer comes as a new one',
    // It is gone for the bot alone here: whoever looks still sees it.
    mayLeaveTwins: ['slack', 'teams'],
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const gone = s.trouble('messages gone');
      const told = await s.presses(ada, 'choose:iam');
      await gone.lift();
      await s.settled();
      assert.equal(s.chat(ada).length, 2);
      answersWith(told, 'mfa-lost/iam/another-device');
      reads(last(s.chat(ada), 'answer'), 'Did this help?');
    },
  },
  {
    id: 'live.after-restart',
    area,
    title: 'After a restart the bot still knows its messages: buttons of older ones are taken away',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.bot.stop();
      await s.bot.start();
      await s.says(ada, 'iam');
      const shown = s.chat(ada);
      assert.equal(shown.length, 2);
      isDead(shown[0]!);
      offers(shown[1]!, 'solved');
    },
  },
  {
    id: 'live.in-threads',
    area,
    title: 'In a thread of a channel, too, only the newest message to a person has buttons',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      const { thread } = await s.mentions(ada, room, 'lost my mfa device');
      await s.mentions(ada, thread, 'iam');
      const shown = s.shown(thread);
      assert.equal(shown.length, 2);
      assert.deepEqual(alive(shown), shown.slice(-1));
    },
  },
  {
    id: 'live.card-in-place',
    area,
    title: 'The card of a ticket is changed where it stands; no pile of cards grows',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      await s.acts(grace, 'claim', card);
      await s.says(ada, 'it is the red phone');
      await s.acts(grace, 'reply', only(s.cards(), 'cards'), 'On my way.');
      assert.equal(only(s.cards(), 'cards').id, card.id);
    },
  },
];

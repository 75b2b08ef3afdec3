import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { alive, answersWith, isSilent, last, offers, only, reads } from '../expectations';
import { claimed, handedOver } from '../scenes';

const area = 'News to the employee';

export const news: Behaviour[] = [
  {
    id: 'news.claimed',
    area,
    title: 'When somebody takes the request, the employee reads who, in the same chat',
    run: async (s) => {
      const { ada, grace } = await claimed(s);
      assert.equal((await s.namesInPrivate(ada)).at(-1), 'phrases/ticket-claimed');
      reads(last(s.chat(ada), 'message'), `${grace.name} has taken your request`);
    },
  },
  {
    id: 'news.is-new',
    area,
    title: 'News come as a message of their own, so that the phone rings for them',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      const before = s.chat(ada).length;
      await s.acts(grace, 'claim', card);
      assert.equal(s.chat(ada).length, before + 1);
    },
  },
  {
    id: 'news.buttons-come-along',
    area,
    title: 'The buttons move along to the news, so that they stay at the bottom',
    run: async (s) => {
      const { ada } = await claimed(s);
      const shown = s.chat(ada);
      assert.deepEqual(alive(shown), shown.slice(-1));
      offers(shown.at(-1)!, 'solved');
    },
  },
  {
    id: 'news.given-back',
    area,
    title: 'When the request is given back, the employee is told that nothing is lost',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'not_mine', card);
      assert.equal((await s.namesInPrivate(ada)).at(-1), 'phrases/ticket-returned');
    },
  },
  {
    id: 'news.in-the-middle',
    area,
    title: 'News in the middle of another problem leave that problem’s buttons where they are',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      const other = await s.says(ada, 'where do i find the address of our access portal?');
      answersWith(other, 'phrases/switched', 'signin-find-portal-url/search');
      await s.acts(grace, 'claim', card);
      const message = s.chat(ada).find(({ id }) => id === other.answer.id)!;
      offers(message, 'solved', 'not_solved');
      answersWith(await s.presses(ada, 'not_solved', message), 'signin-find-portal-url/administrator');
    },
  },
  {
    id: 'news.answer-back',
    area,
    title: 'What the employee writes to the administrator is passed on, and the first time the bot says so',
    run: async (s) => {
      const { ada, grace } = await claimed(s);
      const passed = await s.says(ada, 'the red one');
      answersWith(passed, 'phrases/relayed');
      reads(passed.answer, grace.name);
      reads(only(s.cards(), 'cards'), 'the red one');
    },
  },
  {
    id: 'news.no-interruption',
    area,
    title: 'While the two talk, the bot does not interrupt them',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, 'Which phone is it?');
      isSilent(await s.says(ada, 'the red one'));
      reads(only(s.cards(), 'cards'), 'the red one');
    },
  },
  {
    id: 'news.solved-yes',
    area,
    title: 'Solved, and it works: “That worked” closes the conversation',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'Done');
      answersWith(await s.presses(ada, 'solved'), 'phrases/solved');
    },
  },
  {
    id: 'news.solved-no',
    area,
    title: 'Solved, but it does not work: “Still stuck” goes on, to a person if need be',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'Done');
      const stuck = await s.presses(ada, 'not_solved');
      assert.ok(stuck.names.length > 0);
      assert.ok(alive(s.chat(ada)).length === 1);
    },
  },
  {
    id: 'news.old-buttons',
    area,
    title: 'After news the buttons of the older message are refused with a word',
    run: async (s) => {
      const grace = s.admin();
      const { ada, handed, card } = await handedOver(s);
      await s.acts(grace, 'resolve', card, 'Done');
      const late = await s.pressesOld(ada, 'solved', handed.answer);
      assert.equal(late.names[0], 'phrases/stale-button');
    },
  },
];

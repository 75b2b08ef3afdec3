import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, isDead, neverReads, offers, only, reads } from '../expectations';
import { handedOver } from '../scenes';

const area = 'Hand-over and ping';

export const handOver: Behaviour[] = [
  {
    id: 'hand-over.number',
    area,
    title: 'Who asks for their administrator is told the number of the request and who has it',
    run: async (s) => {
      const { ada, handed } = await handedOver(s);
      answersWith(handed, 'phrases/handed-over');
      reads(handed.answer, only(await s.tickets(ada), 'tickets').number, 'an administrator of the AWS account');
    },
  },
  {
    id: 'hand-over.typed',
    area,
    title: 'The same happens when it is typed: “yes please, ask them”',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      answersWith(await s.says(ada, 'yes please, ask them'), 'phrases/handed-over');
      only(s.cards(), 'cards');
    },
  },
  {
    id: 'hand-over.ping',
    area,
    title: 'The administrators’ channel gets one card: number, problem, who asks, and their own words',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device near the harbour, iam user');
      await s.presses(ada, 'ask_admin');
      const { number } = only(await s.tickets(ada), 'tickets');
      reads(only(s.cards(), 'cards'), number, 'MFA', ada.name, 'near the harbour');
    },
  },
  {
    id: 'hand-over.buttons',
    area,
    title: 'The card offers to claim, reply, note and resolve',
    run: async (s) => {
      const { card } = await handedOver(s);
      offers(card, 'claim', 'reply', 'note', 'resolve');
    },
  },
  {
    id: 'hand-over.facts',
    area,
    title: 'The card says what is known and what was tried, so that nobody asks again',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user, account 111122223333');
      await s.presses(ada, 'not_solved');
      await s.presses(ada, 'ask_admin');
      reads(only(s.cards(), 'cards'), 'IAM user', '111122223333', '(did not help)');
    },
  },
  {
    id: 'hand-over.identity',
    area,
    title: 'The card reminds that a chat proves nobody’s identity, and which check comes first',
    run: async (s) => {
      const { card } = await handedOver(s);
      reads(card, 'The bot has not checked that this is really the person', 'Identity check first');
    },
  },
  {
    id: 'hand-over.platform',
    area,
    title: 'The card says on which platform the person wrote',
    run: async (s) => {
      const { card } = await handedOver(s);
      reads(card, s.platform === 'slack' ? 'Slack' : 'Teams');
    },
  },
  {
    id: 'hand-over.urgent',
    area,
    title: 'An attack on the account is marked urgent on the card',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'our aws account was hacked, there are machines running that we did not start');
      await s.says(ada, 'a person please');
      const handed = await s.presses(ada, 'ask_admin');
      answersWith(handed, 'phrases/handed-over-urgent');
      reads(only(s.cards(), 'cards'), 'Urgent');
    },
  },
  {
    id: 'hand-over.asked-already',
    area,
    title: 'Asking again for the same thing disturbs nobody twice, and tells how the request stands',
    run: async (s) => {
      const { ada } = await handedOver(s);
      const again = await s.says(ada, 'a person please');
      answersWith(again, 'phrases/already-asked');
      reads(again.answer, 'Nobody has taken it yet');
      only(s.cards(), 'cards');
    },
  },
  {
    id: 'hand-over.more-words',
    area,
    title: 'What the person writes afterwards is added to the request and its card',
    run: async (s) => {
      const { ada, card } = await handedOver(s);
      answersWith(await s.says(ada, 'the red phone it was'), 'phrases/already-handed-over');
      const updated = only(s.cards(), 'cards');
      assert.equal(updated.id, card.id);
      reads(updated, 'the red phone it was');
    },
  },
  {
    id: 'hand-over.taken-back',
    area,
    title: 'A request that is taken back closes its card: nothing can be pressed on it any more',
    run: async (s) => {
      const { ada } = await handedOver(s);
      answersWith(await s.says(ada, 'cancel'), 'phrases/ticket-cancelled');
      const card = only(s.cards(), 'cards');
      for (const id of ['claim', 'reply', 'resolve']) assert.ok(!card.buttons.some((one) => one.id === id));
      reads(card, 'Taken back by');
    },
  },
  {
    id: 'hand-over.got-in-alone',
    area,
    title: 'Who gets in without the administrator after all says so, and the card tells it',
    run: async (s) => {
      const { ada } = await handedOver(s);
      answersWith(await s.presses(ada, 'solved'), 'phrases/solved-with-ticket');
      reads(only(s.cards(), 'cards'), 'Taken back by');
    },
  },
  {
    id: 'hand-over.two',
    area,
    title: 'Two requests of two people are two cards',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      for (const person of [ada, bob]) {
        await s.says(person, 'lost my mfa device, iam user');
        await s.presses(person, 'ask_admin');
      }
      const cards = s.cards();
      assert.equal(cards.length, 2);
      reads(cards[0]!, ada.name);
      neverReads(cards[0]!, bob.name);
      reads(cards[1]!, bob.name);
    },
  },
  {
    id: 'hand-over.never-without-yes',
    area,
    title: 'Nobody is pinged without the person’s yes',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.says(ada, 'a person please');
      await s.says(ada, 'no thanks');
      assert.deepEqual(s.cards(), []);
    },
  },
  {
    id: 'hand-over.start-over',
    area,
    title: 'A fresh start names the request that stays open',
    run: async (s) => {
      const { ada } = await handedOver(s);
      const fresh = await s.says(ada, 'start over');
      answersWith(fresh, 'phrases/started-over');
      reads(fresh.answer, `${only(await s.tickets(ada), 'tickets').number} stays open`);
      only(s.cards(), 'cards');
    },
  },
  {
    id: 'hand-over.right-place',
    area,
    title: 'The chat of the person shows no card, and the card’s channel no chat',
    run: async (s) => {
      const { ada, card } = await handedOver(s);
      for (const { buttons } of s.chat(ada)) assert.ok(!buttons.some(({ id }) => id === 'claim'));
      neverReads(card, 'I will tell you here as soon as somebody takes it');
    },
  },
  {
    id: 'hand-over.closed-before-sent',
    area,
    title: 'A request taken back before its card left disturbs nobody at all',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const held = s.bot.hold('before sending');
      await s.receipt(ada, 'yes please, ask them');
      await held.reached;
      await s.receipt(ada, 'cancel');
      await s.until(async () => (await s.tickets(ada))[0]?.state === 'cancelled', 'the ticket to be taken back');
      held.release();
      await s.settled();
      assert.deepEqual(
        s.cards().flatMap(({ buttons }) => [...buttons]),
        [],
      );
      isDead({ buttons: s.cards().flatMap(({ buttons }) => [...buttons]) });
    },
  },
];

import assert from 'node:assert/strict';
import { ticketNumber } from '../../../src/core/ticket';
import type { Behaviour } from '../behaviour';
import { answersWith, isSilent, last, neverReads, only, reads } from '../expectations';

const area = 'Privacy';

export const privacy: Behaviour[] = [
  {
    id: 'privacy.hand-over',
    area,
    title: 'Asking for a person in a channel goes on in private: the thread says so and no more',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada, s.employee());
      const { answer, thread } = await s.mentions(ada, room, 'lost my mfa device, iam user');
      const asked = await s.presses(ada, 'ask_admin', answer);
      answersWith(asked, 'phrases/continue-privately');
      neverReads(last(s.shown(thread), 'answer'), 'D-1');
      reads(last(s.chat(ada), 'private message'), 'your request');
    },
  },
  {
    id: 'privacy.hand-over-opens',
    area,
    title: 'The request that moved to private is opened with all that was said in the channel',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.mentions(ada, s.room(ada), 'lost my mfa device near the harbour, iam user');
      await s.presses(ada, 'ask_admin', answer);
      const ticket = only(await s.tickets(ada), 'tickets');
      assert.equal(ticket.role, 'account-admin');
      reads(ticket.words.join(), 'harbour');
    },
  },
  {
    id: 'privacy.first-private',
    area,
    title: 'The private message arrives also when the person never wrote to the bot before',
    run: async (s) => {
      const ada = s.employee();
      const { thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      assert.deepEqual(s.chat(ada), []);
      await s.mentions(ada, thread, 'yes please, ask them');
      reads(only(s.chat(ada), 'private messages'), 'your request');
    },
  },
  {
    id: 'privacy.buttons-die',
    area,
    title: 'When a matter moves to private, the buttons in the thread die',
    run: async (s) => {
      const ada = s.employee();
      const { answer, thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      for (const { buttons } of s.shown(thread)) assert.ok(!buttons.some(({ id }) => id === 'ask_admin'));
    },
  },
  {
    id: 'privacy.about-me',
    area,
    title: '“What do you know about me?” asked in a channel is answered in private only',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      const asked = await s.mentions(ada, room, 'what do you know about me?');
      answersWith(asked, 'phrases/continue-privately');
      neverReads(s.everything(room), ada.name.toUpperCase(), 'The name your chat account shows');
      reads(last(s.chat(ada), 'private message'), 'The name your chat account shows');
    },
  },
  {
    id: 'privacy.about-me-private',
    area,
    title: '“What do you know about me?” shows everything kept of the person in this chat',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const told = await s.says(ada, 'what do you know about me?');
      answersWith(told, 'phrases/about-me');
      reads(told.answer, ada.name, 'IAM user');
    },
  },
  {
    id: 'privacy.forget-me',
    area,
    title:
      '“Delete my data” asks once more, and then nothing of the person is left: not in the store, not below the card',
    run: async (s) => {
      const [ada, grace] = [s.employee('Ada Forgetme'), s.admin()];
      await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin');
      const { thread } = await s.acts(grace, 'reply', only(s.cards(), 'cards'), 'Which phone is it?');
      await s.says(ada, 'the crimson one');
      reads(
        s
          .shown(thread)
          .map(({ text }) => text)
          .join(),
        'the crimson one',
      );
      await s.acts(grace, 'resolve', only(s.cards(), 'cards'), 'Done');
      answersWith(await s.says(ada, 'delete my data'), 'phrases/forget-ask');
      answersWith(await s.presses(ada, 'choose:yes'), 'phrases/forgotten');
      await s.settled();
      for (const { text } of s.shown(thread)) neverReads(text, 'Ada Forgetme', 'crimson');
      const tables = [
        'inbox',
        'outbox',
        'conversations',
        'chat',
        'tickets',
        'ticket_history',
        'posts',
        'missed_words',
        'addresses',
      ];
      for (const table of tables) neverReads(JSON.stringify(s.stored(table)), 'Ada Forgetme', 'crimson');
      answersWith(await s.says(ada, 'lost my mfa device, iam user'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'privacy.export-me',
    area,
    title:
      '“Send me my data” sends all that is kept as JSON, whole, in as many messages as it takes, and nothing of others',
    run: async (s) => {
      const [ada, kim, grace] = [s.employee('Ada Export'), s.employee('Kim Other'), s.admin()];
      await s.says(kim, 'my violet phone is gone, lost mfa device');
      const filler = 'and what I see is a page that only says “try again later” in grey letters ';
      await s.says(ada, `lost my crimson mfa device, iam user, ${filler.repeat(40)}`);
      await s.presses(ada, 'ask_admin');
      const number = ticketNumber(only(await s.tickets(ada), 'tickets').id);
      await s.acts(grace, 'note', only(s.cards(), 'cards'), 'they sound nervous');
      const before = s.chat(ada).length;
      const answer = await s.says(ada, 'send me my data');
      assert.equal(answer.names.at(-1), 'phrases/export');
      assert.ok(answer.names.length > 2, 'it takes more than one message');
      await s.settled();
      const sent = s
        .chat(ada)
        .slice(before)
        .map(({ text }) => text)
        .join('\n');
      reads(sent, 'Ada Export', 'crimson', '"requests": [', number, filler.trim());
      neverReads(sent, 'violet', 'Kim Other', 'nervous', 'left out)');
      // All the pieces: the last key of the JSON is there as well.
      reads(sent, '"turns": ');
      // What was sent is no part of what is sent the next time.
      assert.deepEqual((await s.says(ada, 'send me my data')).names, answer.names);
    },
  },
  {
    id: 'privacy.export-me-in-channel',
    area,
    title: '“Send me my data” in a channel is answered in private only',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      answersWith(await s.mentions(ada, room, 'send me my data'), 'phrases/continue-privately');
      neverReads(s.everything(room), '"conversations"');
      reads(
        s
          .chat(ada)
          .map(({ text }) => text)
          .join('\n'),
        '"conversations"',
      );
    },
  },
  {
    id: 'privacy.forget-me-in-channel',
    area,
    title: '“Delete my data” in a channel is gone on with in private',
    run: async (s) => {
      const ada = s.employee();
      answersWith(await s.mentions(ada, s.room(ada), 'delete my data'), 'phrases/continue-privately');
      reads(last(s.chat(ada), 'private message'), 'Shall I delete what I know about you');
    },
  },
  {
    id: 'privacy.no-ping-in-channel',
    area,
    title: 'The ticket’s number and card appear neither in the channel nor to other people',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const room = s.room(ada, bob);
      const { answer } = await s.mentions(ada, room, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      const { number } = only(await s.tickets(ada), 'tickets');
      neverReads(s.everything(room), number);
      assert.deepEqual(s.chat(bob), []);
    },
  },
  {
    id: 'privacy.reply-in-private',
    area,
    title: 'An administrator’s words reach the person in private, though the matter began in a channel',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      const grace = s.admin();
      const { answer } = await s.mentions(ada, room, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      await s.acts(grace, 'reply', only(s.cards(), 'cards'), 'Please ring me at noon.');
      reads(last(s.chat(ada), 'private message'), 'Please ring me at noon.');
      neverReads(s.everything(room), 'Please ring me at noon.');
    },
  },
  {
    id: 'privacy.goes-on-there',
    area,
    title: 'In private the conversation goes on with what was known in the channel',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      const more = await s.says(ada, 'hello??');
      answersWith(more, 'phrases/already-handed-over');
    },
  },
  {
    id: 'privacy.opened-to-read',
    area,
    title: 'Who opens the private chat for the first time to read what came there is not greeted over it',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      isSilent(await s.opens(ada));
      reads(only(s.chat(ada), 'private messages'), 'your request');
    },
  },
  {
    id: 'privacy.channel-begins-anew',
    area,
    title: 'After a matter moved to private, the next mention in the thread begins something new',
    run: async (s) => {
      const ada = s.employee();
      const { answer, thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin', answer);
      answersWith(await s.mentions(ada, thread, 'forgot my password'), 'password-forgot/which-type');
    },
  },
];

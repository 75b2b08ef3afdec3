import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, isSilent, last, neverReads, only, reads } from '../expectations';
import { handedOver } from '../scenes';

const area = 'Edits and deletions';
const noPreviews = 'Teams makes previews before a message is sent, so it never changes one by itself';
const noEventsInChannels =
  'Slack tells of deleted messages in a channel only to apps that read along there, and this one hears nothing but mentions';

export const edits: Behaviour[] = [
  {
    id: 'edits.newest',
    area,
    title: 'Who corrects the message just sent is answered anew',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, root user');
      answersWith(
        await s.edits(said, 'lost my mfa device, iam user'),
        'phrases/message-changed',
        'mfa-lost/iam/another-device',
      );
    },
  },
  {
    id: 'edits.replaces',
    area,
    title: 'The answer to a corrected message takes the place of the first answer',
    run: async (s) => {
      const ada = s.employee();
      const first = await s.says(ada, 'lost my mfa device, root user');
      const second = await s.edits(first.said, 'lost my mfa device, iam user');
      assert.equal(s.chat(ada).length, 1);
      assert.equal(second.answer.id, first.answer.id);
    },
  },
  {
    id: 'edits.forgets-first',
    area,
    title: 'What the first wording said is not believed any more after the correction',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, root user');
      await s.edits(said, 'lost my mfa device');
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'edits.twice',
    area,
    title: 'A message may be corrected more than once',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, root user');
      await s.edits(said, 'lost my mfa device');
      answersWith(
        await s.edits(said, 'forgot my iam password'),
        'phrases/message-changed',
        'password-forgot/iam/administrator',
      );
    },
  },
  {
    id: 'edits.older',
    area,
    title: 'Changing an older message changes nothing: the conversation has moved on from it',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device');
      await s.says(ada, 'iam');
      isSilent(await s.edits(said, 'forgot my password'));
    },
  },
  {
    id: 'edits.after-press',
    area,
    title: 'Changing a message after a button was pressed changes nothing',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device');
      await s.presses(ada, 'choose:iam');
      isSilent(await s.edits(said, 'forgot my password'));
    },
  },
  {
    id: 'edits.preview',
    area,
    title: 'A message that the platform changes by itself, for the preview of a link say, is not answered again',
    teams: { cannot: noPreviews },
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, see https://example.com/help');
      isSilent(await s.touches(said));
    },
  },
  {
    id: 'edits.secret',
    area,
    title: 'A secret that comes in by a correction is masked like any other',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, iam user');
      const edited = await s.edits(said, 'lost my mfa device, iam user, password is Tr0ub4dor&3xyz');
      assert.ok(edited.names.includes('phrases/secret-seen'), edited.names.join());
      neverReads(await s.kept(ada), 'Tr0ub4dor');
    },
  },
  {
    id: 'edits.ticket-stays',
    area,
    title: 'A ticket that was opened cannot be undone by changing the words that opened it',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const { said } = await s.says(ada, 'yes please, ask them');
      await s.edits(said, 'no, do not');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'open');
    },
  },
  {
    id: 'edits.in-thread',
    area,
    title: 'Correcting a mention in a channel is answered anew in its thread',
    run: async (s) => {
      const ada = s.employee();
      const { said, thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device, root user');
      const edited = await s.edits(said, 'lost my mfa device, iam user');
      answersWith(edited, 'phrases/message-changed', 'mfa-lost/iam/another-device');
      assert.equal(s.shown(thread).length, 1);
    },
  },
  {
    id: 'edits.deleted-silently',
    area,
    title: 'Taking a message back is not commented on',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device, my account is 111122223333');
      isSilent(await s.deletes(said));
    },
  },
  {
    id: 'edits.deleted-forgotten',
    area,
    title: 'The words of a message that was taken back vanish from all the bot keeps',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device near the harbour office');
      await s.deletes(said);
      neverReads(await s.kept(ada), 'harbour');
    },
  },
  {
    id: 'edits.deleted-from-card',
    area,
    title: 'The words of a message that was taken back vanish from the ticket and its card',
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.says(ada, 'lost my mfa device near the harbour office, iam user');
      await s.presses(ada, 'ask_admin');
      reads(only(s.cards(), 'cards'), 'harbour');
      await s.deletes(said);
      neverReads(only(s.cards(), 'cards'), 'harbour');
      neverReads(await s.kept(ada), 'harbour');
    },
  },
  {
    id: 'edits.deleted-later-words',
    area,
    title: 'Words added to an open request and taken back vanish from its card too',
    run: async (s) => {
      const { ada } = await handedOver(s);
      const { said } = await s.says(ada, 'it lies near the harbour office');
      reads(only(s.cards(), 'cards'), 'harbour');
      await s.deletes(said);
      neverReads(only(s.cards(), 'cards'), 'harbour');
    },
  },
  {
    id: 'edits.deleted-goes-on',
    area,
    title: 'After a message was taken back the conversation goes on where it was',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const { said } = await s.says(ada, 'why?');
      await s.deletes(said);
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'edits.deleted-in-channel',
    area,
    title: 'The words of a mention that was taken back in a channel vanish from what the bot keeps',
    slack: { cannot: noEventsInChannels },
    run: async (s) => {
      const ada = s.employee();
      const { said } = await s.mentions(ada, s.room(ada), 'lost my mfa device near the harbour office');
      await s.deletes(said);
      neverReads(await s.keptInRooms(ada), 'harbour');
    },
  },
  {
    id: 'edits.own-changes',
    area,
    title: 'The bot does not answer its own messages, nor the changes it makes to them',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.presses(ada, 'choose:iam');
      await s.presses(ada, 'not_solved');
      const before = await s.bot.recorded();
      await s.settled();
      assert.equal(await s.bot.recorded(), before);
      reads(last(s.chat(ada), 'answer'), 'Shall I ask');
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, neverReads, only, reads } from '../expectations';
import { claimed, handedOver } from '../scenes';
import type { Stage } from '../stage';

const area = 'Hostile words';

/** Brings these words onto an administrators' card: said to the administrator who has taken the request. */
async function onCard(s: Stage, words: string) {
  const { ada, grace } = await claimed(s);
  await s.says(ada, words);
  return { ada, grace, card: only(s.cards(), 'cards') };
}

export const hostile: Behaviour[] = [
  {
    id: 'hostile.everybody',
    area,
    title: 'Words that name everybody in a channel call nobody: @channel, @everyone, @here stay plain words',
    run: async (s) => {
      const { card } = await onCard(s, '@channel @everyone @here <!channel> <at>everyone</at>');
      reads(card, '@channel', '@everyone', '@here');
    },
  },
  {
    id: 'hostile.mention-code',
    area,
    title: 'Mark-up that would mention a person stays plain words',
    run: async (s) => {
      const { card } = await onCard(s, 'ask <@U0BOSS0001> or <at>Boss</at>');
      reads(card, 'ask', 'or');
    },
  },
  {
    id: 'hostile.disguised-link',
    area,
    title: 'A link in disguise stays plain words: nothing an employee types becomes a link on the card',
    run: async (s) => {
      const { card } = await onCard(s, '[click here](https://evil.example/login) <https://evil.example/login|AWS>');
      assert.ok(!card.links.some(({ url }) => url.includes('evil.example')), 'a link to evil.example');
    },
  },
  {
    id: 'hostile.formatting',
    area,
    title: 'Stars, underscores, tildes and backticks are shown as typed',
    run: async (s) => {
      const { card } = await onCard(s, '*bold* _it_ ~gone~ `code` **strong** # head');
      reads(card, '*bold* _it_ ~gone~ `code` **strong** # head');
    },
  },
  {
    id: 'hostile.html',
    area,
    title: 'HTML is shown as typed and does nothing',
    run: async (s) => {
      const { card } = await onCard(s, '<b>bold</b> <script>alert(1)</script> &amp; &lt;');
      reads(card, '<b>bold</b> <script>alert(1)</script> &amp; &lt;');
    },
  },
  {
    id: 'hostile.card-functions',
    area,
    title: 'Functions of cards and templates do nothing: {{DATE(…)}}, ${…}',
    run: async (s) => {
      const { card } = await onCard(s, '{{DATE(2026-01-01T00:00:00Z, LONG)}} ${process.env} {{user.name}}');
      reads(card.text.replace(/\u2060/g, ''), '{{DATE(2026-01-01T00:00:00Z, LONG)}}', '${process.env}');
    },
  },
  {
    id: 'hostile.right-to-left',
    area,
    title: 'Characters that turn the direction of text cannot disorder the card',
    run: async (s) => {
      const { card } = await onCard(s, 'abc \u202Egnp.exe\u202C \u2066def\u2069');
      neverReads(card, '\u202E', '\u2066');
    },
  },
  {
    id: 'hostile.arabic',
    area,
    title: 'Words in Arabic or Hebrew are shown whole',
    run: async (s) => {
      const { card } = await onCard(s, 'مرحبا שלום');
      reads(card, 'مرحبا', 'שלום');
    },
  },
  {
    id: 'hostile.emoji',
    area,
    title: 'Emoji are shown whole, families and flags too',
    run: async (s) => {
      const { card } = await onCard(s, 'help 😭 👩‍👩‍👧‍👦 🇩🇪');
      reads(card, '😭', '👩‍👩‍👧‍👦', '🇩🇪');
    },
  },
  {
    id: 'hostile.control',
    area,
    title: 'Control characters and halves of characters do no harm',
    run: async (s) => {
      const { card } = await onCard(s, 'bell \u0007 half \uD83D end \u0000 zero');
      reads(card, 'bell', 'half', 'zero');
      neverReads(card, '\u0007', '\u0000');
    },
  },
  {
    id: 'hostile.huge',
    area,
    title: 'A message of 12,000 characters is answered, with a word that only its beginning was read',
    run: async (s) => {
      const ada = s.employee();
      const told = await s.says(ada, `lost my mfa device, iam user. ${'and then it said no. '.repeat(600)}`);
      assert.equal(told.names[0], 'phrases/too-long');
    },
  },
  {
    id: 'hostile.huge-card',
    area,
    title: 'However much somebody writes, the card stays within the platform’s limits and can be acted on',
    run: async (s) => {
      const { ada, grace, card } = await onCard(s, 'x'.repeat(3_500));
      for (let count = 0; count < 3; count++) await s.says(ada, `${count} ${'wörter & <mehr> '.repeat(120)}`);
      await s.acts(grace, 'resolve', card, 'Done');
      reads(only(s.cards(), 'cards'), `Solved by ${grace.name}`);
    },
  },
  {
    id: 'hostile.empty',
    area,
    title: 'A message without any readable character is answered with a friendly word',
    run: async (s) => {
      const told = await s.says(s.employee(), '\u200b \u00a0 …');
      answersWith(told, 'phrases/empty');
    },
  },
  {
    id: 'hostile.punctuation',
    area,
    title: 'Nothing but punctuation or emoji is answered with a friendly word',
    run: async (s) => answersWith(await s.says(s.employee(), '???!!! 🤷'), 'phrases/empty'),
  },
  {
    id: 'hostile.quotes',
    area,
    title: 'Quotes, backslashes and pieces of programs are only words',
    run: async (s) => {
      const words = `"}],"blocks":[] '); DROP TABLE tickets; -- \\n \\" {"a":1}`;
      const { card } = await onCard(s, words);
      reads(card, 'DROP TABLE tickets;');
    },
  },
  {
    id: 'hostile.name',
    area,
    title: 'A name full of mark-up stays a name: to administrators on the card, and to employees in a reply',
    run: async (s) => {
      const { card } = await handedOver(s, s.employee('*Ada* <b>[x](https://evil.example)</b>'));
      reads(card, '*Ada* <b>[x](https://evil.example)</b>');
      assert.ok(!card.links.some(({ url }) => url.includes('evil.example')));
    },
  },
  {
    id: 'hostile.admin-words',
    area,
    title: 'An administrator’s words are shown as typed too: no mention, no link in disguise',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, '*Look* [here](https://evil.example) @everyone <!here> &amp;');
      const message = last(s.chat(ada), 'message');
      reads(message, '*Look* [here](https://evil.example) @everyone <!here> &amp;');
      assert.ok(!message.links.some(({ url }) => url.includes('evil.example')));
    },
  },
  {
    id: 'hostile.many-lines',
    area,
    title: 'A message of 300 lines is answered, and its card is no taller than others by more than a few lines',
    run: async (s) => {
      const { card } = await onCard(s, 'line\n'.repeat(300));
      assert.ok(card.text.split('\n').length < 120, `${card.text.split('\n').length} lines`);
    },
  },
  {
    id: 'hostile.echo',
    area,
    title: 'Words that the bot repeats to the person, such as a second problem, are shown as typed',
    run: async (s) => {
      const ada = s.employee();
      await s.says(
        ada,
        'my iam mfa phone is broken. also i need to change the *credit card* <!here> on our aws account',
      );
      const asked = await s.presses(ada, 'solved');
      answersWith(asked, 'phrases/solved', 'phrases/second-problem');
      reads(asked.answer, '*credit card*');
    },
  },
];

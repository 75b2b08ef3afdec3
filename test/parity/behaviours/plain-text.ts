import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { last, only, reads } from '../expectations';
import { claimed, handedOver } from '../scenes';

const area = 'Plain text and sources';

export const plainText: Behaviour[] = [
  {
    id: 'plain.question',
    area,
    title: 'A question read aloud or in a notification says the question and its answers',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'lost my mfa device');
      reads(answer.plain, 'How do you sign in to AWS?', 'Root user', 'IAM user');
    },
  },
  {
    id: 'plain.step',
    area,
    title: 'A step read aloud says its numbered actions and what is asked at the end',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'where do i find the address of our access portal?');
      reads(answer.plain, '1. Search your mail', 'Did this help?');
    },
  },
  {
    id: 'plain.changed',
    area,
    title: 'A message that is changed has the new words in its plain form too',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const { answer } = await s.presses(ada, 'choose:iam');
      reads(answer.plain, 'Did this help?');
    },
  },
  {
    id: 'plain.card',
    area,
    title: 'The card read aloud says number, problem, state and who asks',
    run: async (s) => {
      const { ada, card } = await handedOver(s);
      reads(card.plain, only(await s.tickets(ada), 'tickets').number, ada.name, 'MFA');
    },
  },
  {
    id: 'plain.card-changed',
    area,
    title: 'A card that changed says its new state when read aloud',
    run: async (s) => {
      const { grace, card } = await claimed(s);
      reads(card.plain, `aken by ${grace.name}`);
    },
  },
  {
    id: 'plain.admin',
    area,
    title: 'An administrator’s words are in the notification, with their name',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, 'Please ring me.');
      reads(last(s.chat(ada), 'message').plain, grace.name, 'Please ring me.');
    },
  },
  {
    id: 'plain.all',
    area,
    title: 'No message of a whole case is without a plain form',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'Done');
      await s.presses(ada, 'solved');
      for (const { plain } of [...s.chat(ada), ...s.cards()]) assert.ok(plain.trim().length > 10, `“${plain}”`);
    },
  },
  {
    id: 'plain.links',
    area,
    title: 'Links are in the plain form with their addresses',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'lost my mfa device, iam user');
      reads(answer.plain, 'https://docs.aws.amazon.com/');
    },
  },
  {
    id: 'plain.source',
    area,
    title: 'An answer about AWS carries the address of the page it comes from',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'lost my mfa device, iam user');
      assert.ok(answer.links.length > 0, 'no link');
      for (const { url } of answer.links) assert.match(url, /^https:\/\/([a-z-]+\.)*(aws\.amazon\.com|amazon\.com)\//);
    },
  },
  {
    id: 'plain.source-of-why',
    area,
    title: '“Why?” at a step carries the source of the rule',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const { answer } = await s.says(ada, 'why?');
      assert.ok(
        answer.links.some(({ url }) => url.startsWith('https://')),
        'no source',
      );
    },
  },
  {
    id: 'plain.source-names-page',
    area,
    title: 'A link says what it leads to, not just “here”',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'lost my mfa device, iam user');
      for (const { label } of answer.links) assert.ok(label.length > 8, label);
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { alive, answersWith, last, neverOffers, offers, reads } from '../expectations';

const area = 'Understanding and steps';

export const steps: Behaviour[] = [
  {
    id: 'steps.button',
    area,
    title: 'A question is answered by pressing a button',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.presses(ada, 'choose:iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.typed-label',
    area,
    title: 'A question is answered by typing what a button says',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.says(ada, 'lost my mfa device');
      const label = answer.buttons.find(({ id }) => id === 'choose:iam')!.label;
      answersWith(await s.says(ada, label), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.typed-place',
    area,
    title: 'A question is answered by “the second one” or a number',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.says(ada, 'the second one'), 'mfa-lost/iam/another-device');
      await s.says(bob, 'lost my mfa device');
      answersWith(await s.says(bob, '2'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.typed-words',
    area,
    title: 'A question is answered in own words: “iam i think”',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.says(ada, 'iam i think'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.numbered',
    area,
    title: 'A step shows numbered actions, the question whether they helped, and buttons for both answers',
    run: async (s) => {
      const { answer } = await s.says(s.employee(), 'where do i find the address of our access portal?');
      reads(answer, '1. Search your mail', '4. Look in your intranet', 'Did this help?');
      offers(answer, 'solved', 'not_solved', 'ask_admin', 'choose:address_fails');
    },
  },
  {
    id: 'steps.pages',
    area,
    title: 'A long list of actions comes in pages, and “Next” goes on where the last page ended',
    run: async (s) => {
      const ada = s.employee();
      const first = await s.says(ada, 'help');
      offers(first.answer, 'next');
      const second = await s.presses(ada, 'next');
      answersWith(second, 'phrases/help');
      assert.notDeepEqual(second.answer.buttons, first.answer.buttons);
      const begun = await s.presses(ada, second.answer.buttons[0]!.id);
      assert.doesNotMatch(begun.names.join(), /^phrases\//);
    },
  },
  {
    id: 'steps.solved',
    area,
    title: '“That worked” closes the matter kindly',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const done = await s.presses(ada, 'solved');
      answersWith(done, 'phrases/solved');
      offers(done.answer, 'start_over');
    },
  },
  {
    id: 'steps.still-stuck',
    area,
    title: '“Still stuck” leads to the next step, and in the end to a person',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const next = await s.presses(ada, 'not_solved');
      answersWith(next, 'mfa-lost/iam/administrator');
      offers(next.answer, 'ask_admin');
      answersWith(await s.presses(ada, 'not_solved'), 'phrases/offer-person');
    },
  },
  {
    id: 'steps.typed-no',
    area,
    title: 'A typed “nope still the same” does what “Still stuck” does',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      answersWith(await s.says(ada, 'nope still the same'), 'mfa-lost/iam/administrator');
    },
  },
  {
    id: 'steps.back',
    area,
    title: '“Back” returns to the step before',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.presses(ada, 'choose:iam');
      answersWith(await s.says(ada, 'back'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'steps.back-at-start',
    area,
    title: '“Back” at the beginning says that there is nothing earlier',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.says(ada, 'back'), 'phrases/nothing-to-go-back-to', 'mfa-lost/which-type');
    },
  },
  {
    id: 'steps.why',
    area,
    title: '“Why?” gives the reason, and the question stays open',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.says(ada, 'why?'), 'phrases/why');
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.meaning',
    area,
    title: 'A word is explained when asked, and the question is asked again',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const told = await s.says(ada, 'what is IAM?');
      answersWith(told, 'phrases/meaning', 'mfa-lost/which-type');
      offers(told.answer, 'choose:iam');
    },
  },
  {
    id: 'steps.start-over',
    area,
    title: '“Start over” forgets what was said before',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      answersWith(await s.says(ada, 'start over'), 'phrases/started-over');
      answersWith(await s.says(ada, 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'steps.person',
    area,
    title: '“A person please” is offered at any time and needs a yes',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      const offered = await s.says(ada, 'a person please');
      answersWith(offered, 'phrases/offer-person');
      offers(offered.answer, 'ask_admin', 'choose:no');
      assert.deepEqual(s.cards(), []);
    },
  },
  {
    id: 'steps.person-declined',
    area,
    title: '“No” to the person leads back to the step',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.says(ada, 'a person please');
      answersWith(await s.presses(ada, 'choose:no'), 'mfa-lost/iam/another-device');
      assert.deepEqual(await s.tickets(ada), []);
    },
  },
  {
    id: 'steps.correction',
    area,
    title: 'A correction of the kind of user starts the path anew',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'root mfa device is lost');
      const corrected = await s.says(ada, "no wait, i'm an IAM user, not root");
      answersWith(corrected, 'phrases/type-corrected', 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.switch',
    area,
    title: 'Another problem in the middle is taken up, and “back” returns to the first',
    run: async (s) => {
      const ben = s.employee();
      await s.says(ben, 'lost my phone with the mfa app, iam user');
      const switched = await s.says(ben, 'actually where do i find the address of our access portal?');
      answersWith(switched, 'phrases/switched', 'signin-find-portal-url/search');
      answersWith(await s.says(ben, 'back'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'steps.two-problems',
    area,
    title: 'Of two problems in one message the second is offered when the first is done',
    run: async (s) => {
      const jana = s.employee();
      await s.says(jana, 'my iam mfa phone is broken. also i need to change the credit card on our aws account');
      answersWith(await s.presses(jana, 'solved'), 'phrases/solved', 'phrases/second-problem');
      answersWith(await s.presses(jana, 'choose:yes'), 'account-manage/task');
    },
  },
  {
    id: 'steps.cancel',
    area,
    title: '“Never mind” drops the matter',
    run: async (s) => {
      const dan = s.employee();
      await s.says(dan, 'lost my mfa device');
      answersWith(await s.says(dan, 'never mind, forget it'), 'phrases/cancelled');
    },
  },
  {
    id: 'steps.never-forbidden',
    area,
    title: 'Nobody is offered whom the rules of AWS forbid to help: no AWS Support for an IAM user',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'not_solved');
      for (const { buttons, links } of alive(s.chat(ada))) {
        neverOffers({ buttons }, 'choose:aws_support');
        for (const { url } of links) assert.ok(!url.includes('support.aws.amazon.com/#/contacts'), url);
      }
      reads(last(s.chat(ada), 'answer'), 'Shall I ask an administrator of the AWS account?');
    },
  },
];

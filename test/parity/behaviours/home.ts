import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, neverReads, offers, only, reads } from '../expectations';
import { claimed, handedOver } from '../scenes';

const area = 'Home';

export const home: Behaviour[] = [
  {
    id: 'home.menu',
    area,
    title: 'The bot’s home (a tab in Slack, the word “home” in Teams) shows the topics to begin with',
    run: async (s) => {
      const page = await s.opensHome(s.employee());
      offers(page, 'topic:mfa.lost', 'topic:password.forgot', 'person');
    },
  },
  {
    id: 'home.begins',
    area,
    title: 'A topic picked on the home page begins in the private chat',
    run: async (s) => {
      const ada = s.employee();
      await s.opensHome(ada);
      answersWith(await s.pressesHome(ada, 'topic:mfa.lost'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'home.any-time',
    area,
    title: 'The topics of the home page work at any time, also in the middle of a conversation',
    run: async (s) => {
      const ada = s.employee();
      await s.opensHome(ada);
      await s.pressesHome(ada, 'topic:mfa.lost');
      await s.opensHome(ada);
      const begun = await s.pressesHome(ada, 'topic:password.forgot');
      assert.ok(begun.names.includes('password-forgot/which-type'), begun.names.join());
    },
  },
  {
    id: 'home.nothing',
    area,
    title: 'Who has asked for nothing reads that there is no open request',
    run: async (s) => reads((await s.opensHome(s.employee())).text, 'Your requests', 'You have no open request'),
  },
  {
    id: 'home.mine',
    area,
    title: 'The home page shows the person’s own requests, and how they stand',
    run: async (s) => {
      const { ada, grace } = await claimed(s);
      const { number } = only(await s.tickets(ada), 'tickets');
      reads((await s.opensHome(ada)).text, number, `Taken by ${grace.name}`);
    },
  },
  {
    id: 'home.not-others',
    area,
    title: 'Nobody sees the requests of others there',
    run: async (s) => {
      const { ada } = await handedOver(s);
      const { text } = await s.opensHome(s.employee());
      neverReads(text, ada.name, 'Waiting for an administrator');
    },
  },
  {
    id: 'home.queue',
    area,
    title: 'Administrators see there who waits',
    run: async (s) => {
      const [grace, ada] = [s.admin(), s.employee()];
      // Urgent ones stand on top, so this one is seen however many wait.
      await s.says(ada, 'our aws account was hacked, there are machines running that we did not start');
      await s.says(ada, 'a person please');
      await s.presses(ada, 'ask_admin');
      reads((await s.opensHome(grace)).text, 'Waiting for an administrator', ada.name);
    },
  },
  {
    id: 'home.open',
    area,
    title:
      'From there an administrator opens a ticket that waits, and works with its card in private; all cards follow',
    run: async (s) => {
      const grace = s.admin();
      // Urgent ones stand on top, so this one can be opened however many wait.
      const ada = s.employee();
      await s.says(ada, 'our aws account was hacked, there are machines running that we did not start');
      await s.says(ada, 'a person please');
      await s.presses(ada, 'ask_admin');
      const [posted, ticket] = [only(s.cards(), 'cards'), only(await s.tickets(ada), 'tickets')];
      const press = `open_ticket:${Number(ticket.number.slice(2))}`;
      await s.opensHome(grace);
      await s.pressesHome(grace, press);
      const opened = () => s.chat(grace).find(({ buttons }) => buttons.some(({ id }) => id === 'claim'));
      await s.acts(grace, 'claim', await s.until(opened, 'the card in private'));
      await s.settled();
      reads(s.cardFor(grace, posted).text, `Taken by ${grace.name}`);
      const ofTicket = ({ text }: { text: string }) => text.includes(ticket.number) && text.includes('Before you act');
      reads(only(s.chat(grace).filter(ofTicket), 'cards in private').text, `Taken by ${grace.name}`);
    },
  },
  {
    id: 'home.newest-state',
    area,
    title: 'Opened again, the home page shows the state of now',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      reads((await s.opensHome(ada)).text, 'Open: nobody has taken it yet');
      await s.acts(grace, 'resolve', card, 'Done');
      reads((await s.opensHome(ada)).text, `Solved by ${grace.name}`);
    },
  },
  {
    id: 'home.chat-unharmed',
    area,
    title: 'Looking at the home page changes nothing in the conversation',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.opensHome(ada);
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
];

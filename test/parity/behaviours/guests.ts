import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, neverReads, only, reads } from '../expectations';

const area = 'Guests and outsiders';
const portal = 'd-1234567890.awsapps.com';

export const guests: Behaviour[] = [
  {
    id: 'guests.in-channel',
    area,
    title: 'A guest who mentions the bot in a channel is asked to write in private',
    run: async (s) => {
      const guest = s.guest();
      answersWith(await s.mentions(guest, s.room(guest), 'lost my mfa device'), 'phrases/message-privately');
    },
  },
  {
    id: 'guests.barely-known',
    area,
    title: 'So is the least known kind of visitor: a guest of one channel, or somebody not signed in',
    run: async (s) => {
      const guest = s.barelyKnown();
      answersWith(await s.mentions(guest, s.room(guest), 'lost my mfa device'), 'phrases/message-privately');
    },
  },
  {
    id: 'guests.in-group',
    area,
    title: 'A guest who mentions the bot in a group chat is asked to write in private',
    run: async (s) => {
      const guest = s.guest();
      answersWith(
        await s.mentions(guest, s.group(guest, s.employee()), 'lost my mfa device'),
        'phrases/message-privately',
      );
    },
  },
  {
    id: 'guests.in-private',
    area,
    title: 'In private a guest is helped like everybody else',
    run: async (s) => answersWith(await s.says(s.guest(), 'lost my mfa device'), 'mfa-lost/which-type'),
  },
  {
    id: 'guests.no-company-facts',
    area,
    title: 'A guest is told no facts of the company, such as the address of its portal',
    run: async (s) => {
      const told = await s.says(s.guest(), 'where do i find the address of our access portal?');
      answersWith(told, 'signin-find-portal-url/search');
      neverReads(told.answer, portal);
    },
  },
  {
    id: 'guests.company-facts',
    area,
    title: 'An employee is told the facts of the company where they help',
    run: async (s) => {
      const told = await s.says(s.employee(), 'where do i find the address of our access portal?');
      reads(told.answer, portal);
    },
  },
  {
    id: 'guests.outsider',
    area,
    title: 'Somebody of another company, in a channel shared with it, is asked to write in private',
    run: async (s) => {
      const [ada, partner] = [s.employee(), s.outsider()];
      const room = s.sharedRoom(ada, partner);
      answersWith(await s.mentions(partner, room, 'lost my mfa device'), 'phrases/message-privately');
    },
  },
  {
    id: 'guests.shared-channel',
    area,
    title: 'An employee in a channel where another company reads along is asked to write in private',
    run: async (s) => {
      const [ada, partner] = [s.employee(), s.outsider()];
      const room = s.sharedRoom(ada, partner);
      answersWith(await s.mentions(ada, room, 'where do i find our access portal?'), 'phrases/message-privately');
      neverReads(s.everything(room), portal);
    },
  },
  {
    id: 'guests.ticket',
    area,
    title: 'A guest’s request for a person reaches the administrators too',
    run: async (s) => {
      const guest = s.guest();
      await s.says(guest, 'lost my mfa device, iam user');
      await s.presses(guest, 'ask_admin');
      reads(only(s.cards(), 'cards'), guest.name);
    },
  },
  {
    id: 'guests.no-admin',
    area,
    title: 'A guest in the administrators’ channel cannot act on tickets',
    run: async (s) => {
      const guest = s.guestAmongAdmins();
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin');
      await s.acts(guest, 'claim', only(s.cards(), 'cards'));
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'open');
    },
  },
  {
    id: 'guests.directory-down',
    area,
    title: 'When nobody can be looked up, people are answered all the same, by what the message itself says',
    run: async (s) => {
      const down = s.trouble('directory');
      answersWith(await s.says(s.employee(), 'lost my mfa device'), 'mfa-lost/which-type');
      await down.lift();
    },
  },
];

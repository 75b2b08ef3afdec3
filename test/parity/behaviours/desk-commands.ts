import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, neverReads, reads, toldAlone } from '../expectations';
import { claimed, handedOver } from '../scenes';
import type { Exchange, Person, Stage } from '../stage';

const area = 'Commands of administrators';

/** What was said to somebody in their private chat beside the conversation. */
async function answered(s: Stage, person: Person, text: string): Promise<{ exchange: Exchange; read: string }> {
  const exchange = await s.says(person, text);
  return { exchange, read: exchange.news.map((message) => message.text).join('\n') };
}

export const deskCommands: Behaviour[] = [
  {
    id: 'desk.queue',
    area,
    title: '“queue” lists what waits and what is under way',
    run: async (s) => {
      const { grace } = await claimed(s);
      const { read } = await answered(s, grace, 'queue');
      // Others wait too in this company; nobody's come before those that somebody has.
      reads(read, 'Waiting or under way', 'D-');
      const [lastFree, firstTaken] = [read.lastIndexOf('nobody has it'), read.indexOf(', with ')];
      assert.ok(lastFree < 0 || firstTaken < 0 || read.includes('URGENT') || lastFree < firstTaken, read);
    },
  },
  {
    id: 'desk.mine',
    area,
    title: '“mine” lists what the administrator has, and nothing of others',
    run: async (s) => {
      const alan = s.admin();
      const { ada, grace } = await claimed(s);
      reads((await answered(s, grace, 'mine')).read, ada.name);
      reads((await answered(s, alan, 'mine')).read, 'Nothing is with you');
    },
  },
  {
    id: 'desk.search',
    area,
    title: '“search” finds tickets by words and by people',
    run: async (s) => {
      const { ada, grace } = await claimed(s);
      reads((await answered(s, grace, `search ${ada.name}`)).read, (await s.tickets(ada))[0]!.number);
      reads((await answered(s, grace, 'search zebra crossing')).read, 'Nothing found');
    },
  },
  {
    id: 'desk.history',
    area,
    title: 'The number of a ticket brings the whole of it: what was said, and who did what',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'note', card, 'Rang her back');
      const { read } = await answered(s, grace, (await s.tickets(ada))[0]!.number);
      reads(read, 'lost my mfa device, iam user', 'claim', 'Rang her back');
    },
  },
  {
    id: 'desk.beside',
    area,
    title: 'A command leaves the administrator’s own conversation with the bot where it was',
    run: async (s) => {
      const { grace } = await claimed(s);
      answersWith(await s.says(grace, 'lost my mfa device'), 'mfa-lost/which-type');
      await s.says(grace, 'queue');
      answersWith(await s.presses(grace, 'choose:iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'desk.on-call',
    area,
    title: '“who is on call” is answered, also where nobody keeps a schedule',
    run: async (s) => {
      const { grace } = await claimed(s);
      reads((await answered(s, grace, 'who is on call?')).read, 'no on-call schedule');
    },
  },
  {
    id: 'desk.others',
    area,
    title: 'Who is no administrator is told so, and reads nothing of anybody',
    run: async (s) => {
      s.admin();
      const { ada } = await handedOver(s);
      const bob = s.employee();
      const { number } = (await s.tickets(ada))[0]!;
      for (const command of ['queue', number, 'search phone']) {
        const { read } = await answered(s, bob, command);
        reads(read, 'for administrators');
        neverReads(read, ada.name);
      }
    },
  },
  {
    id: 'desk.own-number',
    area,
    title: 'The number of one’s own request is answered with where it stands',
    run: async (s) => {
      s.admin();
      const { ada } = await handedOver(s);
      const { number } = (await s.tickets(ada))[0]!;
      const { read } = await answered(s, ada, number);
      reads(read, `Your request ${number} is here`);
    },
  },
  {
    id: 'desk.in-channel',
    area,
    title: 'A command in a channel is answered to the one who asked alone',
    run: async (s) => {
      const { ada, grace } = await claimed(s);
      const room = s.room(grace);
      // Others wait as well, so the queue may be too long to show everybody.
      const asked = await s.mentions(grace, room, `search ${ada.name}`);
      await toldAlone(s, asked, ada.name);
      assert.ok(!s.shown(room).some(({ text }) => text.includes(ada.name)));
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { alive, answersWith, isSilent, last, neverReads, offers, only, reads, toldAlone } from '../expectations';

const area = 'Channels and threads';

export const channels: Behaviour[] = [
  {
    id: 'channels.mention',
    area,
    title: 'A mention in a channel is answered in the thread of that message',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      const asked = await s.mentions(ada, room, 'lost my mfa device');
      answersWith(asked, 'mfa-lost/which-type');
      assert.equal(only(s.shown(asked.thread), 'answers in the thread').id, asked.answer.id);
      assert.equal(s.shown(room).length, 1);
    },
  },
  {
    id: 'channels.no-mention',
    area,
    title: 'What people say in a channel without mentioning the bot is none of its business',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada, s.employee());
      const before = await s.bot.recorded();
      await s.chats(ada, room, 'lost my mfa device');
      assert.deepEqual(s.shown(room), []);
      assert.equal(await s.bot.recorded(), before);
    },
  },
  {
    id: 'channels.thread-without-mention',
    area,
    title: 'In the bot’s thread, too, people can talk among themselves without the bot joining in',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const { thread } = await s.mentions(ada, s.room(ada, bob), 'lost my mfa device');
      await s.chats(bob, thread, 'iam user, no?');
      await s.chats(ada, thread, 'iam');
      assert.equal(s.shown(thread).length, 1);
    },
  },
  {
    id: 'channels.goes-on',
    area,
    title: 'Another mention in the thread goes on with the conversation',
    run: async (s) => {
      const ada = s.employee();
      const { thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device');
      answersWith(await s.mentions(ada, thread, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'channels.buttons',
    area,
    title: 'Buttons in a thread work, and change the message they stand on',
    run: async (s) => {
      const ada = s.employee();
      const { answer, thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device');
      answersWith(await s.presses(ada, 'choose:iam', answer), 'mfa-lost/iam/another-device');
      assert.equal(s.shown(thread).length, 1);
    },
  },
  {
    id: 'channels.to-the-end',
    area,
    title: 'A case can be worked through and closed in a thread',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.mentions(ada, s.room(ada), 'lost my mfa device, iam user');
      answersWith(await s.presses(ada, 'solved', answer), 'phrases/solved');
    },
  },
  {
    id: 'channels.two-people',
    area,
    title: 'Two people in one thread each have a conversation of their own',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const first = await s.mentions(ada, s.room(ada, bob), 'lost my mfa device');
      const second = await s.mentions(bob, first.thread, 'forgot my iam password');
      answersWith(second, 'password-forgot/iam/administrator');
      answersWith(await s.presses(ada, 'choose:iam', first.answer), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'channels.two-people-live',
    area,
    title: 'An answer to one person in a thread leaves the buttons of the other alone',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const { thread } = await s.mentions(ada, s.room(ada, bob), 'lost my mfa device');
      await s.mentions(bob, thread, 'lost my mfa device');
      await s.mentions(bob, thread, 'iam');
      assert.equal(alive(s.shown(thread)).length, 2);
    },
  },
  {
    id: 'channels.two-threads',
    area,
    title: 'The same person in two threads has two conversations',
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada);
      const first = await s.mentions(ada, room, 'lost my mfa device');
      await s.mentions(ada, room, 'forgot my iam password');
      answersWith(await s.mentions(ada, first.thread, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'channels.existing-thread',
    area,
    title: 'A mention in a thread that others began is answered in that thread',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const room = s.room(ada, bob);
      const { thread } = await s.chats(bob, room, 'does anybody know AWS?');
      const asked = await s.mentions(ada, thread, 'lost my mfa device');
      answersWith(asked, 'mfa-lost/which-type');
      assert.equal(asked.thread.root, thread.root);
    },
  },
  {
    id: 'channels.mention-alone',
    area,
    title: 'A mention without any words shows the topics',
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.mentions(ada, s.room(ada), '');
      assert.equal(asked.names.length, 1);
      reads(asked.answer, 'Tell me in your own words');
    },
  },
  {
    id: 'channels.mention-is-no-word',
    area,
    title: 'The mention itself is not taken for words of the person',
    run: async (s) => {
      const ada = s.employee();
      await s.mentions(ada, s.room(ada), 'lost my mfa device');
      const kept = JSON.parse((await s.keptInRooms(ada)).split('\n')[0]!) as { text: string };
      assert.equal(kept.text, 'lost my mfa device');
    },
  },
  {
    id: 'channels.group',
    area,
    title: 'In a group chat the bot answers who mentions it, and only then',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const group = s.group(ada, bob);
      await s.chats(bob, group, 'lost my mfa device');
      assert.deepEqual(s.shown(group), []);
      answersWith(await s.mentions(ada, group, 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'channels.group-buttons',
    area,
    title: 'Buttons work in a group chat, for the person they were shown to',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const { answer } = await s.mentions(ada, s.group(ada, bob), 'lost my mfa device');
      await toldAlone(s, await s.presses(bob, 'choose:root', answer), 'somebody else');
      answersWith(await s.presses(ada, 'choose:iam', answer), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'channels.private-apart',
    area,
    title: 'What is said in a channel does not disturb the private conversation',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      await s.mentions(ada, s.room(ada), 'forgot my iam password');
      answersWith(await s.says(ada, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'channels.stale',
    area,
    title: 'An old button in a thread is refused there with a word',
    run: async (s) => {
      const ada = s.employee();
      const { answer, thread } = await s.mentions(ada, s.room(ada), 'lost my mfa device');
      await s.presses(ada, 'choose:iam', answer);
      const late = await s.pressesOld(ada, 'choose:root', answer);
      answersWith(late, 'phrases/stale-button', 'mfa-lost/iam/another-device');
      offers(last(s.shown(thread), 'answer'), 'solved');
      neverReads(late.answer, 'root user');
    },
  },
  {
    id: 'channels.thanks-for-nothing',
    area,
    title: 'The bot does not answer its own words in a channel',
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.mentions(ada, s.room(ada), 'lost my mfa device');
      const before = await s.bot.recorded();
      await s.settled();
      assert.equal(await s.bot.recorded(), before);
      isSilent(await s.repeated(asked));
    },
  },
];

import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, offers, reads, toldAlone } from '../expectations';

const area = 'Commands';
const noCommands = {
  cannot: 'Teams tells bots of no slash commands; the app’s menu of commands types the words into the chat instead',
};
const noShortcut = {
  cannot:
    'a message action in Teams needs a message extension, which the app does not have; mention the bot in the thread',
};

export const commands: Behaviour[] = [
  {
    id: 'commands.help',
    area,
    title: '“help” shows what the bot can do, at any time',
    run: async (s) => {
      const told = await s.says(s.employee(), 'help');
      answersWith(told, 'phrases/help');
      offers(told.answer, 'choose:mfa.lost', 'person');
    },
  },
  {
    id: 'commands.help-in-the-middle',
    area,
    title: '“help” in the middle of a step shows the step again',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      answersWith(await s.says(ada, 'help'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'commands.menu-words',
    area,
    title: 'The words of the command menu, “start over” and “a person please”, do what they say',
    run: async (s) => {
      const ada = s.employee();
      answersWith(await s.says(ada, 'start over'), 'phrases/started-over');
      answersWith(await s.says(ada, 'a person please'), 'phrases/offer-person');
    },
  },
  {
    id: 'commands.slash',
    area,
    title: 'A slash command with a problem is answered to the person alone',
    teams: noCommands,
    run: async (s) => {
      const ada = s.employee();
      await s.command(ada, s.room(ada), 'lost my mfa device');
      reads(last(s.chat(ada), 'private message'), 'How do you sign in to AWS?');
    },
  },
  {
    id: 'commands.slash-empty',
    area,
    title: 'A slash command without words shows the topics',
    teams: noCommands,
    run: async (s) => {
      const ada = s.employee();
      await s.command(ada, s.room(ada), '');
      offers(last(s.chat(ada), 'private message'), 'choose:mfa.lost');
    },
  },
  {
    id: 'commands.slash-nobody-else',
    area,
    title: 'Nobody else in the channel sees a slash command; the person alone reads there where the answer is',
    teams: noCommands,
    run: async (s) => {
      const ada = s.employee();
      const room = s.room(ada, s.employee());
      await toldAlone(s, await s.command(ada, room, 'lost my mfa device'), 'direct message');
      assert.deepEqual(s.shown(room), []);
    },
  },
  {
    id: 'commands.shortcut',
    area,
    title: '“Help with this” on a message takes it to the bot, in private',
    teams: noShortcut,
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const room = s.room(ada, bob);
      const { said } = await s.chats(ada, room, 'lost my mfa device');
      await s.helpWith(ada, said);
      reads(last(s.chat(ada), 'private message'), 'How do you sign in to AWS?');
      assert.deepEqual(s.shown(room), []);
    },
  },
];

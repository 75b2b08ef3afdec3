import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { isSilent, last, neverReads, only, reads, toldAlone } from '../expectations';
import { claimed } from '../scenes';
import type { BothStages, Person, Shown, Stage, Thread } from '../stage';

const area = 'The talk below the card';

/** A taken ticket, and the thread below its card. */
async function talk(s: Stage) {
  const grace = s.admin();
  const ada = s.employee();
  await s.says(ada, 'lost my mfa device, iam user');
  await s.presses(ada, 'ask_admin');
  const { thread } = await s.acts(grace, 'claim', only(s.cards(), 'cards'));
  return { ada, grace, thread };
}

/** Words below the card, without the card itself. */
const below = (s: Stage, thread: Thread): Shown[] => s.shown(thread).filter(({ buttons }) => buttons.length === 0);
const threadText = (s: Stage, thread: Thread): string =>
  below(s, thread)
    .map(({ text }) => text)
    .join('\n');

/** On each platform the way that always works there: in Teams only what mentions the bot reaches it. */
const writes = (s: Stage, person: Person, thread: Thread, text: string) =>
  s.platform === 'slack' ? s.chats(person, thread, text) : s.mentions(person, thread, text);

async function across(from: Stage, to: Stage) {
  const grace = to.admin('Grace');
  const ada = from.employee('Ada');
  await from.says(ada, 'lost my mfa device, iam user');
  await from.presses(ada, 'ask_admin');
  const { thread } = await to.acts(grace, 'claim', only(to.cards(), 'cards'));
  await from.settled();
  return { ada, grace, thread };
}

async function bothWays(from: Stage, to: Stage): Promise<void> {
  const { ada, grace, thread } = await across(from, to);
  await writes(to, grace, thread, 'Which phone is it?');
  await from.settled();
  reads(last(from.chat(ada), 'message'), 'Grace (administrator)', 'Which phone is it?');
  await from.says(ada, 'the red one & <b>not</b> *this*');
  await to.settled();
  reads(threadText(to, thread), 'Ada: the red one & <b>not</b> *this*');
  const before = from.chat(ada).length;
  await writes(to, grace, thread, 'note: voice sounds wrong');
  await from.settled();
  assert.equal(from.chat(ada).length, before);
}

export const relay: Behaviour[] = [
  {
    id: 'relay.to-employee',
    area,
    title: 'What an administrator writes below the card reaches the employee with their name',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      await writes(s, grace, thread, 'Which phone is it?');
      reads(last(s.chat(ada), 'message'), `${grace.name} (administrator)`, 'Which phone is it?');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'waiting_for_user');
    },
  },
  {
    id: 'relay.to-administrator',
    area,
    title: 'What the employee answers stands below the card, in order, and the bot keeps quiet',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      await writes(s, grace, thread, 'Which phone is it?');
      isSilent(await s.says(ada, 'the red one'));
      await writes(s, grace, thread, 'And since when?');
      isSilent(await s.says(ada, 'since monday'));
      const texts = below(s, thread).map(({ text }) => text);
      const [first, second] = ['the red one', 'since monday'].map((words) =>
        texts.findIndex((text) => text.includes(words)),
      );
      assert.ok(first! >= 0 && second! > first!, texts.join(' | '));
      reads(threadText(s, thread), `${ada.name}: the red one`);
    },
  },
  {
    id: 'relay.note',
    area,
    title: 'Words that begin with “note:” stay among administrators',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      const before = s.chat(ada).map(({ text }) => text);
      await writes(s, grace, thread, 'note: voice sounds wrong');
      assert.deepEqual(
        s.chat(ada).map(({ text }) => text),
        before,
      );
      assert.deepEqual(only(await s.tickets(ada), 'tickets').history.at(-1), {
        actor: grace.name,
        action: 'note',
        text: 'voice sounds wrong',
      });
    },
  },
  {
    id: 'relay.form-below',
    area,
    title: 'A reply and a note from the card’s forms stand below it too, so that the talk reads as one',
    run: async (s) => {
      const { grace, card } = await claimed(s);
      const { thread } = await s.acts(grace, 'reply', card, 'Try again now');
      await s.acts(grace, 'note', only(s.cards(), 'cards'), 'is her manager in?');
      reads(threadText(s, thread), `${grace.name} (administrator): Try again now`, 'is her manager in?');
    },
  },
  {
    id: 'relay.employee-edits',
    area,
    title: 'What the employee changes is changed below the card',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      await writes(s, grace, thread, 'Which phone?');
      const { said } = await s.says(ada, 'the rde one');
      await s.edits(said, 'the red one');
      const text = threadText(s, thread);
      reads(text, 'the red one (changed)');
      neverReads(text, 'the rde one');
    },
  },
  {
    id: 'relay.employee-deletes',
    area,
    title: 'What the employee takes back is gone below the card',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      await writes(s, grace, thread, 'Which phone?');
      const { said } = await s.says(ada, 'my pet is called Rex the third');
      reads(threadText(s, thread), 'Rex the third');
      await s.deletes(said);
      neverReads(threadText(s, thread), 'Rex the third');
      reads(threadText(s, thread), '(taken back)');
    },
  },
  {
    id: 'relay.admin-edits',
    area,
    title: 'What an administrator changes below the card is told to the employee as changed',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      const { said } = await writes(s, grace, thread, 'Call 555-1234');
      await s.edits(said, 'Call 555-4321');
      reads(last(s.chat(ada), 'message'), grace.name, 'has changed what they wrote', 'Call 555-4321');
    },
  },
  {
    id: 'relay.admin-deletes',
    area,
    title: 'What an administrator takes back is told to the employee, without the words',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      const { said } = await writes(s, grace, thread, 'Meant for somebody else');
      await s.deletes(said);
      const told = last(s.chat(ada), 'message');
      reads(told, 'has taken back');
      neverReads(told, 'Meant for');
    },
  },
  {
    id: 'relay.note-edited',
    area,
    title: 'A note that is changed into something else stays internal',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      const { said } = await writes(s, grace, thread, 'note: I doubt it is her');
      await s.edits(said, 'I doubt it is her');
      for (const message of s.chat(ada)) neverReads(message, 'doubt');
    },
  },
  {
    id: 'relay.files',
    area,
    title: 'A file in the talk is noted below the card, and the employee is told to say it in words',
    run: async (s) => {
      const { ada, thread } = await talk(s);
      await s.sendsFile(ada, { name: 'screen.png', picture: true });
      reads(threadText(s, thread), 'sent a file');
      reads(last(s.chat(ada), 'message'), 'in words');
    },
  },
  {
    id: 'relay.no-admin',
    area,
    title: 'Who is no administrator cannot talk with the employee through the card, and is told so alone',
    run: async (s) => {
      const { ada, thread } = await talk(s);
      const bob = s.visitorAmongAdmins();
      s.bot.advance(2 * 60_000);
      const before = s.chat(ada).length;
      await toldAlone(s, await writes(s, bob, thread, 'Hello there'), 'Only administrators');
      assert.equal(s.chat(ada).length, before);
    },
  },
  {
    id: 'relay.closed',
    area,
    title: 'Words below the card of a closed ticket are refused with a word; the employee is left alone',
    run: async (s) => {
      const { ada, grace, thread } = await talk(s);
      await s.acts(grace, 'resolve', only(s.cards(), 'cards'), 'Done');
      const before = s.chat(ada).length;
      await toldAlone(s, await writes(s, grace, thread, 'One more thing'), 'Nothing changed');
      assert.equal(s.chat(ada).length, before);
    },
  },
  {
    id: 'relay.status',
    area,
    title: '“Any news?” is answered with where the request truly stands: received, seen, taken, your turn',
    run: async (s) => {
      const grace = s.admin();
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin');
      reads((await s.says(ada, 'any news?')).answer, 'Nobody has looked into it yet');
      const { thread } = await s.acts(grace, 'note', only(s.cards(), 'cards'), 'I look');
      reads((await s.says(ada, 'any news?')).answer, 'Somebody has looked into');
      await s.acts(grace, 'claim', only(s.cards(), 'cards'));
      reads((await s.says(ada, 'any news?')).answer, `${grace.name} has taken`);
      await writes(s, grace, thread, 'Which phone?');
      reads((await s.says(ada, 'any news')).answer, 'waits for you');
    },
  },
  {
    id: 'relay.slack-teams',
    area,
    title: 'An employee in Slack and an administrator below a card in Teams talk as in one conversation',
    runBoth: ({ slack, teams }: BothStages) => bothWays(slack, teams),
  },
  {
    id: 'relay.teams-slack',
    area,
    title: 'An employee in Teams and an administrator below a card in Slack talk as in one conversation',
    runBoth: ({ slack, teams }: BothStages) => bothWays(teams, slack),
  },
  {
    id: 'relay.both-threads',
    area,
    title: 'What is written below the card on one platform stands below the card on the other',
    runBoth: async ({ slack, teams }) => {
      // Who may act is known for a minute, so he must be there before the card is.
      const alan = teams.admin('Alan');
      const { grace, thread } = await across(slack, slack);
      await writes(slack, grace, thread, 'Which phone?');
      await teams.settled();
      const noted = await teams.acts(alan, 'note', only(teams.cards(), 'cards'), 'I know her');
      reads(threadText(teams, noted.thread), 'Grace (administrator): Which phone?');
      reads(threadText(slack, thread), 'Alan (internal note): I know her');
    },
  },
];

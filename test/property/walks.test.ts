import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { utteranceLines } from '../../src/content/training';
import type { Content } from '../../src/core/content';
import type { Conversation } from '../../src/core/conversation';
import type { Role, Rule } from '../../src/core/escalation';
import type { Reply } from '../../src/core/message';
import { replyText } from '../../src/core/message';
import { stepAt } from '../../src/core/navigate';
import type { Store } from '../../src/core/ports';
import { isAsk, type Step } from '../../src/core/scenario';
import { type Heard, Rehearsal } from '../../src/rehearsal/rehearsal';
import { openSqliteStore } from '../../src/stores/sqlite';
import { intents, knowledge, person } from '../builders/bot';

const seed = 20261123;
const mostActions = 6;
/** 900 characters to read, and the numbers and blank lines between. */
const mostCharacters = 950;

const { content, understander } = knowledge();
const lines = (path: string): string[] => utteranceLines(readFileSync(join(intents, path), 'utf8'));
const openings = content.scenarios.flatMap(({ name }) => lines(`scenarios/${name}/en.utterances.txt`).slice(0, 12));
const acts = [
  'yes',
  'no',
  'why',
  'next',
  'back',
  'thanks',
  'cancel',
  'solved',
  'still-stuck',
  'start-over',
  'repeat',
  'help',
  'greeting',
  'goodbye',
  'about-me',
  'person',
].flatMap((name) => lines(`common/${name}/en.utterances.txt`).slice(0, 6));
const odd = [
  '',
  '   ',
  '🙃🙃🙃',
  '\u200b\u200d',
  'مرحبا لا أستطيع الدخول',
  '\u202eevil',
  '\u0007\u0000',
  '{"a":[1,{"b":null}]}',
  'SELECT * FROM users; --',
  'x'.repeat(10_000),
  '**bold** <script>alert(1)</script>',
  'password: hunter2',
  'code 123456',
  'AKIAIOSFODNN7EXAMPLE',
  'no puedo entrar en aws',
  'ich komme nicht rein',
  '1',
  'the second one',
  'last',
  'iam i think',
  'no idea',
  'root',
  'no, i am an IAM user',
  'https://d-1234567890.awsapps.com/start',
  'account 111122223333',
];

type Input =
  | { do: 'press'; index: number; turn: 'now' | 'none' }
  | { do: 'stale'; index: number }
  | { do: 'strange'; id: string }
  | { do: 'label'; index: number }
  | { do: 'say'; text: string }
  | { do: 'wait'; hours: number }
  | { do: 'file' }
  | { do: 'admin'; action: 'claim' | 'reply' | 'note' | 'resolve' | 'not_mine'; text: string };

const index = fc.nat({ max: 9 });
const input: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      index,
      turn: fc.constantFrom('now' as const, 'none' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('label' as const), index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stale' as const), index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('strange' as const),
      id: fc.oneof(
        fc.string(),
        fc.constantFrom(
          'choose:root',
          'choose:nothing',
          'choose:something_else',
          'choose:yes',
          'claim',
          'next',
          'back',
          'hello',
          'cancel',
          'help',
          'ask_admin',
          'solved',
          '__proto__',
          'choose:constructor',
        ),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...openings) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...acts) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...odd) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.string({ unit: 'binary', maxLength: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('file' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('admin' as const),
      action: fc.constantFrom(
        'claim' as const,
        'reply' as const,
        'note' as const,
        'resolve' as const,
        'not_mine' as const,
      ),
      text: fc.constantFrom('', 'Which device was it?'),
    }),
  },
);
const walk = fc.record({
  opening: fc.constantFrom(...openings),
  inputs: fc.array(input, { minLength: 1, maxLength: 24 }),
});
type Walk = typeof walk extends fc.Arbitrary<infer T> ? T : never;

const employee = person('Ada');
const administrator = person('Grace');
const conversation = 'walk';

/** One bot and one person, with all that was said. */
class Walker {
  readonly transcript: string[] = [];
  private readonly seen: { id: string; turn: number }[] = [];
  private tickets = 0;

  private constructor(
    private readonly store: Store,
    private readonly bot: Rehearsal,
  ) {}

  static async start(): Promise<Walker> {
    const store = await openSqliteStore(':memory:');
    return new Walker(store, new Rehearsal({ content, understander, store }));
  }

  private async state(): Promise<Conversation> {
    return (await this.store.loadConversation(conversation)).conversation;
  }

  async say(text: string): Promise<Heard> {
    const heard = await this.bot.say(conversation, employee, text);
    await this.judge(`says ${JSON.stringify(text.slice(0, 80))}`, heard);
    return heard;
  }

  async take(step: Input): Promise<void> {
    const { buttons, turn } = await this.state();
    this.seen.push(...buttons.map(({ id }) => ({ id, turn })));
    const button = buttons[('index' in step ? step.index : 0) % Math.max(1, buttons.length)];
    switch (step.do) {
      case 'say':
        await this.say(step.text);
        return;
      case 'label':
        if (button) await this.say(button.label);
        return;
      case 'press':
        if (button)
          await this.judge(
            `presses ${button.id}`,
            await this.bot.press(conversation, employee, button.id, step.turn === 'now' ? turn : undefined),
          );
        return;
      case 'stale': {
        const old = this.seen[(step.index * 7) % Math.max(1, this.seen.length)];
        if (old)
          await this.judge(
            `presses ${old.id} of turn ${old.turn}`,
            await this.bot.press(conversation, employee, old.id, old.turn),
          );
        return;
      }
      case 'strange':
        await this.judge(
          `presses the unknown ${JSON.stringify(step.id)}`,
          await this.bot.press(conversation, employee, step.id),
        );
        return;
      case 'file':
        await this.judge('sends a file', await this.bot.sendFile(conversation, employee, 'screen.png'));
        return;
      case 'wait':
        this.bot.clock.advance(step.hours * 3_600_000);
        return;
      case 'admin': {
        const [ticket] = await this.store.tickets({ closed: true, limit: 1 });
        if (!ticket) return;
        await this.bot.act('desk', administrator, ticket.id, step.action, step.text);
        await this.judge(`(Grace: ${step.action})`, await this.bot.heard(conversation), true);
      }
    }
  }

  /** What must be true after whatever happened. */
  private async judge(what: string, heard: Heard, byAdministrator = false): Promise<void> {
    this.transcript.push(`${what}  →  ${heard.replies.map(({ name }) => name).join(', ') || 'silence'}`);
    const failures = this.bot.takeFailures();
    this.expect(failures.length === 0, `a turn failed: ${String((failures[0] as Error | undefined)?.stack)}`);
    this.expect((await this.store.pending()).length === 0, 'a message was left in the inbox');
    const left = await this.store.takeOutbox('judge', Number.MAX_SAFE_INTEGER, 0, 10);
    this.expect(left.length === 0, 'something was left in the outbox');

    const state = await this.state();
    const open = await this.store.tickets({ closed: false, limit: 10 });
    const last = heard.replies.at(-1);
    if (last) this.expect(last.buttons.length > 0 || open.length > 0, `${last.name} leads nowhere`);
    else this.expect(byAdministrator || open.length > 0, 'silence, though nobody has the request');
    for (const reply of heard.replies) this.judgeReply(reply);
    const { position, awaiting } = state;
    if (awaiting.kind === 'confirm-person' && position) {
      this.judgeRole(awaiting.role, stepAt(content, position).step, 'offers');
    }
    const [newest] = await this.store.tickets({ closed: true, limit: 1 });
    if (newest && newest.id > this.tickets) {
      this.tickets = newest.id;
      if (position) this.judgeRole(newest.role, stepAt(content, position).step, 'opened a ticket for');
      const rules = newest.details.rules.map((id) => content.rules.get(id)!);
      this.expect(
        rules.every((rule) => !rule.never.includes(newest.role)),
        `the ticket is for ${newest.role}, against its own rule`,
      );
    }
  }

  private judgeReply(reply: Reply): void {
    const told = toldStep(content, reply.name);
    this.expect(
      new Set(reply.buttons.map(({ id }) => id)).size === reply.buttons.length,
      `${reply.name} has a button twice`,
    );
    if (!told) return;
    const items = reply.steps?.items.length ?? 0;
    this.expect(items <= mostActions, `${reply.name} shows ${items} actions at once`);
    const length = replyText(reply).length;
    this.expect(length <= mostCharacters, `${reply.name} shows ${length} characters at once`);
    for (const { url } of reply.links) {
      for (const link of content.links.values()) {
        if (link.url === url && link.form) this.judgeRole(link.form, told, `links to ${link.id}, the way to`);
      }
    }
    if (told.offer) this.judgeRole(told.offer, told, 'offers');
  }

  private judgeRole(role: Role, step: Step, how: string): void {
    const forbidding = rulesOf(step).find((rule) => rule.never.includes(role));
    this.expect(!forbidding, `${how} ${role}, whom rule ${forbidding?.id} forbids`);
  }

  expect(holds: boolean, problem: string): void {
    if (!holds) throw new Error(`${problem}\n  ${this.transcript.join('\n  ')}`);
  }
}

function toldStep(all: Content, name: string) {
  const slash = name.indexOf('/');
  const step = all.byName.get(name.slice(0, slash))?.steps[name.slice(slash + 1)];
  return step && !isAsk(step) ? step : null;
}

const rulesOf = (step: Step): Rule[] =>
  step.rule === undefined ? [] : [step.rule].flat().map((id) => content.rules.get(id)!);

async function play({ opening, inputs }: Walk): Promise<Walker> {
  const walker = await Walker.start();
  await walker.say(opening);
  for (const step of inputs) await walker.take(step);
  return walker;
}

const reachesPerson = ['phrases/offer-person', 'phrases/already-asked', 'phrases/already-handed-over'];

describe('random walks over all scenarios', () => {
  test('never crash, strand anybody, break a rule or lose a message; a person is one word away', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        const walker = await play(steps);
        const heard = await walker.say('a person please');
        const names = heard.replies.map(({ name }) => name);
        walker.expect(
          names.some((name) => reachesPerson.includes(name)),
          `“a person please” is answered by ${names.join(', ') || 'silence'}`,
        );
      }),
      { seed, numRuns: 250 },
    );
  }, 180_000);

  test('the same walk has the same transcript', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        const first = (await play(steps)).transcript;
        expect((await play(steps)).transcript).toEqual(first);
      }),
      { seed: seed + 1, numRuns: 25 },
    );
  }, 60_000);
});

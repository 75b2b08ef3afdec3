import { createInterface } from 'node:readline';
import { z } from 'zod';
import { replyText } from '../src/core/message';
import type { ChatLine } from '../src/core/ports';
import { readKnowledge } from '../src/knowledge';
import { intentsFolder, packageRoot } from '../src/package-files';
import { type Heard, Rehearsal } from '../src/rehearsal/rehearsal';
import { openSqliteStore } from '../src/stores/sqlite';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { failWith } from './fail';

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const conversationLine = { conversation: z.string().min(1).max(200) };
const lineSchema = z.union([
  z.strictObject({ ...conversationLine, user: z.string() }),
  z.strictObject({ ...conversationLine, press: z.string() }),
  z.strictObject({ wait: z.string().regex(/^\d{1,6}(s|m|h|d)$/, 'write a wait as 15m, 2h or 1d') }),
]);

/**
 * `npm run -s converse`: JSON lines in, one JSON line out for each, in order. The whole bot with a store in memory and
 * a clock that moves only by `wait`.
 */
async function main(): Promise<void> {
  const { content, organization } = readKnowledge(process.env);
  const { understander } = buildUnderstander(intentsFolder(), content, modelFiles(packageRoot(), null));
  const store = await openSqliteStore(':memory:');
  const rehearsal = new Rehearsal({ content, understander, store, organization });
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    process.stdout.write(`${JSON.stringify(await answer(rehearsal, line))}\n`);
  }
  await store.close();
}

async function answer(rehearsal: Rehearsal, text: string): Promise<object> {
  const line = parse(text);
  if ('error' in line) return line;
  if ('wait' in line) {
    rehearsal.clock.advance(Number.parseInt(line.wait, 10) * unitMs[line.wait.slice(-1)]!);
    const { sent, lines } = await rehearsal.heard('');
    return {
      conversation: null,
      // What the bot says by itself, to whomever.
      replies: lines.map(shownLine),
      asks: false,
      intent: null,
      step: null,
      escalation: { to: [], role: null, state: 'none', ticket: null },
      sent,
    };
  }
  const person = { id: line.conversation, name: 'Employee', member: true };
  if ('user' in line) return shown(line.conversation, await rehearsal.say(line.conversation, person, line.user));
  const id = await rehearsal.buttonId(line.conversation, line.press);
  return shown(line.conversation, await rehearsal.press(line.conversation, person, id ?? line.press));
}

function parse(text: string): z.infer<typeof lineSchema> | { error: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { error: 'not JSON: write one object a line, e.g. {"conversation":"c1","user":"cannot sign in"}' };
  }
  const result = lineSchema.safeParse(raw);
  return result.success
    ? result.data
    : { error: 'unknown form: use {"conversation","user"}, {"conversation","press"} or {"wait":"15m"}' };
}

function shown(conversation: string, heard: Heard): object {
  const { summary, asks, sent } = heard;
  return {
    conversation,
    replies: heard.lines.map(shownLine),
    asks,
    intent: summary.intent,
    step: summary.step,
    escalation: summary.escalation,
    sent,
  };
}

function shownLine(line: ChatLine): object {
  if (line.from === 'bot') return { text: replyText(line.reply), buttons: line.reply.buttons, links: line.reply.links };
  return { text: line.text, buttons: [], links: [] };
}

main().catch(failWith);

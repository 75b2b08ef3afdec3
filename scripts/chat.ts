import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { styleText } from 'node:util';
import type { Line, Reply } from '../src/core/message';
import type { ChatLine } from '../src/core/ports';
import { readKnowledge } from '../src/knowledge';
import { intentsFolder, packageRoot } from '../src/package-files';
import { type Heard, Rehearsal } from '../src/rehearsal/rehearsal';
import { openSqliteStore } from '../src/stores/sqlite';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { failWith } from './fail';
import { printable } from './terminal-text';

/** `npm run chat`: the bot in the terminal, with its store in memory. A number or a label presses a button. */
async function main(): Promise<void> {
  const { content, organization } = readKnowledge(process.env);
  const { understander } = buildUnderstander(intentsFolder(), content, modelFiles(packageRoot(), null));
  const store = await openSqliteStore(':memory:');
  const rehearsal = new Rehearsal({ content, understander, store, organization, startAt: Date.now() });
  const me = { id: 'terminal', name: userInfo().username || 'You', member: true };
  let buttons = print(await rehearsal.press('terminal', me, 'hello'));
  console.log(bold('Type what happens, or a number to press a button. Ctrl+C leaves; nothing is kept.\n'));
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  input.prompt();
  for await (const line of input) {
    const number = /^\s*(\d{1,2})\s*$/.exec(line)?.[1];
    const pressed = number === undefined ? undefined : buttons[Number(number) - 1];
    const heard = pressed
      ? await rehearsal.press('terminal', me, pressed.id)
      : await rehearsal.say('terminal', me, line);
    for (const failure of rehearsal.takeFailures()) console.error(failure);
    buttons = print(heard);
    input.prompt();
  }
  await store.close();
}

/** Styling only where a terminal shows it; text of people is never passed through as escape codes. */
const bold = (text: string): string => (process.stdout.isTTY ? styleText('bold', text) : text);
const dim = (text: string): string => (process.stdout.isTTY ? styleText('dim', text) : text);
const rendered = (line: Line): string =>
  line.map((span) => (span.bold ? bold(printable(span.text)) : printable(span.text))).join('');

function print(heard: Heard): Reply['buttons'] {
  for (const line of heard.lines) printLine(line);
  for (const ping of heard.sent)
    console.log(
      dim(
        `\n  ┌ ping to ${ping.role}\n${ping.text
          .split('\n')
          .map((row) => `  │ ${printable(row)}`)
          .join('\n')}\n  └`,
      ),
    );
  const buttons = heard.replies.at(-1)?.buttons ?? [];
  if (buttons.length > 0)
    console.log(`\n${buttons.map((button, index) => `  [${index + 1}] ${button.label}`).join('\n')}\n`);
  return buttons;
}

function printLine(line: ChatLine): void {
  if (line.from !== 'bot') {
    console.log(`\n${printable(line.text)}`);
    return;
  }
  const { say, steps, note, question, links } = line.reply;
  for (const part of say) console.log(`\n${rendered(part)}`);
  steps?.items.forEach((item, index) => {
    console.log(`  ${steps.first + index}. ${rendered(item)}`);
  });
  for (const part of [note, question]) if (part) console.log(`\n${rendered(part)}`);
  for (const link of links) console.log(dim(`  ${link.label}: ${link.url}`));
}

main().catch(failWith);

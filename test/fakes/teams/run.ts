/**
 * The fake to be run by hand, for trying the bot without a tenant:
 *
 *     npx tsx test/fakes/teams/run.ts [messaging endpoint of the bot]
 *
 * It prints the settings to start the bot with, and then takes lines to say and buttons to press.
 */
import { createInterface } from 'node:readline';
import { FakeTeams, type Place, type Shown } from './teams';

const USAGE = `Lines are said to the bot. Commands:
  /press <button> [input=value …]   presses a button of the newest card
  /as <name>                        goes on as somebody else
  /personal, /channel               goes to the own chat, or to the channel (where words to the bot need no @)
  /edit <text>, /delete             changes or takes back the last line
  /help, /quit`;

const endpoint = (given: string | undefined): string => given ?? 'http://127.0.0.1:3978/api/messages';

function told({ from, text, card, words, buttons, edited, deleted }: Shown): string {
  const mark = deleted ? ' (deleted)' : edited ? ' (edited)' : '';
  const shown = card ? [words, buttons.map((title) => `[${title}]`).join(' ')].filter(Boolean).join('\n') : text;
  return `${from}${mark}: ${shown}`.replace(/\n/g, '\n    ');
}

/** Reads commands until there are no more of them, and prints whatever changes on the screen. */
export async function play(
  teams: FakeTeams,
  lines: AsyncIterable<string>,
  print: (line: string) => void,
): Promise<void> {
  const ada = teams.person('Ada Lovelace');
  const channel = teams.channel(teams.team('IT', [ada, teams.person('Grace Hopper')]), 'AWS help');
  let person = ada;
  let place: Place = teams.personalChat(ada);
  let last = '';
  print(`the channel for destinations in the organization file: ${channel.id}\n${USAGE}`);

  const printed = new Map<string, string>();
  const printNews = (): void => {
    for (const message of [...teams.shown(place, { as: person }), ...(place === channel ? [] : teams.shown(channel))]) {
      const line = told(message);
      if (message.from === 'bot' && printed.get(message.id) !== line) print(line);
      printed.set(message.id, line);
    }
    for (const violation of teams.violations.splice(0)) print(`! ${violation}`);
  };
  const watch = setInterval(printNews, 200);

  const newestCard = (): string => {
    const found = teams.shown(place, { as: person }).findLast(({ card, deleted }) => card && !deleted);
    if (!found) throw new Error('there is no card here');
    return found.id;
  };
  const does = async (
    line: string,
  ): Promise<{ status: number; failure?: string; message?: string; error?: string }> => {
    const [, command, rest = ''] = /^\/(\w+)\s*(.*)$/s.exec(line) ?? [];
    switch (command) {
      case undefined: {
        const delivery = await teams.mentions(person, place, line);
        last = delivery.activity.id;
        return delivery;
      }
      case 'press': {
        const inputs = [...rest.matchAll(/\s(\w+)=("[^"]*"|\S+)/g)];
        const title = inputs.length ? rest.slice(0, inputs[0]!.index) : rest;
        const values = inputs.map(([, id, value]) => [id!, value!.replace(/^"|"$/g, '')]);
        return teams.presses(person, newestCard(), title.trim(), Object.fromEntries(values));
      }
      case 'as':
        person = teams.findOrAdd(rest);
        if (place !== channel) place = teams.personalChat(person);
        return { status: 0 };
      case 'personal':
        place = teams.personalChat(person);
        return { status: 0 };
      case 'channel':
        place = channel;
        return { status: 0 };
      case 'edit':
        return teams.edits(person, last, rest);
      case 'delete':
        return teams.deletes(person, last);
      default:
        print(USAGE);
        return { status: 0 };
    }
  };

  try {
    for await (const line of lines) {
      if (line.trim() === '/quit') break;
      if (!line.trim()) continue;
      try {
        const { status, failure, message, error } = await does(line.trim());
        if (failure) print(`! the bot did not answer (${failure}); is it listening?`);
        else if (status >= 300) print(`! the bot answered ${status}`);
        if (message ?? error) print(`(${message ?? error})`);
      } catch (error) {
        print(`! ${(error as Error).message}`);
      }
      printNews();
    }
  } finally {
    clearInterval(watch);
  }
}

async function main(): Promise<void> {
  const teams = await FakeTeams.start();
  teams.deliversTo(endpoint(process.argv[2]));
  const settings = Object.entries(teams.settings()).map(([name, value]) => `export ${name}='${value}'`);
  console.log(`Start the bot with these settings:\n\n${settings.join('\n')}\n`);
  console.log(`Messages go to ${endpoint(process.argv[2])}`);
  await play(teams, createInterface({ input: process.stdin, terminal: process.stdin.isTTY }), (line) =>
    console.log(line),
  );
  await teams.stop();
}

if (require.main === module) void main();

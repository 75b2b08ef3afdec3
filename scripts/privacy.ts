import { parseArgs } from 'node:util';
import { CodedError } from '../src/core/errors';
import { noOrganization, type Organization } from '../src/core/organization';
import { keptKinds } from '../src/core/personal-data';
import type { Store } from '../src/core/ports';
import { beforeOf, keptAs, keptFor } from '../src/core/retention';
import { ticketNumber } from '../src/core/ticket';
import { readDeployment } from './doctor/deployment';
import { failWith } from './fail';
import { oneLine } from './tickets/shown';

const usage = `npm run -s privacy -- <command>

  find <name or address>  who wrote under a name, or told the bot an address, with the ids that the other commands take
  export <person id>      everything that is kept of a person, as JSON on standard output
  delete <person id>      deletes it; --yes once you have made sure that the person wants it
  retention               how long each kind of data is kept; --now deletes what is over that at once

It works on the store that the service uses, embedded or PostgreSQL, with the same settings; the service may run. People
can ask for all of this in chat, too: “what do you know about me”, “send me my data”,
“delete my data”.`;

interface Desk {
  store: Store;
  organization: Organization;
  now: number;
  say: (line: string) => void;
}

interface Options {
  yes: boolean;
  now: boolean;
}

/** `npm run privacy`: what is kept of people, for whoever answers for it. */
export async function privacy(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  now = Date.now(),
): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [command = 'help', ...words] = positionals;
  if (values.help || command === 'help') return say(usage);
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) throw wrong(`there is no command “${oneLine(command)}”`);
  const deployment = readDeployment(env);
  try {
    const store = await deployment.store();
    if (!store) throw new CodedError('STORE_MISSING', 'Or its tables are of another version: start the service once.');
    const organization = deployment.organization ?? noOrganization;
    await run({ store, organization, now, say }, words.join(' ').trim(), { yes: values.yes, now: values.now });
  } finally {
    await deployment.close();
  }
}

const commands: Record<string, (desk: Desk, whom: string, options: Options) => Promise<void>> = {
  find: async ({ store, say }, name) => {
    if (name === '') throw wrong('find needs a name');
    const found = await store.personsNamed(name);
    if (found.length === 0) say('Nobody wrote under that name, or it is deleted already.');
    for (const person of found) say(`${person.id}  ${oneLine(person.name)}`);
  },
  export: async ({ store, say }, person) => {
    const data = await known(store, person);
    say(JSON.stringify(data, null, 2));
  },
  delete: async ({ store, now, say }, person, { yes }) => {
    const { conversations, requests } = await known(store, person);
    if (!yes) {
      say(
        `This deletes ${conversations.length} conversations and takes the name out of ${requests.length} requests. Add --yes to do it.`,
      );
      return;
    }
    const done = await store.forgetPerson(person, now);
    say(`Deleted ${done.conversations} conversations; ${done.requests.length} closed requests name nobody now.`);
    if (done.open.length > 0)
      say(
        `Left as they are, because they are still open: ${done.open.map(ticketNumber).join(', ')}. Resolve them, and do this again.`,
      );
  },
  retention: async ({ store, organization, now, say }, _whom, options) => {
    for (const kind of keptKinds) say(`${kind}: ${keptAs(organization, kind)}`);
    if (!options.now) return;
    const deleted = await store.sweep(beforeOf(keptFor(organization), now));
    say(`Deleted: ${keptKinds.map((kind) => `${deleted[kind]} ${kind}`).join(', ')}.`);
  },
};

async function known(store: Store, person: string) {
  if (person === '') throw wrong('it needs the id of a person, as `find` prints it');
  const data = await store.personalData(person);
  if (data.conversations.length === 0 && data.requests.length === 0)
    throw new CodedError('PERSON_UNKNOWN', `The id is ${oneLine(person)}.`);
  return data;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        now: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

const wrong = (problem: string): CodedError => new CodedError('COMMAND_FAULTY', `\n  - ${problem}\n\n${usage}\n`);

if (require.main === module) privacy(process.argv.slice(2), process.env, (line) => console.log(line)).catch(failWith);

import { parseArgs } from 'node:util';
import { inert } from '../src/cards/inert-text';
import { loadContent } from '../src/content/load';
import { durationSchema, milliseconds } from '../src/core/duration';
import { CodedError } from '../src/core/errors';
import { noOrganization, type Organization } from '../src/core/organization';
import type { Store } from '../src/core/ports';
import type { Ticket } from '../src/core/ticket';
import { DutyRoster, overrideFault, readTime, sayTime, zoneOf } from '../src/escalation/on-call';
import { pingText, viewTicket } from '../src/escalation/ticket-view';
import { checkedContent, intentsFolder } from '../src/package-files';
import { readDeployment } from './doctor/deployment';
import { failWith } from './fail';
import { eventLine, oneLine, ticketLine } from './tickets/shown';

const usage = `npm run tickets -- <command>

  queue                       open tickets, the oldest first
  mine --as <name or id>      open tickets that somebody has
  search <words>              tickets with all of the words: number, who asked, title, their words, accounts
  show D-1042                 one ticket with its history
  on-call [--days 7]          who answers, now and in the coming days
  overrides                   who answers instead of the plan, from now on
  override <schedule> <person> [--from "2026-12-24 18:00"] (--until "2026-12-26 09:00" | --for 8h) --by <your name>
  override --remove <number>

Times are those of the company (timezone of the organisation file). It reads the store that the service uses, embedded or
PostgreSQL, with the same settings; the service may run.`;

/** How many tickets are looked through, from the newest. */
const searched = 10_000;

interface Desk {
  store: Store;
  organization: Organization;
  zone: string;
  now: number;
  say: (line: string) => void;
  roster: DutyRoster;
}

type Options = ReturnType<typeof readArguments>['values'];

/** `npm run tickets`: the administrators’ commands on a terminal. */
export async function tickets(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  now = Date.now(),
): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [command = 'help', ...words] = positionals;
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (values.help || command === 'help') return say(usage);
  if (!run) throw wrong(`there is no command “${oneLine(command)}”`);
  const deployment = readDeployment(env);
  try {
    const store = await deployment.store();
    if (!store) throw new CodedError('STORE_MISSING', 'Or its tables are of another version: start the service once.');
    const organization = deployment.organization ?? noOrganization;
    const roster = new DutyRoster({
      organization,
      store,
      clock: { now: () => now },
      calendars: { folder: null, env, onFailed: (name, reason) => say(`The calendar of ${name}: ${reason}.`) },
    });
    await run({ store, organization, zone: zoneOf(organization), now, say, roster }, words, values);
    roster.stop();
  } finally {
    await deployment.close();
  }
}

const commands: Record<string, (desk: Desk, words: string[], options: Options) => Promise<void>> = {
  queue: async (desk) => list(desk, await open(desk), 'Nothing is open.'),
  mine: async (desk, _words, { as }) => {
    const who = (as ?? '').trim().toLowerCase();
    if (who === '') throw wrong('mine needs --as <name or id>');
    const mine = (await open(desk)).filter(({ claimedBy, claimedById }) =>
      [claimedBy, claimedById].some((known) => known?.toLowerCase() === who),
    );
    list(desk, mine, 'Nothing.');
  },
  search: async (desk, words) => {
    if (words.length === 0) throw wrong('search needs words');
    const wanted = words.join(' ').toLowerCase().split(/\s+/);
    const all = await desk.store.tickets({ closed: true, limit: searched });
    const found = all.filter((ticket) => wanted.every((word) => textOf(ticket).includes(word)));
    list(desk, found, 'Nothing was found.');
    if (all.length === searched) desk.say(`(Only the newest ${searched.toLocaleString('en')} were looked through.)`);
  },
  show: async ({ store, zone, say }, [number = '']) => {
    const id = Number(/^(?:d-)?(\d{1,15})$/i.exec(number)?.[1] ?? Number.NaN);
    const ticket = await store.ticket(id);
    if (!ticket) throw wrong(`there is no ticket “${oneLine(number)}”; write it as D-1042`);
    const history = await store.history(id);
    const content = loadContent(intentsFolder(), checkedContent());
    say(inert(pingText(viewTicket(content, ticket, history, await store.followers(id)))));
    say('');
    for (const event of history) say(eventLine(event, zone));
  },
  'on-call': async ({ roster, zone, say }, _words, { days = '7' }) => {
    if (!/^[1-9]\d?$/.test(days)) throw wrong('--days is a number from 1 to 99');
    await roster.start();
    const plans = await roster.calendar(Number(days));
    if (plans.length === 0) say('The organisation file names no schedules (on_call).');
    for (const { schedule, shifts } of plans) {
      say(schedule);
      for (const { from, until, names, override } of shifts)
        say(
          `  ${sayTime(from, zone)} to ${sayTime(until, zone)}  ${names.map(oneLine).join(', ') || 'NOBODY'}${override ? ` (override ${override.id} by ${oneLine(override.by)})` : ''}`,
        );
    }
  },
  overrides: async ({ store, zone, now, say }) => {
    const all = await store.overrides(now, Number.MAX_SAFE_INTEGER);
    if (all.length === 0) say('The plan holds; there are no overrides.');
    for (const { id, schedule, person, from, until, by } of all)
      say(
        `${id}  ${schedule}: ${person} from ${sayTime(from, zone)} until ${sayTime(until, zone)}, said ${oneLine(by)}`,
      );
  },
  override: async (desk, [schedule = '', person = ''], options) => {
    if (options.remove !== undefined) {
      if (!(await desk.store.removeOverride(Number(options.remove))))
        throw wrong(`there is no override ${oneLine(options.remove)}`);
      return desk.say('The plan holds again.');
    }
    const by = oneLine(options.by ?? '');
    if (by === '') throw wrong('override needs --by <your name>: it is kept with it');
    const from = options.from === undefined ? desk.now : time(options.from, desk.zone);
    const until = ending(options, from, desk.zone);
    const fault = overrideFault(desk.organization, { schedule, person, from, until });
    if (fault) throw wrong(fault);
    const { id } = await desk.store.addOverride({ schedule, person, from, until, by, madeAt: desk.now });
    desk.say(
      `${id}  ${schedule}: ${person} from ${sayTime(from, desk.zone)} until ${sayTime(until, desk.zone)}. To take it back: override --remove ${id}`,
    );
  },
};

const open = async ({ store }: Desk): Promise<Ticket[]> =>
  (await store.tickets({ closed: false, limit: searched })).sort((a, b) => a.id - b.id);

function list({ say, zone }: Desk, found: readonly Ticket[], none: string): void {
  if (found.length === 0) say(none);
  for (const ticket of found) say(ticketLine(ticket, zone));
}

const textOf = ({ id, role, claimedBy, details }: Ticket): string =>
  [`d-${id}`, role, claimedBy, details.person.name, details.title, ...details.words, ...Object.values(details.slots)]
    .join(' ')
    .toLowerCase();

function ending({ until, for: length }: Options, from: number, zone: string): number {
  if (until !== undefined) return time(until, zone);
  if (length === undefined) throw wrong('override needs an end: --until <time>, or --for 8h');
  if (!durationSchema.safeParse(length).success) throw wrong('--for is a duration: 30m, 8h or 2d');
  return from + milliseconds(length);
}

function time(text: string, zone: string): number {
  const at = readTime(text, zone);
  if (at === null) throw wrong(`“${oneLine(text)}” is no time; write it as "2026-12-24 18:00"`);
  return at;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        days: { type: 'string' },
        from: { type: 'string' },
        until: { type: 'string' },
        for: { type: 'string' },
        by: { type: 'string' },
        remove: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrong(oneLine((error as Error).message));
  }
}

const wrong = (problem: string) => new CodedError('COMMAND_FAULTY', `\n  - ${problem}\n\n${usage}\n`);

if (require.main === module) tickets(process.argv.slice(2), process.env, (line) => console.log(line)).catch(failWith);

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organization } from '../../core/organization';
import { type Calendar, readCalendar } from './calendar';
import { dayMs } from './calendar-page';
import { type CalendarReader, colleaguesNamed, zoneOf } from './who-is-on-call';

export interface FeedParts {
  organization: Organization;
  /** Where the last good copy of each calendar is kept; null: in memory alone. */
  folder: string | null;
  env: Readonly<Record<string, string | undefined>>;
  now: () => number;
  /** A calendar could not be had; the last good copy, if there is one, stays in use. */
  onFailed: (schedule: string, reason: string) => void;
}

/** How a schedule’s calendar stands. */
export interface FeedState {
  schedule: string;
  /** When it was last read well; null: never, or only the copy of an earlier run. */
  readAt: number | null;
  fault: string | null;
}

interface Feed {
  name: string;
  source: string;
  zone: string;
  calendar: Calendar | null;
  readAt: number | null;
  fault: string | null;
}

const refreshMs = 5 * 60_000;
const timeoutMs = 10_000;
const mostBytes = 5 * 1024 * 1024;
const mostRedirects = 3;

/**
 * Calendars that other programs keep. They are fetched in the background and never within a turn; who is on call is
 * answered from the last copy that could be read, also after a restart.
 */
export class CalendarFeeds implements CalendarReader {
  private readonly feeds: Feed[];
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: FeedParts) {
    const { organization, env } = parts;
    this.feeds = Object.entries(organization.on_call ?? {}).flatMap(([name, { calendar, calendar_env, timezone }]) => {
      if (calendar === undefined && calendar_env === undefined) return [];
      const source = calendar ?? env[calendar_env!]?.trim() ?? '';
      return [{ name, source, zone: timezone ?? zoneOf(organization), calendar: null, readAt: null, fault: null }];
    });
    for (const feed of this.feeds) this.recall(feed);
  }

  at(schedule: string, at: number): readonly string[] | null {
    return this.feeds.find(({ name }) => name === schedule)?.calendar?.at(at) ?? null;
  }

  changes(schedule: string, from: number, until: number): readonly number[] {
    return this.feeds.find(({ name }) => name === schedule)?.calendar?.changes(from, until) ?? [];
  }

  /** Those whom the coming days of a calendar name, and whom nobody here knows. */
  strangers(from: number, days: number): { schedule: string; name: string }[] {
    return this.feeds.flatMap(({ name: schedule, calendar }) => {
      const cuts = calendar?.changes(from, from + days * dayMs) ?? [];
      const unknown = [from, ...cuts]
        .map((at) => calendar?.at(at) ?? [])
        .filter((names) => names.length > 0 && colleaguesNamed(this.parts.organization, names).length === 0);
      return [...new Set(unknown.map((names) => names.join(', ')))].map((name) => ({ schedule, name }));
    });
  }

  states(): FeedState[] {
    return this.feeds.map(({ name, readAt, fault }) => ({ schedule: name, readAt, fault }));
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    if (this.feeds.length === 0) return;
    this.timer = setInterval(() => void this.refresh(), refreshMs);
    this.timer.unref();
    await this.refresh();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.stopping.abort();
  }

  /** Reads all calendars anew; never throws. */
  async refresh(): Promise<void> {
    await Promise.all(this.feeds.map((feed) => this.read(feed)));
  }

  private async read(feed: Feed): Promise<void> {
    try {
      const text = feed.source.includes('://')
        ? await fetchText(feed.source, this.stopping.signal)
        : readFileSync(required(feed.source), 'utf8');
      feed.calendar = readCalendar(text, feed.zone);
      feed.readAt = this.parts.now();
      feed.fault = null;
      this.keep(feed, text);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      feed.fault = reasonOf(error);
      this.parts.onFailed(feed.name, feed.fault);
    }
  }

  private recall(feed: Feed): void {
    if (this.parts.folder === null) return;
    try {
      feed.calendar = readCalendar(readFileSync(this.copyOf(feed), 'utf8'), feed.zone);
    } catch {
      // There is no copy yet, or it is of no use; the first look at the source says what is wrong.
    }
  }

  private keep(feed: Feed, text: string): void {
    if (this.parts.folder === null) return;
    try {
      mkdirSync(this.parts.folder, { recursive: true });
      // Written beside it and put in its place at once, so that a crash leaves the last good one.
      const file = this.copyOf(feed);
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      this.parts.onFailed(feed.name, `its copy cannot be kept: ${reasonOf(error)}`);
    }
  }

  private copyOf({ name }: Feed): string {
    return join(this.parts.folder!, `${name}.ics`);
  }
}

function required(source: string): string {
  if (source === '') throw new Error('the environment variable that names it is not set');
  return source;
}

/** The address may hold a secret, so no part of it is in an error. */
async function fetchText(address: string, stop: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
  let url = new URL(address);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere(url) && isHere(new URL(address))))
      throw new Error('an https address is needed');
    const response = await fetch(url, { signal, redirect: 'manual', headers: { accept: 'text/calendar' } });
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (next === null) {
      if (!response.ok) throw new Error(`its server answers ${response.status}`);
      return await bounded(response);
    }
    await response.body?.cancel();
    url = new URL(next, url);
  }
  throw new Error('its server redirects again and again');
}

/** Plain http is for this machine alone, and nothing from outside leads to it. */
const isHere = ({ hostname, protocol }: URL): boolean =>
  protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    if (size > mostBytes) throw new Error('it is larger than 5 MB');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  const { name, message, code, cause } = error as NodeJS.ErrnoException;
  const reason = code ?? (cause as NodeJS.ErrnoException | undefined)?.code;
  if (name === 'TimeoutError') return 'its server did not answer in time';
  if (name === 'ParserError') return 'it is no iCalendar text';
  return typeof reason === 'string' ? `it cannot be read (${reason})` : message;
}

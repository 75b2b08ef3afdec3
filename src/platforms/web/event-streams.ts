import type { Response } from 'express';
import type { ChatEntry } from '../../core/ports';
import type { WireNotice } from '../../desk/wire';
import { renderEntry } from './render';
import type { Visitor } from './visitor';

/** Keeps proxies and browsers from taking a quiet stream for a dead one; also a second look at the store. */
const HEARTBEAT_MS = 15_000;
/** A browser that reads nothing any more. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const RECONNECT_MS = 1_500;

export interface ChatReader {
  /** Entries with a greater id, oldest first. */
  chat(conversation: string, after: number): Promise<ChatEntry[]>;
}

interface Stream {
  conversation: string;
  /** Hears of tickets. */
  admin: boolean;
  /** When they must sign in again. */
  until: number;
  response: Response;
  lastId: number;
  isReading: boolean;
  isStale: boolean;
}

/**
 * Connected browsers. A notice carries no data: each stream reads on in the store from the last entry it sent, so
 * what is said while nobody listens, or while a connection is down, is not lost and not shown twice.
 */
export class EventStreams {
  private readonly streams = new Set<Stream>();
  private beat: NodeJS.Timeout | null = null;

  constructor(
    private readonly reader: ChatReader,
    private readonly onFault: (error: unknown) => void,
  ) {}

  get size(): number {
    return this.streams.size;
  }

  /** Sends all entries after `lastId`, then goes on live until the browser leaves. */
  open(response: Response, conversation: string, lastId: number, visitor: Visitor | null = null): void {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const { admin, until } = visitor ?? { admin: true, until: Number.POSITIVE_INFINITY };
    const stream: Stream = { conversation, admin, until, response, lastId, isReading: false, isStale: false };
    this.streams.add(stream);
    response.once('close', () => this.drop(stream));
    write(stream, `retry: ${RECONNECT_MS}\nevent: hello\ndata: {}\n\n`);
    this.beat ??= setInterval(() => this.heartbeat(), HEARTBEAT_MS).unref();
    void this.readOn(stream);
  }

  chatChanged(conversation: string): void {
    for (const stream of this.streams) if (stream.conversation === conversation) void this.readOn(stream);
  }

  deskChanged(ticket: number): void {
    for (const stream of this.admins()) write(stream, `event: desk\ndata: ${JSON.stringify({ ticket })}\n\n`);
  }

  /** A word for one administrator; the page shows it to whoever acts under that name. */
  notice(notice: WireNotice): void {
    const data = JSON.stringify(notice);
    for (const stream of this.admins()) write(stream, `event: notice\ndata: ${data}\n\n`);
  }

  private admins(): Stream[] {
    return [...this.streams].filter(({ admin, until }) => admin && Date.now() < until);
  }

  private async readOn(stream: Stream): Promise<void> {
    stream.isStale = true;
    if (stream.isReading) return;
    stream.isReading = true;
    try {
      while (stream.isStale && this.streams.has(stream)) {
        stream.isStale = false;
        for (const entry of await this.reader.chat(stream.conversation, stream.lastId)) {
          stream.lastId = entry.id;
          write(stream, `id: ${entry.id}\nevent: chat\ndata: ${JSON.stringify(renderEntry(entry))}\n\n`);
        }
      }
    } catch (error) {
      // The browser comes back by itself and asks again from its last entry.
      this.onFault(error);
      stream.response.end();
    } finally {
      stream.isReading = false;
    }
  }

  private heartbeat(): void {
    for (const stream of this.streams) {
      if (stream.response.writableLength > MAX_UNREAD_BYTES || Date.now() >= stream.until) stream.response.destroy();
      else {
        write(stream, ': still here\n\n');
        void this.readOn(stream);
      }
    }
  }

  private drop(stream: Stream): void {
    this.streams.delete(stream);
    if (this.streams.size || !this.beat) return;
    clearInterval(this.beat);
    this.beat = null;
  }
}

function write({ response }: Stream, text: string): void {
  if (!response.writableEnded && !response.destroyed) response.write(text);
}

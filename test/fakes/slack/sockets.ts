import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Activity } from './activity';
import { newUuid } from './ids';
import { parsed } from './requests';
import type { Delivery, Envelope, Json } from './types';
import { appId } from './workspace';

const most = 10;
const mostTries = 4;
const host = 'applink-fake-1';

interface Pending {
  envelope: Envelope;
  tries: number;
  reason: string;
  settle(delivery: Delivery): void;
  timer?: NodeJS.Timeout;
}

interface Connection {
  ws: WebSocket;
  /** Told to go: takes no new envelopes. */
  leaving: boolean;
  frozen: boolean;
  unacked: Map<string, Pending>;
  /** Every envelope it was ever given; a late ack is no fault, an ack of something else is. */
  given: Set<string>;
}

type Which = 'one' | 'all';

/** A paused socket would never notice its own end. */
function end(ws: WebSocket): void {
  ws.resume();
  ws.terminate();
}

function farewell(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const tooLong = setTimeout(() => ws.terminate(), 1000);
    ws.once('close', () => {
      clearTimeout(tooLong);
      resolve();
    });
    ws.resume();
    ws.close(1001);
  });
}

/**
 * The server's half of Socket Mode. An envelope goes to exactly one connection; what a lost connection has not acked
 * goes to another one, and events wait when there is none.
 */
export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private connections: Connection[] = [];
  private waiting: Pending[] = [];
  private turn = 0;
  private refusing = false;

  constructor(
    private readonly activity: Activity,
    private readonly ackWithinMs: number,
    private readonly pingEveryMs: number,
  ) {}

  /** Connections that take envelopes. */
  get count(): number {
    return this.usable().length;
  }

  /** Sends a goodbye, to the oldest connection or to all; the app is to come back by itself. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled', which: Which = 'one'): void {
    for (const connection of this.some(which)) {
      connection.leaving = true;
      this.write(connection, { type: 'disconnect', reason, debug_info: { host } });
    }
  }

  /** Cuts without a goodbye. */
  cut(which: Which = 'one'): void {
    for (const { ws } of this.some(which)) end(ws);
  }

  /** Leaves connections open but dead: nothing is read, no ping is sent or answered. */
  freeze(which: Which = 'one'): void {
    for (const connection of this.some(which)) {
      connection.frozen = true;
      connection.ws.pause();
    }
  }

  /** From now on nobody gets in; `false` opens again. */
  refuse(on = true): void {
    this.refusing = on;
  }

  newTicket(): string {
    const ticket = newUuid();
    this.tickets.add(ticket);
    return ticket;
  }

  /** To be called for each upgrade; an address serves once. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const known = pathname === '/link/' && this.tickets.delete(searchParams.get('ticket') ?? '');
    if (!known || this.refusing) {
      socket.end(
        `HTTP/1.1 ${this.refusing ? '503 Service Unavailable' : '403 Forbidden'}\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    this.server.handleUpgrade(request, socket, head, (ws) => this.welcome(ws));
  }

  deliver(envelope: Envelope, retry?: { num: number; reason: string }): Promise<Delivery> {
    return new Promise((settle) => {
      const reason = retry?.reason ?? '';
      this.send({ envelope, tries: retry?.num ?? 0, reason, settle });
    });
  }

  /** Says goodbye to the end: bolt keeps a timer for half a minute when its own goodbye is not answered. */
  async close(): Promise<void> {
    const open = this.connections;
    const left = [...this.waiting, ...open.flatMap(({ unacked }) => [...unacked.values()])];
    this.connections = [];
    this.waiting = [];
    for (const { unacked } of open) unacked.clear();
    for (const pending of left) this.giveUp(pending, 'stopped');
    await Promise.all(open.map(({ ws }) => farewell(ws)));
    this.server.close();
  }

  private usable(): Connection[] {
    return this.connections.filter(({ leaving, ws }) => !leaving && ws.readyState === WebSocket.OPEN);
  }

  private some(which: Which): Connection[] {
    return which === 'all' ? this.usable() : this.usable().slice(0, 1);
  }

  private write({ ws }: Connection, message: Json): void {
    ws.send(JSON.stringify(message));
  }

  private welcome(ws: WebSocket): void {
    const connection: Connection = { ws, leaving: false, frozen: false, unacked: new Map(), given: new Set() };
    if (this.connections.length >= most) {
      this.write(connection, { type: 'disconnect', reason: 'too_many_websockets', debug_info: { host } });
      ws.close();
      return;
    }
    this.connections.push(connection);
    const pings = setInterval(() => {
      if (!connection.frozen) ws.ping('Ping from the fake');
    }, this.pingEveryMs).unref();
    ws.on('message', (data) => this.read(connection, data));
    ws.on('error', () => ws.terminate());
    ws.on('close', () => {
      clearInterval(pings);
      this.lost(connection);
    });
    this.write(connection, {
      type: 'hello',
      num_connections: this.connections.length,
      debug_info: { host, build_number: 1, approximate_connection_time: 18060 },
      connection_info: { app_id: appId },
    });
    const waiting = this.waiting;
    this.waiting = [];
    for (const pending of waiting) this.send(pending);
    this.activity.stir();
  }

  private lost(connection: Connection): void {
    this.connections = this.connections.filter((it) => it !== connection);
    for (const pending of connection.unacked.values()) {
      clearTimeout(pending.timer);
      this.again(pending);
    }
    this.activity.stir();
  }

  private send(pending: Pending): void {
    const usable = this.usable();
    const connection = usable[this.turn++ % Math.max(usable.length, 1)];
    const isEvent = pending.envelope.kind === 'events_api';
    if (!connection) {
      // A person who presses when nobody listens is told so at once; an event waits for somebody.
      if (isEvent) this.waiting.push(pending);
      else this.giveUp(pending, 'dispatch_failed');
      return;
    }
    const id = newUuid();
    connection.unacked.set(id, pending);
    connection.given.add(id);
    pending.timer = setTimeout(() => {
      connection.unacked.delete(id);
      if (isEvent && pending.tries + 1 < mostTries) this.again(pending);
      else this.giveUp(pending, 'http_timeout');
    }, this.ackWithinMs);
    this.write(connection, {
      envelope_id: id,
      type: pending.envelope.kind,
      accepts_response_payload: pending.envelope.acceptsResponse,
      payload: pending.envelope.payload,
      ...(isEvent ? { retry_attempt: pending.tries, retry_reason: pending.reason } : {}),
    });
  }

  private again(pending: Pending): void {
    pending.tries += 1;
    pending.reason = 'timeout';
    this.send(pending);
  }

  private giveUp({ settle, envelope, timer }: Pending, error: string): void {
    clearTimeout(timer);
    settle({ status: 0, body: '', headers: {}, error, sent: envelope });
  }

  private read({ unacked, given }: Connection, data: RawData): void {
    const ack = parsed(String(data)) as { envelope_id?: string; payload?: Json } | undefined;
    const id = ack?.envelope_id ?? '';
    const pending = unacked.get(id);
    unacked.delete(id);
    if (!pending) {
      if (!given.has(id)) this.activity.violation(`socket: not an ack of anything sent: ${String(data).slice(0, 200)}`);
      return;
    }
    clearTimeout(pending.timer);
    const payload = ack?.payload;
    const carries = payload !== undefined && Object.keys(payload).length > 0;
    if (carries && !pending.envelope.acceptsResponse)
      this.activity.violation('socket: an ack with a payload, for an envelope that takes none');
    pending.settle({
      status: 200,
      body: carries ? JSON.stringify(payload) : '',
      headers: {},
      sent: pending.envelope,
      ...(carries ? { payload } : {}),
    });
    this.activity.stir();
  }
}

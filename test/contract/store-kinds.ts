import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxRow, Store } from '../../src/core/ports';
import { openPostgresStore } from '../../src/stores/postgres';
import { openSqliteStore } from '../../src/stores/sqlite';
import { emptyDatabase, noPostgres, startPostgres, type TestServer } from '../builders/postgres';

/** One place for a store to live in. */
export interface Place {
  /** Opens the store on what is already there. */
  open(): Promise<Store>;
  /** Takes everything away again. */
  remove(): Promise<void>;
}

export interface StoreKind {
  name: string;
  /** What was written is still there after closing and opening again. */
  keeps: boolean;
  place(): Promise<Place>;
}

let server: TestServer;
let database: string;
if (noPostgres) process.stderr.write(`${noPostgres}\n`);
else {
  beforeAll(async () => {
    server = await startPostgres();
    database = await server.database();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);
}

/** Every store keeps the same promises; a new one joins by a line here. */
export const kinds: StoreKind[] = [
  {
    name: 'sqlite in memory',
    keeps: false,
    place: async () => ({ open: () => openSqliteStore(':memory:'), remove: async () => {} }),
  },
  {
    name: 'sqlite on disk',
    keeps: true,
    place: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'store-'));
      return {
        open: () => openSqliteStore(join(folder, 'data')),
        remove: async () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
  ...(noPostgres
    ? []
    : [
        {
          name: 'postgresql',
          keeps: true,
          place: async () => ({
            open: () => openPostgresStore(database),
            remove: () => emptyDatabase(server, database),
          }),
        },
      ]),
];

/** The store of the test that runs. */
export interface Opened {
  store: Store;
  reopen(): Promise<void>;
}

/** One suite for every kind of store, each test with an empty one. */
export function eachStore(suite: (opened: Opened, keeps: boolean) => void): void {
  describe.each(kinds)('$name', ({ keeps, place: newPlace }) => {
    let place: Place;
    const opened = {
      reopen: async () => {
        await opened.store.close();
        opened.store = await place.open();
      },
    } as Opened;
    beforeEach(async () => {
      place = await newPlace();
      opened.store = await place.open();
    });
    afterEach(async () => {
      await opened.store.close();
      await place.remove();
    });
    suite(opened, keeps);
  });
}

export const farAhead = 1e15;

/** Lets everything leave that still has to, whenever it is due, in the order it would; what each was. */
export async function sendAll(store: Store): Promise<OutboxRow[]> {
  const rows = await store.takeOutbox('sends-all', farAhead, farAhead + 1, 1000);
  for (const row of rows) await store.finishOutbox(row.id, 'sends-all', { kind: 'sent' });
  return rows.length === 0 ? [] : [...rows, ...(await sendAll(store))];
}

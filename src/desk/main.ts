import { readChat, readMe } from './api.js';
import { Chat } from './chat.js';
import { Desk } from './desk.js';
import { byId } from './dom.js';
import { Duty } from './duty.js';
import { Live, type LiveState } from './live.js';
import { Name } from './names.js';
import { Notices } from './notices.js';
import { showSignedIn } from './signed-in.js';
import { Tabs } from './tabs.js';
import { startTheme } from './theme.js';
import { Unread } from './unread.js';

const RETRY_MS = 2_000;

const stateText: Record<LiveState, string> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

function showState(state: LiveState): void {
  byId('connection').dataset.state = state;
  byId('connection-text').textContent = stateText[state];
}

startTheme();
const tabs: Tabs = new Tabs(() => unread.seen());
const unread: Unread = new Unread((half) => tabs.isShown(half));
const employee = new Name('employee', 'Ada', (name) => byId('empty-name').replaceChildren(name));
const admin = new Name('admin', 'Grace');
const chat = new Chat(employee, unread);
const desk = new Desk(admin, unread);
const notices = new Notices(admin);
new Duty();

/** The administrators' half is read by administrators alone. */
let isAdmin = false;

async function start(): Promise<void> {
  try {
    const me = await readMe();
    isAdmin = me.admin;
    showSignedIn(me, [employee, admin]);
    const { entries } = await readChat();
    chat.start(entries);
    listen(entries.at(-1)?.id ?? 0);
  } catch {
    showState('lost');
    window.setTimeout(() => void start(), RETRY_MS);
  }
}

function listen(lastId: number): void {
  let isFirst = true;
  const live: Live = new Live(lastId, {
    state: showState,
    connected: () => {
      if (isAdmin) void desk.refresh();
      chat.retryFailed();
      if (!isFirst) void startAnewIfForgotten(live);
      isFirst = false;
    },
    chat: (entry) => chat.receive(entry),
    desk: () => void (isAdmin && desk.refresh()),
    notice: (notice) => {
      if (notices.show(notice)) unread.add('desk');
    },
  });
}

/** The service came back with another store: entries count from the start again, so the page must too. */
async function startAnewIfForgotten(live: Live): Promise<void> {
  const { entries } = await readChat().catch(() => ({ entries: null }));
  if (entries && (entries.at(-1)?.id ?? 0) < live.lastSeen) location.reload();
}

void start();

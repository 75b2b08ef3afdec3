import { readChat } from './api.js';
import { Chat } from './chat.js';
import { Desk } from './desk.js';
import { byId } from './dom.js';
import { Live, type LiveState } from './live.js';
import { Name } from './names.js';
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

async function start(): Promise<void> {
  try {
    const { entries } = await readChat();
    chat.start(entries);
    new Live(entries.at(-1)?.id ?? 0, {
      state: showState,
      connected: () => {
        void desk.refresh();
        chat.retryFailed();
      },
      chat: (entry) => chat.receive(entry),
      desk: () => void desk.refresh(),
    });
  } catch {
    showState('lost');
    window.setTimeout(() => void start(), RETRY_MS);
  }
}
void start();

import type { PlatformParts } from '../../core/platform';
import { type Outgoing, type Post, type ThreadLine, ticketSubject, wordSubject } from '../../core/ports';
import { paragraphs, rich, words } from './blocks';
import { isGone } from './failures';
import { LABEL } from './limits';
import type { Messages, Spot } from './messages';
import { type Page, pageOf } from './pages';
import { renderReply } from './render-reply';

type Thread = Extract<Outgoing, { kind: 'thread' }>;

/** Says words in the thread below a ticket's card; changes them there, or marks them as taken back. */
export async function sayBelow(
  { memory, messages }: Pick<PlatformParts, 'memory'> & { messages: Messages },
  { destination, ticket, word, what, line }: Thread,
  key: string,
  attempt: number,
): Promise<void> {
  // Without a card there is nothing to stand below: it was never posted, or somebody removed it.
  const card = (await memory.posts(ticketSubject(ticket, destination))).at(-1);
  if (!card) return;
  const subject = wordSubject(word, destination);
  const [said] = await memory.posts(subject);
  const page = pageFor(line, what);
  if (said) return change({ memory, messages }, said, page, key);
  if (what === 'gone') return;
  const spot: Spot = { channel: String(card.ref.channel), thread: card.id };
  const found = attempt > 1 ? (await messages.find(spot)).get(key) : undefined;
  const id = found ?? (await messages.post(spot, page, key));
  await memory.savePost({ subject, id, ref: { channel: spot.channel }, version: 0 });
}

async function change(
  { memory, messages }: Pick<PlatformParts, 'memory'> & { messages: Messages },
  said: Post,
  page: Page,
  key: string,
): Promise<void> {
  try {
    await messages.update(String(said.ref.channel), said.id, page, key);
  } catch (error) {
    if (!isGone(error)) throw error;
    await memory.dropPost(said.subject, said.id);
  }
}

function pageFor(line: ThreadLine, what: Thread['what']): Page {
  if (line.from === 'bot') return renderReply([{ from: 'bot', reply: line.say }], '')[0] ?? pageOf([]);
  const name = words(`${line.name}: `, { bold: true }, LABEL);
  if (what === 'gone') return pageOf(rich(paragraphs([[...name, ...words('(taken back)', { italic: true })]])));
  const files = line.files.length
    ? words(`\n(files that stay where they were sent: ${line.files.join(', ')})`, { italic: true })
    : [];
  const mark = what === 'changed' ? words(' (changed)', { italic: true }) : [];
  return pageOf(rich(paragraphs([[...name, ...words(line.text), ...mark, ...files]])));
}

import { z } from 'zod';
import { firstOf } from '../../cards/inert-text';
import { ticketNumber } from '../../core/ticket';
import type { TicketView } from '../../core/ticket-view';
import {
  type Block,
  bulleted,
  command,
  header,
  line,
  linked,
  numbered,
  type PlainText,
  paragraphs,
  plain,
  rich,
  words,
} from './blocks';
import { INPUT, MODAL_TITLE, VIEW_BLOCKS } from './limits';

export interface Modal {
  type: 'modal';
  callback_id: string;
  title: PlainText;
  close: PlainText;
  submit?: PlainText;
  private_metadata?: string;
  blocks: Block[];
}

export const WORDS_MODAL = 'ticket_words';
/** Block and action id of its one input. */
export const WORDS_INPUT = 'words';

/** Which ticket the words are for; comes back with them, under Slack's signature. */
const purpose = z.strictObject({
  ticket: z.number().int(),
  action: z.enum(['reply', 'note', 'resolve']),
  v: z.number().int(),
  /** The card whose button opened the modal. */
  at: z.string(),
  card: z.string(),
  channel: z.string(),
});
export type WordsPurpose = z.infer<typeof purpose>;

export function readPurpose(metadata: string): WordsPurpose | null {
  try {
    return purpose.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}

const forms = {
  reply: { label: 'Your words to the employee', send: 'Send reply', missing: 'Write what the employee should read.' },
  note: { label: 'A note for the other administrators', send: 'Save note', missing: 'Write the note.' },
  resolve: { label: 'What should the employee know? (may stay empty)', send: 'Mark as resolved', missing: null },
} as const;

/** Asks for the words of a reply, a note or a resolution. */
export function wordsModal(about: WordsPurpose): Modal {
  const { label, send, missing } = forms[about.action];
  return {
    type: 'modal',
    callback_id: WORDS_MODAL,
    title: plain(titled(`Ticket ${ticketNumber(about.ticket)}`)),
    submit: plain(send),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(about),
    blocks: [
      {
        type: 'input',
        block_id: WORDS_INPUT,
        label: plain(label),
        optional: missing === null,
        element: {
          type: 'plain_text_input',
          action_id: WORDS_INPUT,
          multiline: true,
          max_length: INPUT,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** What is wrong with the words; null when they will do. */
export function faultOf(action: WordsPurpose['action'], text: string): string | null {
  if (text.length > INPUT) return `Please keep it below ${INPUT.toLocaleString('en')} characters.`;
  return text === '' ? forms[action].missing : null;
}

/** Ours and short; a number of many digits is cut without a mark, for which there is no room. */
const titled = (text: string): string => text.slice(0, MODAL_TITLE);

/** The administrator's own steps. */
export function stepsModal(view: TicketView): Modal {
  return {
    type: 'modal',
    callback_id: 'ticket_steps',
    title: plain(titled(`Steps for ${view.number}`)),
    close: plain('Close'),
    blocks: steps(view).slice(0, VIEW_BLOCKS),
  };
}

function steps({ guide, verify }: TicketView): Block[] {
  if (!guide) return rich(paragraphs([words('There are no steps for this ticket any more.')]));
  const { title, console: clicks, cli, permissions, mind, links } = guide;
  const headed = (text: string) => paragraphs([words(text, { bold: true })]);
  const commands = firstOf(cli, 40, (more) => `# ${more} more left out`);
  return [
    header(title),
    ...rich([...headed('Before you act'), ...paragraphs([words(verify)])]),
    ...(clicks.length ? rich([...headed('In the console'), ...numbered(clicks, 1)]) : []),
    ...(cli.length ? rich([...headed('Or with the AWS CLI'), ...commands.flatMap((one) => command(one))]) : []),
    ...(permissions.length
      ? rich([...headed('You need the rights'), ...paragraphs([words(permissions.join(', '), { code: true })])])
      : []),
    ...(mind.length ? rich([...headed('Bear in mind'), ...bulleted(mind.map((one) => line(one)))]) : []),
    ...rich(linked(links, 'Where this comes from')),
  ];
}

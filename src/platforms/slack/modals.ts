import { z } from 'zod';
import { firstOf } from '../../cards/inert-text';
import { ticketNumber } from '../../core/ticket';
import type { TicketView } from '../../core/ticket-view';
import {
  type Block,
  bulleted,
  command,
  header,
  type InputBlock,
  line,
  linked,
  numbered,
  option,
  type PlainText,
  paragraphs,
  plain,
  rich,
  words,
} from './blocks';
import { type AskingAction, askingActions } from './button-values';
import { INPUT, MODAL_TITLE, OPTIONS, VIEW_BLOCKS } from './limits';

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
/** Block and action ids of its inputs. */
export const WORDS_INPUT = 'words';
export const CHOICE_INPUT = 'choice';
export const PERSON_INPUT = 'person';

/** Which ticket the words are for; comes back with them, under Slack's signature. */
const purpose = z.strictObject({
  ticket: z.number().int(),
  action: z.enum(askingActions),
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

type Choices = readonly { value: string; label: string }[];

const forms: Record<AskingAction, { label: string | null; send: string; missing: string | null }> = {
  reply: { label: 'Your words to the employee', send: 'Send reply', missing: 'Write what the employee should read.' },
  note: { label: 'A note for the other administrators', send: 'Save note', missing: 'Write the note.' },
  resolve: { label: 'What should the employee know? (may stay empty)', send: 'Mark as resolved', missing: null },
  reassign: { label: 'What should they know? (may stay empty)', send: 'Hand it on', missing: null },
  snooze: { label: null, send: 'Snooze', missing: null },
};

/** Asks for what goes with an action: words, an outcome, how long, or who should take it. */
export function wordsModal(about: WordsPurpose, choices: Choices = []): Modal {
  const { label, send, missing } = forms[about.action];
  return {
    type: 'modal',
    callback_id: WORDS_MODAL,
    title: plain(titled(`Ticket ${ticketNumber(about.ticket)}`)),
    submit: plain(send),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(about),
    blocks: [
      ...choiceInputs(about.action, choices.slice(0, OPTIONS)),
      ...(label === null ? [] : [wordsInput(label, missing === null, about.action)]),
    ],
  };
}

const wordsInput = (label: string, optional: boolean, action: AskingAction): InputBlock => ({
  type: 'input',
  block_id: WORDS_INPUT,
  label: plain(label),
  optional,
  element: {
    type: 'plain_text_input',
    action_id: WORDS_INPUT,
    multiline: true,
    max_length: INPUT,
    ...(action === 'reassign' ? {} : { focus_on_load: true as const }),
  },
});

/** The most usual is picked already, but for where a ticket goes on to: nobody gives one away by accident. */
function choiceInputs(action: AskingAction, choices: Choices): InputBlock[] {
  if (choices.length === 0) return [];
  const options = choices.map(option);
  const input = (element: InputBlock['element'], label: string, optional: boolean): InputBlock => ({
    type: 'input',
    block_id: element.action_id,
    label: plain(label),
    optional,
    element,
  });
  switch (action) {
    case 'reassign':
      return [
        input(
          { type: 'static_select', action_id: CHOICE_INPUT, options, placeholder: plain('Pick a group or a place') },
          'Who should take it',
          true,
        ),
        input(
          { type: 'users_select', action_id: PERSON_INPUT, placeholder: plain('Pick one administrator') },
          'Or one administrator',
          true,
        ),
      ];
    case 'snooze':
      return [
        input(
          { type: 'radio_buttons', action_id: CHOICE_INPUT, options, initial_option: options[0]! },
          'Lay it aside',
          false,
        ),
      ];
    default:
      return [
        input(
          { type: 'static_select', action_id: CHOICE_INPUT, options, initial_option: options[0]! },
          'How it ended',
          false,
        ),
      ];
  }
}

export interface Filled {
  text: string;
  choice: string | undefined;
  person: string | undefined;
}

/** What is wrong with what was filled in, and in which input; null when it will do. */
export function faultOf(action: AskingAction, { text, choice, person }: Filled): [input: string, fault: string] | null {
  if (text.length > INPUT) return [WORDS_INPUT, `Please keep it below ${INPUT.toLocaleString('en')} characters.`];
  const { missing } = forms[action];
  if (text === '' && missing !== null) return [WORDS_INPUT, missing];
  if (action !== 'reassign') return null;
  if (choice && person) return [PERSON_INPUT, 'Pick a group or a person, not both.'];
  return choice || person ? null : [CHOICE_INPUT, 'Pick where it should go.'];
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

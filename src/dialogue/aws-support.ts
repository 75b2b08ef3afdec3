import { type AwsForm, isAwsForm } from '../core/aws-cases';
import type { Line } from '../core/message';
import { stepAt } from '../core/navigate';
import { isAsk } from '../core/scenario';
import type { Ticket } from '../core/ticket';
import { ticketNumber } from '../core/ticket';
import type { Draft } from './draft';
import { personFor } from './hand-over';
import { button, line } from './wording';

/** The form on offer at the present step. */
function formHere({ content, conversation: { position } }: Draft): AwsForm | null {
  if (!position) return null;
  const { step } = stepAt(content, position);
  return !isAsk(step) && isAwsForm(step.offer) ? step.offer : null;
}

/** What to paste into the form, of what the person has said: masked when it came in, and never with a secret in it. */
export function tellAwsText(draft: Draft): void {
  const { content, conversation } = draft;
  const form = formHere(draft);
  if (!form || !conversation.position) return draft.show();
  const { scenario, step } = stepAt(content, conversation.position);
  const { aws_text: text, account_types: types } = content.phrases;
  const { account_type: type, account_id: account } = conversation.slots;
  const tried = conversation.trail
    .map(({ step: name }) => name.split('/'))
    .flatMap(([of, ...rest]) => content.byName.get(of!)?.wording.steps[rest.join('/')]?.title ?? [])
    .slice(0, -1);
  const parts: (Line | null)[] = [
    line(text.problem, { value: scenario.wording.title }),
    line(account === undefined ? text.account_unknown : text.account, { value: account ?? '' }),
    type && type in types ? line(text.kind, { value: types[type as keyof typeof types] }) : null,
    conversation.words.length > 0
      ? line(text.words, { value: conversation.words.slice(-2).join(' / ').slice(0, 600) })
      : null,
    tried.length > 0 ? line(text.tried, { value: tried.join('; ') }) : null,
    line(text.asks[form]),
  ];
  draft.say('aws-text', {}, [
    button(content, 'aws_sent'),
    button(content, 'solved'),
    button(content, 'not_solved'),
    button(content, 'person'),
  ]);
  const reply = draft.replies.at(-1)!;
  reply.say.push(...parts.filter((part) => part !== null));
  reply.note = line(text.ready);
  reply.links = isAsk(step)
    ? []
    : step.links.flatMap((id) => {
        const link = content.links.get(id);
        return link?.form === form ? [{ label: link.label, url: link.url }] : [];
      });
}

/** The form is sent: from here on the bot asks whether AWS has answered, until it is solved or the person has enough. */
export function sentToAws(draft: Draft): void {
  const form = formHere(draft);
  if (!form) return draft.show();
  if (draft.awsCase) return tellAwsStatus(draft, draft.awsCase);
  draft.handOver(form);
}

export function tellAwsStatus(draft: Draft, ticket: Ticket): void {
  draft.say('aws-status', { ticket: ticketNumber(ticket.id) }, [
    button(draft.content, 'solved'),
    button(draft.content, 'not_solved'),
    button(draft.content, 'start_over'),
  ]);
}

/** Words that nothing else understood, while AWS is waited for: what AWS said, most likely. They are kept with it. */
export function noteForAws(draft: Draft, ticket: Ticket, text: string): void {
  draft.addToTicket(ticket, text);
  draft.say('aws-noted', { ticket: ticketNumber(ticket.id) }, [
    button(draft.content, 'solved'),
    button(draft.content, 'not_solved'),
    button(draft.content, 'person'),
  ]);
}

/** AWS did not help: whoever of the company the rules name is next. */
export const afterAws = (draft: Draft): void => draft.offerPerson(personFor(draft.content, draft.conversation));

import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import { isPerson, type Role } from '../core/escalation';
import type { Person } from '../core/message';
import { stepAt } from '../core/navigate';
import { isAsk, type TellStep } from '../core/scenario';
import type { TicketDetails } from '../core/ticket';

export interface Escalation {
  role: Role;
  details: TicketDetails;
}

/** Whom "a person please" means at this point: never somebody the rules of the path forbid. */
export function personFor(content: Content, conversation: Conversation): Role {
  const { position, slots } = conversation;
  const byType = slots.account_type === 'root' ? 'account-owner' : 'account-admin';
  if (!position) return byType;
  const { scenario } = stepAt(content, position);
  const told = toldLast(content, conversation);
  if (told) return told.person ?? (told.offer && isPerson(told.offer) ? told.offer : scenario.person);
  return slots.account_type === 'root' ? byType : scenario.person;
}

/** The step that was told last in the current scenario: the present one, or the one before the question on the table. */
function toldLast(content: Content, { position, trail }: Conversation): TellStep | null {
  if (!position) return null;
  const { scenario, step } = stepAt(content, position);
  if (!isAsk(step)) return step;
  const before = scenario.steps[trail.at(-1)?.step.slice(scenario.name.length + 1) ?? ''];
  return before && !isAsk(before) ? before : null;
}

/** What a person who can help needs to know, as it stands now. Only rules that allow this role are named as the reason. */
export function escalationOf(
  content: Content,
  conversation: Conversation,
  person: Person,
  platform: TicketDetails['platform'],
  role: Role,
): Escalation {
  const { position, slots, words, trail, resolved } = conversation;
  const at = position ? stepAt(content, position) : null;
  const told = at && !isAsk(at.step) ? at.step : null;
  const rules = told ? [told.rule].flat() : [];
  const intent = at?.scenario.intent ?? 'support.contact';
  return {
    role,
    details: {
      person,
      platform,
      intent,
      title: at?.scenario.wording.title ?? content.phrases.wants_person,
      severity: at?.scenario.severity ?? 'normal',
      slots,
      words,
      tried: trail,
      rules: rules.filter((id) => !content.rules.get(id)?.never.includes(role)),
      guide: told?.guide ?? null,
      follows: resolved?.intent === intent ? resolved.ticket : null,
    },
  };
}

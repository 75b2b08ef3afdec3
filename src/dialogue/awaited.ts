import type { Conversation } from '../core/conversation';
import { stepAt } from '../core/navigate';
import { isAsk } from '../core/scenario';
import type { Understanding } from '../core/understanding';
import type { Draft } from './draft';
import { saidOutcome, saidUnsure } from './outcome-words';
import { holds, onOffer, simplify, typedButton, typedChoice } from './typed';
import { onlyHandsOver } from './wording';

/** An answer to what was asked last, as an action id; null if the text is none. */
export function awaitedAnswer(
  draft: Draft,
  text: string,
  corrected: string,
  understanding: Understanding,
  before: Conversation,
): string | null {
  const { content } = draft;
  const { phrases } = content;
  const { awaiting } = before;
  // After a hand-over nothing is asked: only words that say "it works" take the request back, never a bare "yes".
  if (awaiting.kind === 'nothing') {
    if (onOffer(before, 'solved') && !typedButton(phrases, text, ['yes']))
      return typedButton(phrases, text, ['solved']);
    // "Actually no, it didn't", said after all was well: back to where they were.
    const takesItBack = before.earlier.length > 0 && before.tickets.length === 0 && saidOutcome(text) === 'not_solved';
    return takesItBack ? 'not_solved' : null;
  }
  const choiceTyped = typedChoice(content, before, text, corrected, understanding.entities);
  const saysMore = namesOtherType(understanding, before);
  if (choiceTyped && !(saysMore && awaiting.kind !== 'answer')) return choiceTyped;
  switch (awaiting.kind) {
    case 'outcome': {
      if (saysMore) return null;
      // Where nothing was to be tried, "yes" answers "shall I ask them?".
      if (
        onOffer(before, 'ask_admin') &&
        (holds(phrases, text, 'ask_admin') || (handsOver(draft) && typedButton(phrases, text, ['yes'])))
      ) {
        return 'ask_admin';
      }
      const aboutAws = (['aws_sent', 'aws_text'] as const).find(
        (id) => onOffer(before, id) && (typedButton(phrases, text, [id]) || holds(phrases, text, id)),
      );
      if (aboutAws) return aboutAws;
      const typed =
        typedButton(phrases, text, ['solved', 'not_solved', 'ask_admin', 'next']) ??
        typedButton(phrases, corrected, ['solved', 'not_solved', 'ask_admin', 'next']);
      if (typed === 'ask_admin' && !onOffer(before, 'ask_admin')) return 'person';
      if (typed === 'next' && !onOffer(before, 'next')) return 'not_solved';
      return typed ?? leadingYesOrNo(draft, text, understanding) ?? shortOutcome(draft, text, understanding);
    }
    case 'confirm-person':
    case 'confirm-second':
    case 'confirm-forget':
    case 'clarify': {
      const typed = typedButton(phrases, text, ['ask_admin', 'yes', 'no', 'something_else', 'next']);
      if (typed === 'next') return onOffer(before, 'next') ? 'next' : null;
      if (awaiting.kind === 'confirm-person')
        return typed === 'yes' || typed === 'ask_admin' ? 'ask_admin' : typed === 'no' ? 'choose:no' : null;
      if (awaiting.kind === 'confirm-second' || awaiting.kind === 'confirm-forget')
        return typed === 'yes' || typed === 'no' ? `choose:${typed}` : null;
      return typed === 'no' || typed === 'something_else' ? 'choose:something_else' : null;
    }
    case 'answer': {
      // Nobody has to know: a question that has a way on for that takes it.
      const unsure = saidUnsure(text)
        ? ['choose:unsure', 'choose:other', 'choose:none'].find((id) => onOffer(before, id))
        : undefined;
      return unsure ?? goChoice(draft, understanding);
    }
  }
}

function handsOver({ content, conversation }: Draft): boolean {
  if (!conversation.position) return false;
  const { scenario, step } = stepAt(content, conversation.position);
  return !isAsk(step) && onlyHandsOver(scenario, conversation.position.step, step);
}

/** The words name another kind of user than the one we believed in. */
export const namesOtherType = ({ entities }: Understanding, before: Conversation): boolean =>
  entities.account_type !== undefined &&
  before.slots.account_type !== undefined &&
  entities.account_type !== before.slots.account_type;

/** "no that did not work either, same message": begins with a no, and is about nothing else. */
function leadingYesOrNo(draft: Draft, text: string, understanding: Understanding): string | null {
  const elsewhere =
    understanding.decision === 'answer' &&
    !understanding.intent.startsWith('act.') &&
    understanding.intent !== currentIntent(draft);
  if (elsewhere) return null;
  const first = simplify(text).split(' ')[0] ?? '';
  if (['no', 'nope', 'nah', 'still', 'nothing', 'neither'].includes(first)) return 'not_solved';
  // "Yes please do" to "shall I ask them?" is no word about how it went.
  if (['yes', 'yep', 'yeah', 'yup'].includes(first) && simplify(text).split(' ').length <= 4)
    return handsOver(draft) ? 'ask_admin' : 'solved';
  return null;
}

/** A few loose words about how it went, unless they are surely about something else. */
function shortOutcome(draft: Draft, text: string, understanding: Understanding): string | null {
  const { intent, decision } = understanding;
  const elsewhere = decision === 'answer' && !intent.startsWith('act.') && intent !== currentIntent(draft);
  return elsewhere ? null : saidOutcome(text);
}

/** An answer that hands over to the scenario the words are about: "my password is refused" chooses that answer. */
function goChoice(draft: Draft, understanding: Understanding): string | null {
  const { position } = draft.conversation;
  if (!position || understanding.decision === 'not_understood') return null;
  const { step } = stepAt(draft.content, position);
  if (!isAsk(step)) return null;
  const found = Object.entries(step.answers).filter(
    ([, target]) => typeof target === 'object' && 'go' in target && target.go === understanding.intent,
  );
  return found.length === 1 ? `choose:${found[0]![0]}` : null;
}

export const currentIntent = (draft: Draft): string | undefined =>
  draft.conversation.position ? draft.content.byName.get(draft.conversation.position.scenario)?.intent : undefined;

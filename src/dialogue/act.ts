import type { Conversation } from '../core/conversation';
import { isPerson } from '../core/escalation';
import { impersonal } from '../core/impersonal';
import type { Line } from '../core/message';
import { stepAt, stepName } from '../core/navigate';
import { isAsk } from '../core/scenario';
import { ticketNumber } from '../core/ticket';
import { answeredForget, askToForget, exportMe } from './about-me';
import { afterAws, sentToAws, tellAwsText } from './aws-support';
import type { Draft } from './draft';
import { personFor } from './hand-over';
import { button, line, questionWording, showStep } from './wording';

/** Shows what stood there before, also where it was no step. */
export function showAgain(draft: Draft, before: Conversation): void {
  const { awaiting } = before;
  if (awaiting.kind === 'nothing' && draft.ticket) draft.alreadyAsked(draft.ticket, null);
  else if (awaiting.kind === 'confirm-person') draft.offerPerson(awaiting.role);
  else if (awaiting.kind === 'confirm-second') draft.offerSecond();
  else if (awaiting.kind === 'confirm-forget') askToForget(draft);
  else if (awaiting.kind === 'clarify' && before.buttons.length > 0 && !before.position)
    draft.clarify(awaiting.intents);
  else draft.show();
}

/** Carries out an action id, pressed or typed. */
export function act(draft: Draft, id: string, before: Conversation): void {
  const { conversation, content } = draft;
  const { awaiting } = before;
  switch (id) {
    case 'hello':
    case 'first_contact':
      draft.reset(true);
      draft.menu('greeting');
      return;
    case 'help':
      draft.menu('help');
      return;
    case 'start_over':
      startOver(draft);
      return;
    case 'cancel':
      cancel(draft);
      return;
    case 'back':
      if (!draft.back()) {
        draft.say('nothing-to-go-back-to');
        draft.show();
      }
      return;
    case 'next':
      if (conversation.position ? !draft.nextPage() : false) notHelped(draft);
      else if (!conversation.position) draft.menu('help', conversation.page + 1);
      return;
    case 'person':
      if (draft.ticket) draft.alreadyAsked(draft.ticket, null);
      else draft.offerPerson(personFor(draft.content, draft.conversation));
      return;
    case 'ask_admin':
      askPerson(draft, before);
      return;
    case 'solved':
      solved(draft);
      return;
    case 'not_solved':
      notHelped(draft);
      return;
    case 'why':
      why(draft, before);
      return;
    case 'aws_text':
      tellAwsText(draft);
      return;
    case 'aws_sent':
      sentToAws(draft);
      return;
    case 'forget_me':
      askToForget(draft);
      return;
    case 'export_me':
      exportMe(draft, before);
      return;
  }
  if (id.startsWith('topic:') && content.byIntent.has(id.slice('topic:'.length))) {
    draft.begin(id.slice('topic:'.length));
    return;
  }
  if (!id.startsWith('choose:')) {
    draft.say('stale-button');
    showAgain(draft, before);
    return;
  }
  chosen(draft, id.slice('choose:'.length), before, awaiting);
}

function askPerson(draft: Draft, before: Conversation): void {
  const { conversation, content } = draft;
  if (draft.ticket) return draft.alreadyAsked(draft.ticket, null);
  if (before.awaiting.kind === 'confirm-person') {
    draft.handOver(before.awaiting.role);
    return;
  }
  const { step } = conversation.position ? stepAt(content, conversation.position) : { step: null };
  if (step && !isAsk(step) && step.offer && isPerson(step.offer)) draft.handOver(step.offer);
  else draft.offerPerson(personFor(draft.content, draft.conversation));
}

/** Forgets the problem, but not the people who were asked: an open request is named, so that nobody thinks it is gone. */
function startOver(draft: Draft): void {
  draft.reset(true);
  draft.menu('started-over');
  const ticket = draft.ticket ?? draft.awsCase;
  if (ticket)
    draft.replies
      .at(-1)!
      .say.push(line(draft.content.phrases.say['ticket-stays'], { ticket: ticketNumber(ticket.id) }));
}

function cancel(draft: Draft): void {
  const { content } = draft;
  const ticket = draft.ticket ?? draft.awsCase;
  draft.reset(true);
  if (ticket) draft.takeBack(ticket);
  else draft.say('cancelled', {}, [button(content, 'start_over'), button(content, 'person')]);
}

function solved(draft: Draft): void {
  const { content, conversation } = draft;
  const ticket = draft.ticket ?? draft.awsCase;
  draft.markTrail('solved');
  if (!ticket && isOwnDoing(draft)) draft.notes.outcome = 'solved';
  // Where we were stays known, in case it turns out that it did not work after all.
  const { position, slots, trail } = conversation;
  draft.reset(false);
  conversation.resolved = null;
  if (position) conversation.earlier = [structuredClone({ position, slots, trail })];
  if (ticket) draft.noLongerNeeded(ticket);
  else draft.say('solved', {}, [button(content, 'start_over')]);
  draft.offerSecond();
}

/** The person says so about a problem on the table, and nobody else has solved that one. */
function isOwnDoing({ conversation: { position, resolved }, content }: Draft): boolean {
  return position !== null && resolved?.intent !== content.byName.get(position.scenario)?.intent;
}

/** "That did not help": on along the path, or to a person; never to nothing. */
function notHelped(draft: Draft): void {
  const { conversation, content } = draft;
  if (draft.ticket) return draft.alreadyAsked(draft.ticket, null);
  if (draft.awsCase) return afterAws(draft);
  if (!conversation.position) {
    if (!draft.back()) draft.menu('pick');
    return;
  }
  const { step } = stepAt(content, conversation.position);
  if (isAsk(step)) {
    // "Still stuck" is no answer to a question; said twice, it asks for somebody.
    conversation.misses += 1;
    if (conversation.misses >= 2) draft.offerPerson(personFor(content, conversation));
    else draft.show();
    return;
  }
  noteNotHelped(draft);
  draft.markTrail('not_solved');
  if (step.then !== undefined) draft.goTo(step.then);
  else draft.offerPerson(personFor(draft.content, draft.conversation));
}

/** The first thing that did not help says most about whether the problem was understood; what follows repeats it. */
function noteNotHelped({ conversation: { trail, words, position }, notes }: Draft): void {
  notes.outcome = 'not_solved';
  const text = impersonal(words.at(-1) ?? '');
  if (text === '' || trail.some(({ outcome }) => outcome === 'not_solved')) return;
  notes.missed = { text, reason: 'not_solved', step: position && stepName(position), candidates: [] };
}

function why(draft: Draft, before: Conversation): void {
  const { content, conversation } = draft;
  const { position } = conversation;
  if (!position) {
    draft.say('why-nothing');
    showAgain(draft, before);
    return;
  }
  const { scenario, step } = stepAt(content, position);
  const { reply } = showStep(content, position, conversation.page, draft.facts);
  // A step for several kinds of user names several rules; the first stands for them, all of them would only confuse.
  const rules = isAsk(step) ? [] : [content.rules.get([step.rule].flat()[0]!)!];
  const reasons: Line[] = isAsk(step)
    ? [line(questionWording(content, scenario, step.ask).why ?? content.phrases.say['why-nothing'])]
    : scenario.wording.steps[position.step]?.why !== undefined
      ? [line(scenario.wording.steps[position.step]!.why!)]
      : rules.map((rule) => line(rule.reason));
  const sources = rules.map((rule) => ({ label: content.phrases.rule_source, url: rule.source }));
  draft.replies.push({
    name: 'phrases/why',
    say: reasons,
    buttons: before.buttons.length ? before.buttons : reply.buttons,
    links: sources,
  });
}

/** "No" to "shall I ask them?": back to the step; but if that has failed already, there is nothing to repeat. */
function declined(draft: Draft): void {
  const { conversation, content } = draft;
  if (conversation.position && conversation.trail.at(-1)?.outcome !== 'not_solved') return draft.show();
  conversation.awaiting = { kind: 'nothing' };
  draft.say('not-sent', {}, [button(content, 'person'), button(content, 'start_over')]);
}

function chosen(draft: Draft, value: string, before: Conversation, awaiting: Conversation['awaiting']): void {
  const { conversation, content } = draft;
  if (value === 'something_else') {
    draft.menu('pick');
    return;
  }
  if (awaiting.kind === 'confirm-second') {
    const { second } = conversation;
    conversation.second = null;
    if (value === 'yes' && second) {
      draft.reset(false);
      draft.learn(second.slots);
      draft.remember(second.text);
      draft.begin(second.intent, second.slots);
    } else {
      conversation.awaiting = { kind: 'nothing' };
      draft.say('second-problem-dropped', {}, [button(content, 'start_over'), button(content, 'person')]);
    }
    return;
  }
  if (awaiting.kind === 'confirm-forget') {
    answeredForget(draft, value);
    return;
  }
  if (awaiting.kind === 'confirm-person') {
    if (value === 'yes') askPerson(draft, before);
    else declined(draft);
    return;
  }
  if (awaiting.kind === 'clarify') {
    if (content.byIntent.has(value)) draft.begin(value);
    else draft.menu('menu');
    return;
  }
  const { position } = conversation;
  if (!position) {
    draft.menu('menu');
    return;
  }
  const { step } = stepAt(content, position);
  const target = isAsk(step) ? step.answers[value] : step.choices[value];
  if (target === undefined) {
    draft.say('stale-button');
    draft.show();
    return;
  }
  draft.goTo(target, isAsk(step) ? { [step.ask]: value } : {});
}

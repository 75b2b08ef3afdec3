import type { ButtonId } from '../core/content';
import type { Conversation } from '../core/conversation';
import { isPerson } from '../core/escalation';
import { type Line, ticketTextLimit } from '../core/message';
import { stepAt } from '../core/navigate';
import { isAsk } from '../core/scenario';
import type { SecretKind } from '../core/secrets';
import { isClosed } from '../core/ticket';
import type { Understanding } from '../core/understanding';
import { Draft, type Outcome, type Situation } from './draft';
import { onOffer, saidAnswer, simplify, slotsOf, typedButton, typedChoice } from './typed';
import { button, line, questionWording, showStep } from './wording';

export type TurnInput =
  | { kind: 'text'; text: string; secrets: readonly SecretKind[] }
  | { kind: 'press'; press: string; turn?: number | undefined }
  | { kind: 'file' };

/** After this long without a word, the bot says where things stand before it goes on. */
const longSilence = 4 * 60 * 60 * 1000;
/** More of a message than this is not read. */
export const longestText = 4000;

/**
 * One turn of the dialogue: what the bot answers and what changes. Pure: the same input gives the same outcome, and
 * nothing is stored or sent from here.
 */
export function respond(situation: Situation, before: Conversation, input: TurnInput): Outcome {
  const draft = new Draft(situation, before);
  if (situation.ticket && isClosed(situation.ticket.state)) draft.conversation.ticket = null;
  if (input.kind === 'file') {
    draft.say('file-not-read');
    draft.show();
  } else if (input.kind === 'press') {
    pressed(draft, input.press, input.turn, before);
  } else {
    said(draft, input.text, input.secrets, before);
  }
  return draft.outcome();
}

function pressed(draft: Draft, press: string, turn: number | undefined, before: Conversation): void {
  const everywhere = ['hello', 'person', 'start_over', 'back', 'help', 'cancel'];
  const stale = turn !== undefined && turn !== before.turn;
  if (stale || (!onOffer(before, press) && !everywhere.includes(press))) {
    draft.say('stale-button');
    showAgain(draft, before);
    return;
  }
  act(draft, press, before);
}

/** Shows what stood there before, also where it was no step. */
function showAgain(draft: Draft, before: Conversation): void {
  const { awaiting } = before;
  if (awaiting.kind === 'confirm-person') draft.offerPerson(awaiting.role);
  else if (awaiting.kind === 'confirm-second') draft.offerSecond();
  else if (awaiting.kind === 'clarify' && before.buttons.length > 0 && !before.position) draft.clarify(awaiting.intents);
  else draft.show();
}

/** Carries out an action id, pressed or typed. */
function act(draft: Draft, id: string, before: Conversation): void {
  const { conversation, content, situation } = draft;
  const { awaiting } = before;
  const openTicket = situation.ticket && !isClosed(situation.ticket.state) ? situation.ticket : null;
  switch (id) {
    case 'hello':
      draft.reset(true);
      draft.menu('greeting');
      return;
    case 'help':
      draft.menu('help');
      return;
    case 'start_over':
      draft.reset(true);
      draft.menu('started-over');
      return;
    case 'cancel':
      draft.reset(true);
      if (openTicket) {
        draft.change = { action: 'cancelled', text: null };
        conversation.ticket = null;
        draft.say('ticket-cancelled', { ticket: `D-${openTicket.id}` }, [button(content, 'start_over')]);
      } else draft.say('cancelled', {}, [button(content, 'start_over'), button(content, 'person')]);
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
      draft.offerPerson(draft.person());
      return;
    case 'ask_admin':
      askPerson(draft, before);
      return;
    case 'solved':
      solved(draft, openTicket?.id ?? null);
      return;
    case 'not_solved':
      notHelped(draft);
      return;
    case 'why':
      why(draft, before);
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
  const { conversation, situation, content } = draft;
  if (situation.ticket && !isClosed(situation.ticket.state)) {
    draft.say('already-handed-over', { ticket: `D-${situation.ticket.id}`, who: content.phrases.roles[situation.ticket.role].who }, [button(content, 'solved'), button(content, 'start_over')]);
    return;
  }
  if (before.awaiting.kind === 'confirm-person') {
    draft.handOver(before.awaiting.role);
    return;
  }
  const { step } = conversation.position ? stepAt(content, conversation.position) : { step: null };
  if (step && !isAsk(step) && step.offer && isPerson(step.offer)) draft.handOver(step.offer);
  else draft.offerPerson(draft.person());
}

function solved(draft: Draft, openTicket: number | null): void {
  const { conversation } = draft;
  draft.markTrail('solved');
  if (openTicket !== null) {
    draft.change = { action: 'cancelled', text: null };
    conversation.ticket = null;
    draft.say('ticket-cancelled', { ticket: `D-${openTicket}` });
  }
  draft.reset(false);
  draft.say('solved', {}, [button(draft.content, 'start_over')]);
  draft.offerSecond();
}

/** "That did not help": on along the path, or to a person; never to nothing. */
function notHelped(draft: Draft): void {
  const { conversation, content, situation } = draft;
  if (situation.ticket && !isClosed(situation.ticket.state)) {
    draft.say('already-handed-over', { ticket: `D-${situation.ticket.id}`, who: content.phrases.roles[situation.ticket.role].who }, [button(content, 'solved'), button(content, 'start_over')]);
    return;
  }
  if (!conversation.position) {
    draft.menu('menu');
    return;
  }
  const { step } = stepAt(content, conversation.position);
  if (isAsk(step)) {
    draft.show();
    return;
  }
  draft.markTrail('not_solved');
  if (step.then !== undefined) draft.goTo(step.then);
  else draft.offerPerson(draft.person());
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
  const rules = isAsk(step) ? [] : [step.rule].flat().map((id) => content.rules.get(id)!);
  const reasons: Line[] = isAsk(step)
    ? [line(questionWording(content, scenario, step.ask).why ?? content.phrases.say['why-nothing'])]
    : scenario.wording.steps[position.step]?.why !== undefined
      ? [line(scenario.wording.steps[position.step]!.why!)]
      : rules.map((rule) => line(rule.reason));
  const sources = rules.map((rule) => ({ label: `Rule: ${rule.id}`, url: rule.source }));
  draft.replies.push({ name: 'phrases/why', say: reasons, buttons: before.buttons.length ? before.buttons : reply.buttons, links: sources });
}

function chosen(draft: Draft, value: string, before: Conversation, awaiting: Conversation['awaiting']): void {
  const { conversation, content } = draft;
  if (value === 'something_else') {
    draft.menu('menu');
    return;
  }
  if (awaiting.kind === 'confirm-second') {
    const { second } = conversation;
    conversation.second = null;
    if (value === 'yes' && second) {
      draft.reset(false);
      draft.learn(second.slots);
      draft.remember(second.text);
      draft.begin(second.intent);
    } else draft.say('second-problem-dropped', {}, [button(content, 'start_over')]);
    return;
  }
  if (awaiting.kind === 'confirm-person') {
    if (value === 'yes') askPerson(draft, before);
    else draft.show();
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
  if (isAsk(step)) draft.learn({ [step.ask]: value });
  draft.goTo(target);
}

function said(draft: Draft, text: string, secrets: readonly SecretKind[], before: Conversation): void {
  const { conversation } = draft;
  if (secrets.length > 0) {
    const wordings = secrets.map((kind) => draft.content.phrases.secrets[kind]);
    draft.say('secret-seen', { what: wordings.map(({ what }) => what).join(' and ') });
    draft.replies[0]!.say.push(...wordings.map(({ advice }) => line(advice)));
  }
  // What was taken out would only confuse the classifier.
  const words = text.replace(/\[removed: [a-z-]+\]/g, ' ').trim();
  if (simplify(words) === '') {
    if (secrets.length === 0) draft.say('empty');
    showAgain(draft, before);
    return;
  }
  if (words.length > longestText) draft.say('too-long');
  const returning = conversation.position && before.lastAt > 0 && draft.situation.now - before.lastAt > longSilence;
  if (returning) {
    const title = draft.content.byName.get(conversation.position!.scenario)!.wording.title;
    draft.say('welcome-back', { title });
  }
  route(draft, words.slice(0, longestText), before);
}

const commands: readonly ButtonId[] = ['start_over', 'person', 'back'];

/** In order: fixed commands, words for a person who already talks with us, an answer that is awaited, the classifier. */
function route(draft: Draft, text: string, before: Conversation): void {
  const { content, conversation, situation } = draft;
  const { phrases } = content;
  const command = typedButton(phrases, text, commands);
  if (command) return act(draft, command, before);
  if (simplify(text) === 'why' || simplify(text) === 'but why') return act(draft, 'why', before);

  const understanding = situation.understander.understand(text);
  const openTicket = situation.ticket && !isClosed(situation.ticket.state) ? situation.ticket : null;
  if (openTicket && openTicket.state !== 'open' && !isCommandAct(understanding)) {
    draft.change = { action: 'user_message', text: text.slice(0, ticketTextLimit) };
    if (openTicket.state === 'waiting_for_user') return;
    draft.say('relayed', { admin: openTicket.claimedBy ?? content.phrases.roles[openTicket.role].who });
    return;
  }

  const corrected = situation.understander.correct(text);
  const answered = awaitedAnswer(draft, text, corrected, understanding, before);
  if (answered) return act(draft, answered, before);

  if (understanding.language !== 'en') return otherLanguage(draft, understanding.language);
  // "no, I'm an IAM user" is a correction, whatever else its "no" might mean.
  if (namesOtherType(understanding, before) && understanding.intent.startsWith('act.') && correction(draft, understanding, text, before)) return;
  if (understanding.intent.startsWith('act.') && understanding.decision === 'answer') {
    return dialogueAct(draft, understanding.intent.slice(4), text, before);
  }
  if (openTicket && (understanding.decision !== 'answer' || understanding.intent === openTicket.details.intent)) {
    draft.change = { action: 'user_message', text: text.slice(0, ticketTextLimit) };
    draft.say('already-handed-over', { ticket: `D-${openTicket.id}`, who: phrases.roles[openTicket.role].who }, [button(content, 'solved'), button(content, 'start_over')]);
    return;
  }
  draft.remember(text);
  if (!correction(draft, understanding, text, before)) problem(draft, understanding, text);
  if (conversation.second === null && understanding.also) {
    conversation.second = { text: understanding.also.text, intent: understanding.also.intent, slots: slotsOf(understanding.also.entities) };
  }
}

const isCommandAct = (understanding: Understanding): boolean =>
  understanding.decision === 'answer' && ['act.start_over', 'act.cancel', 'act.solved'].includes(understanding.intent);

/** An answer to what was asked last, as an action id; null if the text is none. */
function awaitedAnswer(draft: Draft, text: string, corrected: string, understanding: Understanding, before: Conversation): string | null {
  const { content } = draft;
  const { phrases } = content;
  const { awaiting } = before;
  if (awaiting.kind === 'nothing') return before.buttons.length && onOffer(before, 'solved') ? typedButton(phrases, text, ['solved']) : null;
  const choiceTyped = typedChoice(content, before, text, corrected, understanding.entities);
  const saysMore = namesOtherType(understanding, before);
  if (choiceTyped && !(saysMore && awaiting.kind !== 'answer')) return choiceTyped;
  switch (awaiting.kind) {
    case 'outcome': {
      if (saysMore) return null;
      const typed = typedButton(phrases, text, ['solved', 'not_solved', 'ask_admin', 'next']) ?? typedButton(phrases, corrected, ['solved', 'not_solved', 'ask_admin', 'next']);
      if (typed === 'ask_admin' && !onOffer(before, 'ask_admin')) return 'person';
      if (typed === 'next' && !onOffer(before, 'next')) return 'not_solved';
      return typed ?? leadingYesOrNo(draft, text, understanding);
    }
    case 'confirm-person':
    case 'confirm-second':
    case 'clarify': {
      const typed = typedButton(phrases, text, ['ask_admin', 'yes', 'no', 'something_else', 'next']);
      if (typed === 'next') return onOffer(before, 'next') ? 'next' : null;
      if (awaiting.kind === 'confirm-person') return typed === 'yes' || typed === 'ask_admin' ? 'ask_admin' : typed === 'no' ? 'choose:no' : null;
      if (awaiting.kind === 'confirm-second') return typed === 'yes' || typed === 'no' ? `choose:${typed}` : null;
      return typed === 'no' || typed === 'something_else' ? 'choose:something_else' : null;
    }
    case 'answer':
      return goChoice(draft, understanding);
  }
}

/** The words name another kind of user than the one we believed in. */
const namesOtherType = ({ entities }: Understanding, before: Conversation): boolean =>
  entities.account_type !== undefined && before.slots.account_type !== undefined && entities.account_type !== before.slots.account_type;

/** "no that did not work either, same message": begins with a no, and is about nothing else. */
function leadingYesOrNo(draft: Draft, text: string, understanding: Understanding): string | null {
  const elsewhere = understanding.decision === 'answer' && !understanding.intent.startsWith('act.') && understanding.intent !== currentIntent(draft);
  if (elsewhere) return null;
  const first = simplify(text).split(' ')[0] ?? '';
  if (['no', 'nope', 'nah', 'still', 'nothing', 'neither'].includes(first)) return 'not_solved';
  if (['yes', 'yep', 'yeah', 'yup'].includes(first) && simplify(text).split(' ').length <= 4) return 'solved';
  return null;
}

/** An answer that hands over to the scenario the words are about: "my password is refused" chooses that answer. */
function goChoice(draft: Draft, understanding: Understanding): string | null {
  const { position } = draft.conversation;
  if (!position || understanding.decision === 'not_understood') return null;
  const { step } = stepAt(draft.content, position);
  if (!isAsk(step)) return null;
  const found = Object.entries(step.answers).filter(([, target]) => typeof target === 'object' && 'go' in target && target.go === understanding.intent);
  return found.length === 1 ? `choose:${found[0]![0]}` : null;
}

const currentIntent = (draft: Draft): string | undefined =>
  draft.conversation.position ? draft.content.byName.get(draft.conversation.position.scenario)?.intent : undefined;

function otherLanguage(draft: Draft, language: string): void {
  const known = draft.content.languages.get(language);
  if (!known) return notUnderstood(draft);
  draft.menu('menu');
  const reply = draft.replies[draft.replies.length - 1]!;
  reply.name = `phrases/language-${language}`;
  reply.say = [line(known.line)];
}

function dialogueAct(draft: Draft, kind: string, text: string, before: Conversation): void {
  const { content, conversation } = draft;
  const { awaiting } = before;
  const asYes = awaiting.kind === 'confirm-person' ? 'ask_admin' : awaiting.kind === 'confirm-second' ? 'choose:yes' : awaiting.kind === 'outcome' ? 'solved' : null;
  const asNo = awaiting.kind === 'confirm-person' || awaiting.kind === 'confirm-second' ? 'choose:no' : awaiting.kind === 'clarify' ? 'choose:something_else' : awaiting.kind === 'outcome' ? 'not_solved' : null;
  switch (kind) {
    case 'greeting':
      if (!conversation.position) return draft.menu('greeting');
      draft.say('welcome-back', { title: content.byName.get(conversation.position.scenario)!.wording.title });
      return showAgain(draft, before);
    case 'help':
      return conversation.position ? showAgain(draft, before) : draft.menu('help');
    case 'thanks':
      return draft.say('thanks', {}, before.buttons);
    case 'goodbye':
      return draft.say('goodbye', {}, before.buttons);
    case 'about_me':
      return aboutMe(draft, before);
    case 'start_over':
    case 'person':
    case 'back':
    case 'cancel':
    case 'why':
      return act(draft, kind, before);
    case 'next':
      return act(draft, awaiting.kind === 'outcome' && !onOffer(before, 'next') ? 'not_solved' : 'next', before);
    case 'repeat':
      return showAgain(draft, before);
    case 'yes':
      return asYes ? act(draft, asYes, before) : notUnderstood(draft);
    case 'no':
      return asNo ? act(draft, asNo, before) : notUnderstood(draft);
    case 'solved':
      return conversation.position || conversation.ticket !== null ? act(draft, 'solved', before) : draft.say('thanks');
    case 'still_stuck':
      return act(draft, 'not_solved', before);
    default:
      draft.remember(text);
      return notUnderstood(draft);
  }
}

function aboutMe(draft: Draft, before: Conversation): void {
  const { conversation, situation, content } = draft;
  const type = conversation.slots.account_type as keyof typeof content.phrases.account_types | undefined;
  const facts = [
    `Your name as this chat shows it: ${situation.person.name}.`,
    ...(type && content.phrases.account_types[type] ? [`Kind of user: ${content.phrases.account_types[type]}.`] : []),
    ...(conversation.slots.account_id ? [`AWS account: ${conversation.slots.account_id}.`] : []),
    ...(conversation.words.length ? [`Your words about the current problem (${conversation.words.length}), secrets removed.`] : []),
    ...(conversation.ticket !== null ? [`One open request: D-${conversation.ticket}.`] : []),
    'I keep no passwords and no codes. “Start over” makes me forget the current problem.',
  ];
  draft.say('about-me', { facts: facts.join(' ') }, before.buttons);
}

/** New facts that change the path: a corrected account type, or an answer to the open question. True if it led somewhere. */
function correction(draft: Draft, understanding: Understanding, text: string, before: Conversation): boolean {
  const { conversation, content } = draft;
  const found = slotsOf(understanding.entities);
  const current = currentIntent(draft);
  const typeBefore = before.slots.account_type;
  const typeNow = found.account_type;
  const elsewhere =
    understanding.decision === 'answer' && understanding.intent !== current && !understanding.intent.startsWith('act.') && !(typeNow && namesOnlyType(text));
  draft.learn(found);
  if (!current || elsewhere) return false;
  if (typeNow && typeBefore && typeBefore !== typeNow && typeNow in content.phrases.account_types) {
    draft.say('type-corrected', { type: content.phrases.account_types[typeNow as keyof typeof content.phrases.account_types] });
    draft.reconsider();
    return true;
  }
  if (typeNow && !typeBefore && conversation.trail.length === 0 && !draft.goOn()) draft.reconsider();
  else if (!typeNow || typeBefore === typeNow) return draft.goOn();
  return true;
}

const typeWords = new Set(
  'no nope not actually sorry wait oh i im am id meant mean it its is was a an the my me as sign in signin login log on user users account accounts kind type iam aim root owner sso identity center centre federated saml portal company correction rather really think just'.split(' '),
);

/** "no, I'm an IAM user": nothing but which kind of user they are, so it is no new problem. */
const namesOnlyType = (text: string): boolean => simplify(text).split(' ').every((word) => typeWords.has(word));

function problem(draft: Draft, understanding: Understanding, text: string): void {
  const { conversation, content } = draft;
  const current = currentIntent(draft);
  // Inside a scenario, words about contact mean "get me somebody", unless AWS Support itself is named.
  if (current && understanding.decision === 'answer' && understanding.intent === 'support.contact' && current !== 'support.contact' && !/\b(?:aws|amazon)\b.*\bsupport\b/i.test(text)) {
    return draft.offerPerson(draft.person());
  }
  if (understanding.decision === 'answer' && content.byIntent.has(understanding.intent)) {
    if (understanding.intent === current) {
      conversation.misses = 0;
      return draft.show();
    }
    if (current && conversation.position) {
      const left = content.byName.get(conversation.position.scenario)!;
      draft.say('switched', { title: content.byIntent.get(understanding.intent)!.wording.title });
      conversation.second ??= { text: left.wording.title, intent: left.intent, slots: {} };
      if (conversation.second.intent === understanding.intent) conversation.second = null;
    }
    draft.begin(understanding.intent);
    return answerFromWords(draft, text);
  }
  if (understanding.decision === 'clarify') {
    const intents = understanding.alternatives.map(({ intent }) => intent).filter((intent) => content.byIntent.has(intent)).slice(0, 3);
    if (current && intents.includes(current)) return notUnderstood(draft);
    if (intents.length > 0) {
      conversation.misses = 0;
      return draft.clarify(intents);
    }
  }
  notUnderstood(draft);
}

/** The first question of a scenario is not asked if the person's own words hold its answer. */
function answerFromWords(draft: Draft, text: string): void {
  const { position, awaiting } = draft.conversation;
  if (!position || awaiting.kind !== 'answer') return;
  const { scenario, step } = stepAt(draft.content, position);
  if (!isAsk(step)) return;
  const value = saidAnswer(questionWording(draft.content, scenario, step.ask), Object.keys(step.answers), text);
  if (value === null) return;
  draft.replies.pop();
  draft.learn({ [step.ask]: value });
  draft.goTo(step.answers[value]!);
}

/** Once: asks to say it another way. Twice in a row: the topics, and a person. */
function notUnderstood(draft: Draft): void {
  const { conversation } = draft;
  conversation.misses += 1;
  if (conversation.misses >= 2) {
    const { misses } = conversation;
    draft.menu('menu');
    conversation.misses = misses;
    return;
  }
  if (!conversation.position) {
    draft.menu('not-understood');
    return;
  }
  draft.say('not-understood');
  draft.show();
}

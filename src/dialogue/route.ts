import type { ButtonId, Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import { impersonal } from '../core/impersonal';
import { stepAt, stepName } from '../core/navigate';
import { isAsk } from '../core/scenario';
import type { Understanding } from '../core/understanding';
import { aboutMe, askToForget, exportMe, wantsExport, wantsToBeForgotten } from './about-me';
import { act, showAgain } from './act';
import { awaitedAnswer, currentIntent, namesOtherType } from './awaited';
import { noteForAws } from './aws-support';
import { deskCommand } from './desk-commands';
import type { Draft } from './draft';
import { personFor } from './hand-over';
import { asksForNews } from './news-words';
import { askedMeaning, holds, onOffer, saidAnswer, simplify, slotsOf, typedButton } from './typed';
import { line, questionWording } from './wording';

/** So sure must we be that words are a new problem while another one is on the table. */
const surelyAnother = 0.75;

/** More of a message than this teaches nothing. */
const longestMissed = 600;

const commands: readonly ButtonId[] = ['start_over', 'person', 'back'];

/** In order: fixed commands, words for a person who already talks with us, an answer that is awaited, the classifier. */
export function route(draft: Draft, text: string, before: Conversation): void {
  const { conversation, situation } = draft;
  const { phrases } = draft.content;
  const command = typedButton(phrases, text, commands);
  if (command) return act(draft, command, before);
  const aboutTheirData = typedButton(phrases, text, ['forget_me', 'export_me']);
  if (aboutTheirData) return act(draft, aboutTheirData, before);
  if (conversation.position && holds(phrases, text, 'person')) return act(draft, 'person', before);
  const asksSomebody = typedButton(phrases, text, ['ask_admin']) && !typedButton(phrases, text, ['yes']);
  if (asksSomebody && !onOffer(before, 'ask_admin')) return act(draft, 'person', before);
  if (simplify(text) === 'why' || simplify(text) === 'but why') return act(draft, 'why', before);

  if (asksForNews(text) || deskCommand(text)?.kind === 'ticket') return draft.status(text);

  const asked = askedMeaning(text);
  const entry = asked === null ? undefined : phrases.glossary.find(({ terms }) => terms.includes(asked));
  if (entry) return explain(draft, entry, before);

  const understanding = situation.understander.understand(text);
  draft.notes.decision = understanding.decision;
  const { talkingTo } = draft;
  if (talkingTo && !isCommandAct(understanding)) {
    draft.addToTicket(talkingTo, text);
    // Two people talk: the bot is silent, but for saying that the first words are passed on.
    if (talkingTo.state !== 'waiting_for_user')
      draft.say('relayed', { admin: talkingTo.claimedBy ?? phrases.roles[talkingTo.role].who });
    return;
  }

  const corrected = situation.understander.correct(text);
  const answered = awaitedAnswer(draft, text, corrected, understanding, before);
  if (answered) return act(draft, answered, before);

  if (understanding.language !== 'en') return otherLanguage(draft, understanding.language);
  // "no, I'm an IAM user" is a correction, whatever else its "no" might mean.
  if (
    namesOtherType(understanding, before) &&
    understanding.intent.startsWith('act.') &&
    correction(draft, understanding, text, before)
  )
    return;
  // A bare "yes" or "no" to nothing asked is meant for whoever has the request.
  if (draft.ticket && before.awaiting.kind === 'nothing' && ['act.yes', 'act.no'].includes(understanding.intent)) {
    return draft.alreadyAsked(draft.ticket, text);
  }
  if (understanding.intent.startsWith('act.') && understanding.decision === 'answer') {
    dialogueAct(draft, understanding.intent.slice(4), text, before);
    return noteMissed(draft, text, understanding, before);
  }
  const { ticket } = draft;
  if (ticket && (understanding.decision !== 'answer' || understanding.intent === ticket.details.intent)) {
    return draft.alreadyAsked(ticket, text);
  }
  const { awsCase } = draft;
  const isAboutAws = understanding.decision !== 'answer' || understanding.intent === awsCase?.details.intent;
  if (awsCase && before.awaiting.kind === 'nothing' && isAboutAws) return noteForAws(draft, awsCase, text);
  draft.remember(text);
  if (!correction(draft, understanding, text, before)) problem(draft, understanding, text);
  noteMissed(draft, text, understanding, before);
  if (conversation.second === null && understanding.also) {
    conversation.second = {
      text: understanding.also.text,
      intent: understanding.also.intent,
      slots: slotsOf(understanding.also.entities),
    };
  }
}

/** Words that came to nothing are kept for whoever teaches the bot. */
function noteMissed(draft: Draft, text: string, { alternatives }: Understanding, { position }: Conversation): void {
  const words = impersonal(text);
  if (draft.notes.outcome !== 'not_understood' || words === '') return;
  const step = position && stepName(position);
  draft.notes.missed = {
    text: words.slice(0, longestMissed),
    reason: 'not_understood',
    step,
    candidates: alternatives,
  };
}

const isCommandAct = (understanding: Understanding): boolean =>
  understanding.decision === 'answer' && ['act.start_over', 'act.cancel', 'act.solved'].includes(understanding.intent);

/** Says what a word means, and goes on where the person was. */
function explain(draft: Draft, { means, link }: Content['phrases']['glossary'][number], before: Conversation): void {
  const source = draft.content.links.get(link);
  draft.say('meaning', { means }, before.buttons);
  if (source) draft.replies.at(-1)!.links = [{ label: source.label, url: source.url }];
  if (before.position && before.awaiting.kind !== 'nothing') showAgain(draft, before);
}

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
  const asYes =
    awaiting.kind === 'confirm-person'
      ? 'ask_admin'
      : awaiting.kind === 'confirm-second' || awaiting.kind === 'confirm-forget'
        ? 'choose:yes'
        : awaiting.kind === 'outcome'
          ? onOffer(before, 'ask_admin')
            ? 'ask_admin'
            : 'solved'
          : null;
  const asNo =
    awaiting.kind === 'confirm-person' || awaiting.kind === 'confirm-second' || awaiting.kind === 'confirm-forget'
      ? 'choose:no'
      : awaiting.kind === 'clarify'
        ? 'choose:something_else'
        : awaiting.kind === 'outcome'
          ? 'not_solved'
          : null;
  switch (kind) {
    case 'greeting':
      if (draft.ticket) return draft.alreadyAsked(draft.ticket, text);
      if (!conversation.position) return draft.menu('greeting');
      if (!draft.replies.some((reply) => reply.name === 'phrases/welcome-back'))
        draft.say('welcome-back', { title: content.byName.get(conversation.position.scenario)!.wording.title });
      return showAgain(draft, before);
    case 'help':
      return conversation.position ? showAgain(draft, before) : draft.menu('help');
    case 'thanks':
      return draft.say('thanks', {}, before.buttons);
    case 'goodbye':
      return draft.say('goodbye', {}, before.buttons);
    case 'about_me':
      if (wantsToBeForgotten(text)) return askToForget(draft);
      return wantsExport(text) ? exportMe(draft, before) : aboutMe(draft, before);
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
      return conversation.position || conversation.tickets.length > 0
        ? act(draft, 'solved', before)
        : draft.say('thanks', {}, before.buttons);
    case 'still_stuck':
      return act(draft, 'not_solved', before);
    default:
      draft.remember(text);
      return notUnderstood(draft);
  }
}

/** New facts that change the path: a corrected account type, or an answer to the open question. True if it led somewhere. */
function correction(draft: Draft, understanding: Understanding, text: string, before: Conversation): boolean {
  const { content } = draft;
  const found = slotsOf(understanding.entities);
  const current = currentIntent(draft);
  const typeBefore = before.slots.account_type;
  const typeNow = found.account_type;
  const elsewhere =
    understanding.decision === 'answer' &&
    understanding.intent !== current &&
    !understanding.intent.startsWith('act.') &&
    !(typeNow && namesOnlyType(text));
  draft.learn(found);
  if (!current || elsewhere) return false;
  if (typeNow && typeBefore && typeBefore !== typeNow && typeNow in content.phrases.account_types) {
    draft.say('type-corrected', {
      type: content.phrases.account_types[typeNow as keyof typeof content.phrases.account_types],
    });
    draft.reconsider();
    return true;
  }
  if (draft.goOn()) return true;
  if (!typeNow || typeBefore === typeNow || !namesOnlyType(text)) return false;
  // It changes nothing on this step, but it was heard, and later questions will not ask for it.
  draft.say('type-corrected', {
    type: content.phrases.account_types[typeNow as keyof typeof content.phrases.account_types],
  });
  draft.show();
  return true;
}

const typeWords = new Set(
  'no nope not actually sorry wait oh i im am id meant mean it its is was a an the my me of as sign in signin login log on user users account accounts kind type iam aim root owner sso identity center centre federated saml portal company email mail address login correction rather really think just'.split(
    ' ',
  ),
);

/** "no, I'm an IAM user": nothing but which kind of user they are, so it is no new problem. */
const namesOnlyType = (text: string): boolean =>
  simplify(text)
    .split(' ')
    .every((word) => typeWords.has(word));

function problem(draft: Draft, understanding: Understanding, text: string): void {
  const { conversation, content } = draft;
  const current = currentIntent(draft);
  // Inside a scenario, words about contact mean "get me somebody", unless AWS Support itself is named.
  if (
    current &&
    understanding.decision === 'answer' &&
    understanding.intent === 'support.contact' &&
    current !== 'support.contact' &&
    !/\b(?:aws|amazon)\b.*\bsupport\b/i.test(text)
  ) {
    return draft.offerPerson(personFor(content, conversation));
  }
  if (understanding.decision === 'answer' && content.byIntent.has(understanding.intent)) {
    if (understanding.intent === current) {
      conversation.misses = 0;
      return draft.show();
    }
    if (current && understanding.confidence < surelyAnother) return notUnderstood(draft);
    if (current && conversation.position) {
      const left = content.byName.get(conversation.position.scenario)!;
      draft.say('switched', { title: content.byIntent.get(understanding.intent)!.wording.title });
      conversation.second ??= { text: left.wording.title, intent: left.intent, slots: {} };
      if (conversation.second.intent === understanding.intent) conversation.second = null;
    }
    draft.begin(understanding.intent, slotsOf(understanding.entities));
    return answerFromWords(draft, text);
  }
  if (understanding.decision === 'clarify') {
    const intents = understanding.alternatives
      .map(({ intent }) => intent)
      .filter((intent) => content.byIntent.has(intent))
      .slice(0, 3);
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
  draft.goTo(step.answers[value]!, { [step.ask]: value });
}

/** Once: asks to say it another way. Twice in a row: the topics, and a person. */
function notUnderstood(draft: Draft): void {
  const { conversation } = draft;
  draft.notes.outcome = 'not_understood';
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

import type { Conversation } from '../core/conversation';
import type { SecretKind } from '../core/secrets';
import type { Ticket } from '../core/ticket';
import { act, showAgain } from './act';
import { Draft, type Outcome, type Situation } from './draft';
import { route } from './route';
import { onOffer, simplify, typedButton } from './typed';
import { line } from './wording';

export type TurnInput =
  | { kind: 'text'; text: string; secrets: readonly SecretKind[]; files?: number }
  | { kind: 'press'; press: string; turn?: number | undefined }
  | { kind: 'file'; name: string };

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
  if (input.kind === 'file' && draft.talkingTo) {
    noted(draft, draft.talkingTo, input.name);
  } else if (input.kind === 'file') {
    draft.say('file-not-read');
    draft.show();
  } else if (input.kind === 'press') {
    pressed(draft, input.press, input.turn, before);
  } else {
    // Two people talk: the one who reads it is told that there was a file.
    if (input.files && !draft.talkingTo) draft.say('file-not-read');
    said(draft, input.text, input.secrets, before);
  }
  return draft.outcome();
}

/** A file in the middle of a talk: it does not pass through the bot, but that there was one does. */
function noted(draft: Draft, ticket: Ticket, name: string): void {
  draft.addToTicket(ticket, `(sent a file, which stays in their chat: ${name})`);
  draft.say('file-noted', { admin: ticket.claimedBy ?? draft.content.phrases.roles[ticket.role].who });
}

function pressed(draft: Draft, press: string, turn: number | undefined, before: Conversation): void {
  const everywhere = ['hello', 'first_contact', 'person', 'start_over', 'back', 'help', 'cancel'];
  const isTopic = press.startsWith('topic:');
  const isStale = turn !== undefined && turn !== before.turn && !isTopic;
  if (isStale || (!onOffer(before, press) && !everywhere.includes(press) && !isTopic)) {
    draft.say('stale-button');
    showAgain(draft, before);
    return;
  }
  act(draft, press, before);
}

function said(draft: Draft, text: string, secrets: readonly SecretKind[], before: Conversation): void {
  const { conversation } = draft;
  if (secrets.length > 0) {
    const wordings = secrets.map((kind) => draft.content.phrases.secrets[kind]);
    draft.say('secret-seen', { what: wordings.map(({ what }) => what).join(' and ') });
    draft.replies.at(-1)!.say.push(...wordings.map(({ advice }) => line(advice)));
  }
  // What was taken out would only confuse the classifier.
  const words = text.replace(/\[removed: [a-z-]+\]/g, ' ').trim();
  if (simplify(words) === '') {
    const isEmpty = draft.replies.length === 0;
    if (isEmpty) draft.say('empty', {}, before.buttons);
    if (!isEmpty || before.position) showAgain(draft, before);
    return;
  }
  if (words.length > longestText) draft.say('too-long');
  // Whoever is asked about AWS answers when AWS does.
  const isAsked = draft.awsCase !== null && before.awaiting.kind === 'nothing';
  const returning =
    !isAsked && conversation.position && before.lastAt > 0 && draft.situation.now - before.lastAt > longSilence;
  if (returning) {
    const title = draft.content.byName.get(conversation.position!.scenario)!.wording.title;
    draft.say('welcome-back', { title });
    // A bare yes or no after a day may be meant for something else entirely: show first what it would answer.
    if (typedButton(draft.content.phrases, words, ['yes', 'no'])) return showAgain(draft, before);
  }
  route(draft, words.slice(0, longestText), before);
}

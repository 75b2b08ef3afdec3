import type { Conversation } from '../core/conversation';
import { keptAs } from '../core/retention';
import { isClosed, ticketNumber } from '../core/ticket';
import type { Draft } from './draft';
import { button, line } from './wording';

/** "What do you know about me": what is kept of the person in this chat, how long, and who reads it. */
export function aboutMe(draft: Draft, before: Conversation): void {
  const { conversation, situation, content } = draft;
  const { about_me: wording, account_types: types } = content.phrases;
  const type = conversation.slots.account_type;
  const facts: [keyof typeof wording, string | undefined][] = [
    ['name', situation.person.name],
    ['type', type && type in types ? types[type as keyof typeof types] : undefined],
    ['account', conversation.slots.account_id],
    ['words', conversation.words.length > 0 ? String(conversation.words.length) : undefined],
    ...conversation.tickets.map((id): [keyof typeof wording, string] => ['ticket', ticketNumber(id)]),
    ['kept', ''],
    ['review', ''],
    ['readers', ''],
    ['file', ''],
    ['closing', ''],
  ];
  const times = {
    conversations: inWords(keptAs(situation.organization, 'conversations')),
    requests: inWords(keptAs(situation.organization, 'requests')),
    review: inWords(keptAs(situation.organization, 'review')),
    figures: inWords(keptAs(situation.organization, 'figures')),
  };
  draft.say('about-me', {}, [...otherButtons(before), button(content, 'export_me'), button(content, 'forget_me')]);
  draft.replies
    .at(-1)!
    .say.push(
      ...facts.flatMap(([name, value]) => (value === undefined ? [] : [line(wording[name], { value, ...times })])),
    );
}

const otherButtons = ({ buttons }: Conversation) =>
  buttons.filter(({ id }) => id !== 'forget_me' && id !== 'export_me');

/** "send me my data", not "show my data", which the summary answers. */
export const wantsExport = (text: string): boolean => /\b(export|download|send|give|copy)\b/i.test(text);

/** What it is lies in the store, so the turn puts it before these words. */
export function exportMe(draft: Draft, before: Conversation): void {
  draft.exports = true;
  draft.say('export', {}, [...otherButtons(before), button(draft.content, 'forget_me')]);
}

/** "delete my data", not "what data do you keep". */
export const wantsToBeForgotten = (text: string): boolean => /\b(delete|erase|forget|remove|wipe)\b/i.test(text);

/** `30d` as people say it. */
function inWords(duration: string): string {
  const amount = Number(duration.slice(0, -1));
  const unit = { s: 'second', m: 'minute', h: 'hour', d: 'day' }[duration.at(-1)!]!;
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** Whoever works on an open request has to know whose it is, so that comes first. */
export function askToForget(draft: Draft): void {
  const { content, conversation, situation } = draft;
  const open = situation.tickets.filter(({ state }) => !isClosed(state));
  if (open.length > 0) {
    const numbers = open.map(({ id }) => ticketNumber(id)).join(', ');
    draft.say('forget-open', { ticket: numbers }, [button(content, 'solved'), button(content, 'start_over')]);
    return;
  }
  conversation.awaiting = { kind: 'confirm-forget' };
  draft.say('forget-ask', {}, [
    { id: 'choose:yes', label: content.phrases.buttons.forget_me.label },
    { id: 'choose:no', label: content.phrases.buttons.no.label },
  ]);
}

/** They said yes or no to that. */
export function answeredForget(draft: Draft, value: string): void {
  if (value !== 'yes') {
    draft.say('not-forgotten');
    draft.show();
    return;
  }
  draft.forget = true;
  draft.reset(true);
  draft.say('forgotten', {}, [button(draft.content, 'start_over')]);
}

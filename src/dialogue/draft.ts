import { isAwsForm, isWithAws } from '../core/aws-cases';
import type { Content, PhraseName } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { Role } from '../core/escalation';
import { type Button, type Person, type Reply, ticketTextLimit } from '../core/message';
import { type Arrival, arrive, follow, type Slots, startOf, stepAt, stepName } from '../core/navigate';
import { companyFacts, type Organization } from '../core/organization';
import type { Understander } from '../core/ports';
import { isAsk, type Target } from '../core/scenario';
import { currentTicket } from '../core/situation-summary';
import { isClosed, type Ticket, type TicketDetails, ticketNumber } from '../core/ticket';
import { type TurnNotes, walkBegins } from '../core/turn-facts';
import { tellAwsStatus } from './aws-support';
import { type Escalation, escalationOf } from './hand-over';
import { menuOrder, menuSize } from './start-menu';
import { statusOf } from './ticket-status';
import { button, choice, line, phrase, showStep, type Values, who } from './wording';

/** What a turn may look at. All of it is read before the turn begins; a turn does no I/O. */
export interface Situation {
  content: Content;
  understander: Understander;
  organization: Organization;
  now: number;
  person: Person;
  platform: TicketDetails['platform'];
  /** The tickets this conversation waits for, newest last. */
  tickets: readonly Ticket[];
}

/** What a turn changes. */
export interface Outcome {
  conversation: Conversation;
  replies: Reply[];
  open: Escalation | null;
  change: { ticket: Ticket; action: 'user_message' | 'cancelled'; text: string | null } | null;
  notes: TurnNotes;
  /** Everything that is kept of the person goes, and these replies are all that is left. */
  forget: boolean;
  /** Everything that is kept of the person is to stand before these replies. */
  exports: boolean;
}

const longestBack = 12;

/** One turn in the making: the moves of the dialogue, each leaving the conversation in a state that awaits something. */
export class Draft {
  readonly conversation: Conversation;
  readonly replies: Reply[] = [];
  open: Escalation | null = null;
  change: Outcome['change'] = null;
  forget = false;
  exports = false;
  readonly notes: TurnNotes = { began: null, walked: [], decision: null, outcome: null, missed: null };

  constructor(
    readonly situation: Situation,
    before: Conversation,
  ) {
    // It is stored as JSON anyway, and copied so in half the time `structuredClone` takes.
    const copy = JSON.parse(JSON.stringify(before)) as Conversation;
    this.conversation = { ...copy, turn: before.turn + 1, lastAt: situation.now };
    this.conversation.tickets = before.tickets.filter((id) =>
      situation.tickets.some((ticket) => ticket.id === id && !isClosed(ticket.state)),
    );
    const resolved = situation.tickets.findLast(({ state }) => state === 'resolved');
    if (resolved) this.conversation.resolved = { ticket: resolved.id, intent: resolved.details.intent };
  }

  outcome(): Outcome {
    const last = this.replies[this.replies.length - 1];
    // Whatever was said, there is a way on and a way to a person; with an open request, people are the way.
    const stranded = last?.buttons.length === 0 && this.conversation.tickets.length === 0 && this.open === null;
    if (stranded) last.buttons = [button(this.content, 'start_over'), button(this.content, 'person')];
    if (last) this.conversation.buttons = last.buttons;
    const { conversation, replies, open, change, notes, forget, exports } = this;
    return { conversation, replies, open, change, notes, forget, exports };
  }

  get content(): Content {
    return this.situation.content;
  }

  /** The company's facts this person may hear. */
  get facts(): Values {
    return this.situation.person.member
      ? companyFacts(this.situation.organization, this.situation.now, this.content.supportPlans)
      : {};
  }

  /** The open ticket about the problem on the table; without one on the table, the newest. */
  get ticket(): Ticket | null {
    const withPeople = this.situation.tickets.filter((ticket) => !isWithAws(ticket));
    return currentTicket(this.content, this.conversation, withPeople);
  }

  /** What the person waits for AWS with, by themselves. */
  get awsCase(): Ticket | null {
    return currentTicket(this.content, this.conversation, this.situation.tickets.filter(isWithAws));
  }

  /** An open ticket that somebody works on: the person's words are for them. */
  get talkingTo(): Ticket | null {
    const isTalk = (ticket: Ticket) => !isClosed(ticket.state) && ticket.state !== 'open' && !isWithAws(ticket);
    return this.situation.tickets.findLast(isTalk) ?? null;
  }

  /** Somebody has this request already: nobody is asked twice. What was said joins it; a mere press changes nothing. */
  alreadyAsked(ticket: Ticket, words: string | null): void {
    if (words !== null) this.addToTicket(ticket, words);
    const values = {
      ticket: ticketNumber(ticket.id),
      who: who(this.content, ticket.role),
      admin: ticket.claimedBy ?? '',
    };
    this.say(words === null ? 'already-asked' : 'already-handed-over', values, [
      button(this.content, 'solved'),
      button(this.content, 'start_over'),
    ]);
    // Whoever waits wants to know how long the line is, so the state is part of every such answer.
    const state = this.content.phrases.say[ticket.claimedBy === null ? 'ticket-waits' : 'ticket-taken'];
    this.replies.at(-1)!.say.push(line(state, values));
  }

  /** Where the request stands, and never more than is true. */
  status(asked: string): void {
    // Whoever has it hears that somebody waits.
    if (this.talkingTo) this.addToTicket(this.talkingTo, asked);
    const isOpen = (ticket: Ticket) => !isClosed(ticket.state) && !isWithAws(ticket);
    const ticket = this.ticket ?? this.situation.tickets.findLast(isOpen);
    if (!ticket && this.awsCase) return tellAwsStatus(this, this.awsCase);
    if (!ticket) {
      this.say('status-none', {}, [button(this.content, 'start_over'), button(this.content, 'person')]);
      return;
    }
    const who_ = who(this.content, ticket.role);
    const values = { ticket: ticketNumber(ticket.id), who: who_, admin: ticket.claimedBy ?? who_ };
    this.say(statusOf(ticket), values, [button(this.content, 'solved'), button(this.content, 'start_over')]);
  }

  takeBack(ticket: Ticket): void {
    this.notes.outcome = 'taken_back';
    this.change = { ticket, action: 'cancelled', text: null };
    this.conversation.tickets = this.conversation.tickets.filter((id) => id !== ticket.id);
    this.say('ticket-cancelled', { ticket: ticketNumber(ticket.id) }, [button(this.content, 'start_over')]);
  }

  /** The person got in without the people who were asked. */
  noLongerNeeded(ticket: Ticket): void {
    this.notes.outcome = 'taken_back';
    this.change = { ticket, action: 'cancelled', text: this.content.phrases.solved_alone };
    this.conversation.tickets = this.conversation.tickets.filter((id) => id !== ticket.id);
    const say = isWithAws(ticket) ? 'solved-with-aws' : 'solved-with-ticket';
    this.say(say, { who: who(this.content, ticket.role), ticket: ticketNumber(ticket.id) }, [
      button(this.content, 'start_over'),
    ]);
  }

  addToTicket(ticket: Ticket, text: string): void {
    this.change = { ticket, action: 'user_message', text: text.slice(0, ticketTextLimit) };
  }

  say(name: PhraseName, values: Values = {}, buttons: Button[] = []): void {
    this.replies.push(phrase(this.content, name, values, buttons));
  }

  learn(slots: Slots): void {
    this.conversation.slots = { ...this.conversation.slots, ...slots };
  }

  remember(words: string): void {
    if (words.trim() === '' || this.conversation.words.at(-1) === words) return;
    this.conversation.words = [...this.conversation.words, words.slice(0, 600)].slice(-8);
  }

  /**
   * Begins a scenario with what is known, or returns to where it was left.
   * @param said facts in the words that began it; an error text, say, leads past questions
   */
  begin(intent: string, said: Slots = {}): void {
    const { conversation } = this;
    const start = startOf(this.content, intent);
    const left = conversation.earlier.findLast((place) => place.position.scenario === start.scenario);
    if (left && conversation.position?.scenario !== start.scenario) {
      this.keepPlace();
      conversation.trail = left.trail;
      const here = arrive(this.content, left.position, { ...left.slots, ...conversation.slots, ...said });
      this.move(here);
      return;
    }
    this.keepPlace();
    conversation.trail = [];
    this.notes.began = start.scenario;
    this.move(arrive(this.content, start, { ...aboutPerson(conversation.slots), ...said }), walkBegins);
  }

  /** Follows an answer or a "no" from the current step. "Back" forgets what was learnt by it. */
  goTo(target: Target, learnt: Slots = {}): void {
    const { position, slots } = this.conversation;
    if (!position) return;
    this.keepPlace();
    const arrival = follow(this.content, position, target, { ...slots, ...learnt });
    if (arrival.position.scenario !== position.scenario) this.conversation.trail = [];
    this.move(arrival, stepName(position));
  }

  /** Goes on from the current question if what was learnt answers it. True if that led on. */
  goOn(): boolean {
    const { position, slots } = this.conversation;
    if (!position) return false;
    const arrival = arrive(this.content, position, slots);
    if (stepName(arrival.position) === stepName(position)) return false;
    this.keepPlace();
    this.move(arrival);
    return true;
  }

  /** Starts the current scenario anew, because something known turned out otherwise. */
  reconsider(): void {
    const { position } = this.conversation;
    if (!position) return;
    this.keepPlace();
    const scenario = this.content.byName.get(position.scenario)!;
    this.conversation.trail = [];
    this.move(arrive(this.content, { scenario: scenario.name, step: scenario.start }, this.conversation.slots));
  }

  back(): boolean {
    const place = this.conversation.earlier.pop();
    if (!place) return false;
    this.conversation.slots = place.slots;
    this.conversation.trail = place.trail;
    this.move({ position: place.position, slots: this.conversation.slots, skipped: [] });
    return true;
  }

  /** Shows the step at the current position again. */
  show(): void {
    const { conversation } = this;
    if (!conversation.position) {
      this.menu('greeting');
      return;
    }
    const { step } = stepAt(this.content, conversation.position);
    const { reply } = showStep(this.content, conversation.position, conversation.page, this.facts);
    conversation.awaiting = isAsk(step) ? { kind: 'answer' } : { kind: 'outcome' };
    this.replies.push(reply);
  }

  nextPage(): boolean {
    const { conversation } = this;
    if (!conversation.position) return false;
    const { pages } = showStep(this.content, conversation.position, conversation.page, this.facts);
    if (conversation.page + 1 >= pages) return false;
    conversation.page += 1;
    this.show();
    return true;
  }

  /** A list of topics to pick from, most asked first, in pages. */
  menu(name: PhraseName, page = 0): void {
    const scenarios = menuOrder(this.content);
    const shown = scenarios.slice(page * menuSize, (page + 1) * menuSize);
    const more = scenarios.length > (page + 1) * menuSize;
    const buttons = [
      ...shown.map((scenario) => choice(scenario.intent, scenario.wording.title)),
      ...(more ? [button(this.content, 'next')] : []),
      button(this.content, 'person'),
    ];
    this.keepPlace();
    this.conversation.page = page;
    this.conversation.position = null;
    this.conversation.awaiting = { kind: 'clarify', intents: shown.map((scenario) => scenario.intent) };
    this.say(name, {}, buttons);
  }

  clarify(intents: string[]): void {
    const titles = intents.flatMap((intent) => {
      const scenario = this.content.byIntent.get(intent);
      return scenario ? [choice(intent, scenario.wording.title)] : [];
    });
    this.conversation.awaiting = { kind: 'clarify', intents };
    this.say('clarify', {}, [
      ...titles,
      { ...button(this.content, 'something_else'), id: 'choose:something_else' },
      button(this.content, 'person'),
    ]);
  }

  /** Asks whether to send this to somebody; nobody is disturbed without a yes. */
  offerPerson(role: Role): void {
    this.conversation.awaiting = { kind: 'confirm-person', role };
    this.say('offer-person', { who: who(this.content, role) }, [
      { id: 'ask_admin', label: this.content.phrases.roles[role].button },
      { id: 'choose:no', label: this.content.phrases.buttons.no.label },
      button(this.content, 'start_over'),
    ]);
  }

  /** Hands over to a person: the ticket is opened by the commit of this turn. */
  handOver(role: Role): void {
    const { conversation, situation } = this;
    this.notes.outcome = 'handed_over';
    this.open = escalationOf(this.content, conversation, situation.person, situation.platform, role);
    // With somebody of the company on it, nobody needs to be asked about AWS.
    if (this.awsCase) {
      const { awsCase } = this;
      this.change = { ticket: awsCase, action: 'cancelled', text: null };
      conversation.tickets = conversation.tickets.filter((id) => id !== awsCase.id);
    }
    conversation.awaiting = { kind: 'nothing' };
    const name = isAwsForm(role) ? 'handed-over-aws' : null;
    const urgent = this.open.details.severity === 'urgent';
    this.say(name ?? (urgent ? 'handed-over-urgent' : 'handed-over'), { who: who(this.content, role) }, [
      button(this.content, 'solved'),
      button(this.content, 'start_over'),
    ]);
    this.offerSecond();
  }

  offerSecond(): void {
    const { second } = this.conversation;
    if (!second) return;
    // What somebody has been asked about already is no second problem.
    if (
      second.intent === this.open?.details.intent ||
      this.situation.tickets.some((ticket) => ticket.details.intent === second.intent)
    ) {
      this.conversation.second = null;
      return;
    }
    this.conversation.awaiting = { kind: 'confirm-second' };
    this.say('second-problem', { text: second.text }, [
      { id: 'choose:yes', label: this.content.phrases.buttons.yes.label },
      { id: 'choose:no', label: this.content.phrases.buttons.no.label },
      button(this.content, 'person'),
    ]);
  }

  /** Forgets the problem; what is known of the person stays unless `everything`. */
  reset(everything: boolean): void {
    Object.assign(this.conversation, {
      position: null,
      page: 0,
      awaiting: { kind: 'nothing' },
      trail: [],
      words: [],
      misses: 0,
      earlier: [],
      ...(everything ? { slots: {}, second: null, resolved: null } : { slots: aboutPerson(this.conversation.slots) }),
    });
  }

  markTrail(outcome: 'not_solved' | 'solved'): void {
    const last = this.conversation.trail.at(-1);
    if (last) last.outcome = outcome;
  }

  private keepPlace(): void {
    const { position, slots, trail, earlier } = this.conversation;
    if (!position) return;
    this.conversation.earlier = [...earlier, structuredClone({ position, slots, trail })].slice(-longestBack);
  }

  /** @param from what the walk begins at, where that is none of the steps passed over */
  private move({ position, slots, skipped }: Arrival, from?: string): void {
    const { step } = stepAt(this.content, position);
    const name = stepName(position);
    this.notes.walked.push([...(from === undefined ? [] : [from]), ...skipped.map(stepName), name]);
    this.conversation.position = position;
    this.conversation.slots = { ...slots };
    this.conversation.page = 0;
    this.conversation.misses = 0;
    if (!isAsk(step) && this.conversation.trail.at(-1)?.step !== name) {
      this.conversation.trail = [...this.conversation.trail, { step: name, outcome: 'shown' as const }].slice(-30);
    }
    this.show();
  }
}

/** What stays true from one problem to the next; answers about the last problem do not. */
const personSlots = new Set([
  'account_type',
  'organization_member',
  'identity_source',
  'only_admin',
  'account_id',
  'account_alias',
  'portal_url',
  'email',
  'mfa_device',
]);
const aboutPerson = (slots: Slots): Record<string, string> =>
  Object.fromEntries(Object.entries(slots).filter(([name, value]) => personSlots.has(name) && value !== 'unsure'));

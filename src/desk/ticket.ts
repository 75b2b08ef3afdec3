import { newKey, sendAction } from './api.js';
import { CardView } from './card-view.js';
import { el, icon } from './dom.js';
import type { Name } from './names.js';
import { agoOf, timeOf } from './times.js';
import type { WireTicket } from './wire.js';

const COPIED_MS = 1_600;
const NEW_MS = 2_400;

/** One ticket on the desk: a line that says what it is, and below it the ping's card, unfolded when wanted. */
export class Ticket {
  readonly element: HTMLElement;
  private readonly fold: HTMLButtonElement;
  private readonly body: HTMLElement;
  private readonly problem = el('p', { class: 'problem', role: 'alert' });
  private view: CardView | null = null;
  /** The press under way: the same press again, after a failure, keeps its key. */
  private press: { id: string; key: string } | null = null;

  constructor(
    private shown: WireTicket,
    private readonly name: Name,
    private readonly afterAction: () => void,
  ) {
    const bodyId = `ticket-${shown.id}`;
    this.fold = el('button', { type: 'button', class: 'fold', 'aria-expanded': 'false', 'aria-controls': bodyId });
    this.body = el('div', { class: 'ticket-body', id: bodyId, hidden: true });
    this.element = el(
      'article',
      { class: 'ticket', 'aria-label': `Ticket ${shown.number}` },
      el('h3', {}, this.fold),
      this.body,
    );
    this.fold.addEventListener('click', () => {
      this.unfold(this.body.hidden);
      if (!this.body.hidden) this.look();
    });
    this.draw();
  }

  get data(): WireTicket {
    return this.shown;
  }

  update(ticket: WireTicket): void {
    const isNewer = ticket.version !== this.shown.version;
    this.shown = ticket;
    if (isNewer) this.draw();
    else this.drawHead();
  }

  /** Who opens it has seen it, which the employee may know. */
  private look(): void {
    if (this.shown.seen || this.shown.closed) return;
    const body = { key: newKey(), name: this.name.value, text: '' };
    void sendAction(this.shown.id, 'seen', body).catch(() => undefined);
  }

  unfold(isOpen: boolean): void {
    this.body.hidden = !isOpen;
    this.fold.setAttribute('aria-expanded', String(isOpen));
    this.element.classList.toggle('is-open', isOpen);
    this.drawHead();
  }

  /** Whether all of these words stand in it. */
  matches(words: readonly string[]): boolean {
    const { number, title, person, stateText, roleText, card, history } = this.shown;
    const text = [
      number,
      title,
      person,
      stateText,
      roleText,
      JSON.stringify(card),
      ...history.map((one) => one.text ?? ''),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  }

  arriveWithNotice(): void {
    this.element.classList.add('is-new');
    window.setTimeout(() => this.element.classList.remove('is-new'), NEW_MS);
  }

  private draw(): void {
    const { shown } = this;
    this.element.dataset.state = shown.state;
    this.element.classList.toggle('is-urgent', shown.urgent && !shown.closed);
    this.drawHead();
    const draft = this.view?.draft();
    const isHistoryOpen = this.body.querySelector('details')?.open ?? false;
    this.view = new CardView(shown.card, ({ verb, data }) => void this.act(verb, data));
    this.body.replaceChildren(
      el('div', { class: 'card' }, this.view.element),
      this.problem,
      this.told(),
      this.history(isHistoryOpen),
    );
    this.addCopyButtons(this.view);
    if (draft) this.view.restore(draft);
  }

  private drawHead(): void {
    const { shown } = this;
    const state = el('span', { class: 'chip', 'data-state': shown.state }, shown.stateText);
    const urgent = shown.urgent && !shown.closed ? el('span', { class: 'chip urgent' }, 'urgent') : null;
    this.fold.replaceChildren(
      el(
        'span',
        { class: 'fold-words' },
        el('span', { class: 'fold-title' }, shown.title),
        el('span', { class: 'fold-who' }, this.origin()),
      ),
      el('span', { class: 'chips' }, urgent, state),
      icon('chevron'),
    );
  }

  private origin(): string {
    const { number, person, roleText, createdAt } = this.shown;
    const isOpen = this.element.classList.contains('is-open');
    return isOpen ? `Ping to ${roleText} · ${agoOf(createdAt)}` : `${number} · ${person} · ${agoOf(createdAt)}`;
  }

  private async act(verb: string, data: Record<string, unknown>): Promise<void> {
    const action = typeof data.action === 'string' ? data.action : verb;
    const said = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '');
    const text = said(`${action}_text`);
    const choice = said(`${action}_choice`) || said('choice');
    const id = `${action}|${this.shown.version}|${text}|${choice}`;
    if (this.press?.id !== id) this.press = { id, key: newKey() };
    this.problem.replaceChildren();
    // A disabled button loses the focus to the page; it stays with the ticket instead.
    if (this.element.contains(document.activeElement)) this.fold.focus({ preventScroll: true });
    this.view?.disable();
    try {
      await sendAction(this.shown.id, action, {
        key: this.press.key,
        name: this.name.value,
        text,
        ...(choice ? { choice } : {}),
      });
      this.press = null;
      this.view?.clearInput(`${action}_text`);
      this.afterAction();
    } catch (error) {
      this.problem.textContent = error instanceof Error ? error.message : 'That did not go through.';
    } finally {
      // A newer version of the card replaces this one; where the press changed nothing, its buttons must come back.
      const view = this.view;
      window.setTimeout(() => view?.disable(false), 600);
    }
  }

  private told(): HTMLElement {
    return el('p', { class: 'told' }, el('span', { class: 'told-label' }, 'On the other half'), this.shown.told);
  }

  private history(isOpen: boolean): HTMLElement {
    const { history } = this.shown;
    const items = history.map(({ at, actor, what, text }) =>
      el(
        'li',
        {},
        timeOf(at),
        el('span', {}, el('strong', {}, actor), ` ${what}`, text ? el('q', { dir: 'auto' }, text) : null),
      ),
    );
    const count = history.length === 1 ? '1 entry' : `${history.length} entries`;
    return el(
      'details',
      { class: 'history', open: isOpen },
      el('summary', {}, `History, ${count}`),
      el('ol', {}, ...items),
    );
  }

  private addCopyButtons(view: CardView): void {
    this.shown.commands.forEach((command, index) => {
      const line = view.find(`ticket-${this.shown.id}-command-${index}`);
      if (!line) return;
      const button = el(
        'button',
        { type: 'button', class: 'copy', 'aria-label': `Copy the command ${command}`, title: 'Copy' },
        icon('copy'),
      );
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(command);
        button.replaceChildren(icon('done'));
        button.classList.add('is-done');
        window.setTimeout(() => {
          button.replaceChildren(icon('copy'));
          button.classList.remove('is-done');
        }, COPIED_MS);
      });
      line.classList.add('command');
      line.append(button);
    });
  }
}

import type * as Library from 'adaptivecards';
import { el, icon } from './dom.js';
import { hostConfig } from './host-config.js';

declare const AdaptiveCards: typeof Library;

export interface Executed {
  verb: string;
  data: Record<string, unknown>;
}

/** One Adaptive Card on the page, drawn by the official library; this adds what a web page can do better. */
export class CardView {
  readonly element: HTMLElement;
  private readonly card: Library.AdaptiveCard;

  constructor(json: object, onExecute: (executed: Executed) => void) {
    this.card = new AdaptiveCards.AdaptiveCard();
    this.card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    this.card.onExecuteAction = (action) => {
      if (!(action instanceof AdaptiveCards.ExecuteAction)) return;
      onExecute({ verb: action.verb, data: (action.data ?? {}) as Record<string, unknown> });
    };
    this.card.parse(json);
    this.element = this.card.render() ?? el('p', {}, 'This card cannot be shown.');
    this.element.removeAttribute('tabindex');
    this.numbersStayWhole();
    this.labelsAreSaidOnce();
    this.linksBecomeLinks();
    this.togglesTellTheirState();
    this.formsComeIntoView();
  }

  /** Buttons that send something; links and toggles stay usable for ever. */
  private get sending(): { title: string; button: HTMLButtonElement }[] {
    return this.card.getAllActions().flatMap((action) => {
      const isSending = action instanceof AdaptiveCards.ExecuteAction || action instanceof AdaptiveCards.ShowCardAction;
      const button = action.renderedElement;
      return isSending && button instanceof HTMLButtonElement ? [{ title: action.title ?? '', button }] : [];
    });
  }

  disable(isDisabled = true): void {
    for (const { button } of this.sending) button.disabled = isDisabled;
  }

  /** Marks the button with this label; true if there is one. */
  markPressed(label: string): boolean {
    const match = this.sending.find(({ title, button }) => title === label && button.dataset.pressed === undefined);
    if (!match) return false;
    match.button.dataset.pressed = '';
    match.button.setAttribute('aria-pressed', 'true');
    return true;
  }

  titleOf(verb: string): string {
    const action = this.card
      .getAllActions()
      .find((one) => one instanceof AdaptiveCards.ExecuteAction && one.verb === verb);
    return action?.title ?? '';
  }

  find(id: string): HTMLElement | null {
    return this.card.getElementById(id)?.renderedElement ?? null;
  }

  /** What was typed in this field has been sent. What stands half written in others stays. */
  clearInput(id: string): void {
    const form = this.forms.find((one) => one.id === id);
    if (!form) return;
    form.field.value = '';
    const button = form.action.renderedElement;
    if (!(button instanceof HTMLButtonElement) || button.getAttribute('aria-expanded') !== 'true') return;
    button.disabled = false;
    button.click();
  }

  /** Buttons that open a form, each with its one field for words. */
  private get forms(): { action: Library.ShowCardAction; id: string; field: HTMLTextAreaElement }[] {
    return this.card.getAllActions().flatMap((action) => {
      if (!(action instanceof AdaptiveCards.ShowCardAction)) return [];
      return action.card.getAllInputs().flatMap(({ id, renderedElement }) => {
        const field = renderedElement?.querySelector('textarea');
        return id && field ? [{ action, id, field }] : [];
      });
    });
  }

  /** What a person has half done on the card, to be put back when a newer version replaces it. */
  draft(): Draft {
    const inputs = this.card.getAllInputs().flatMap((input) => {
      const field = input.renderedElement?.querySelector('textarea, input');
      return input.id && (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)
        ? [{ id: input.id, value: field.value, isFocused: document.activeElement === field }]
        : [];
    });
    const open = [...this.element.querySelectorAll('button[aria-expanded="true"]')].map(
      (button) => button.textContent ?? '',
    );
    // The library closes a form when another button is pressed; what is half written in it is not done with.
    const half = this.forms.filter(({ action, field }) => field.value !== '' && !open.includes(action.title ?? ''));
    const active = document.activeElement;
    const focused =
      active instanceof HTMLButtonElement && this.element.contains(active) ? (active.textContent ?? '') : null;
    return { inputs, open: [...half.map(({ action }) => action.title ?? ''), ...open], focused };
  }

  restore(draft: Draft): void {
    const buttons = [...this.element.querySelectorAll('button')];
    for (const label of draft.open) {
      const wanted = label === HIDE ? SHOW : label;
      buttons
        .find((button) => button.textContent === wanted && button.getAttribute('aria-expanded') !== 'true')
        ?.click();
    }
    for (const { id, value, isFocused } of draft.inputs) {
      const input = this.card.getAllInputs().find((candidate) => candidate.id === id);
      const field = input?.renderedElement?.querySelector<HTMLTextAreaElement>('textarea, input');
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      if (isFocused) field.focus({ preventScroll: true });
    }
    if (draft.focused)
      buttons
        .find((button) => button.textContent === draft.focused && !button.disabled)
        ?.focus({ preventScroll: true });
  }

  /** A line must not break inside the number of a ticket. */
  private numbersStayWhole(): void {
    for (const run of this.element.querySelectorAll('.ac-textRun')) {
      const parts = (run.textContent ?? '').split(/\b(D-\d+)\b/);
      if (run.childElementCount > 0 || parts.length === 1) continue;
      run.replaceChildren(...parts.map((part, index) => (index % 2 ? el('span', { class: 'whole' }, part) : part)));
    }
  }

  private labelsAreSaidOnce(): void {
    for (const button of this.element.querySelectorAll('button')) {
      if (button.title === button.textContent) button.removeAttribute('title');
      if (button.getAttribute('aria-label') === button.textContent) button.removeAttribute('aria-label');
    }
  }

  private linksBecomeLinks(): void {
    for (const action of this.card.getAllActions()) {
      if (!(action instanceof AdaptiveCards.OpenUrlAction) || !action.url?.startsWith('https://')) continue;
      const link = el(
        'a',
        { class: 'source', href: action.url, target: '_blank', rel: 'noopener noreferrer' },
        action.title ?? '',
      );
      if (action.tooltip) link.title = action.tooltip;
      action.renderedElement?.replaceWith(link);
    }
  }

  private formsComeIntoView(): void {
    for (const action of this.card.getAllActions()) {
      if (!(action instanceof AdaptiveCards.ShowCardAction)) continue;
      action.renderedElement?.addEventListener('click', ({ isTrusted }) => {
        const form = action.card.renderedElement;
        // Only a press by hand moves the focus; our own puts back what was open while the person is elsewhere.
        if (!isTrusted || !form?.isConnected || form.offsetParent === null) return;
        form.querySelector('textarea')?.focus({ preventScroll: true });
        form.scrollIntoView({ block: 'nearest' });
      });
    }
  }

  private togglesTellTheirState(): void {
    for (const action of this.card.getAllActions()) {
      const button = action.renderedElement;
      if (!(action instanceof AdaptiveCards.ToggleVisibilityAction) || !button) continue;
      const target = Object.keys(action.targetElements)[0];
      const opened = () => {
        const element = target === undefined ? undefined : this.card.getElementById(target);
        return element?.isVisible ? element.renderedElement : undefined;
      };
      const show = () => {
        const isOpen = opened() !== undefined;
        button.setAttribute('aria-expanded', String(isOpen));
        button.classList.add('discloses');
        button.replaceChildren(isOpen ? HIDE : SHOW, icon('chevron'));
      };
      button.addEventListener('click', (event) => {
        queueMicrotask(show);
        // A press by hand (not our own, which puts back what was open) should show what it opened.
        if (event.isTrusted) window.requestAnimationFrame(() => opened()?.scrollIntoView({ block: 'start' }));
      });
      show();
    }
  }
}

const SHOW = 'Show steps';
const HIDE = 'Hide steps';

export interface Draft {
  inputs: { id: string; value: string; isFocused: boolean }[];
  open: string[];
  focused: string | null;
}

import { byId } from './dom.js';

/** An editable name, kept in this browser; empty falls back to the usual one. */
export class Name {
  private readonly input: HTMLInputElement;
  private readonly initial: HTMLElement;

  constructor(
    private readonly who: 'employee' | 'admin',
    private readonly usual: string,
    private readonly onChange: (name: string) => void = () => {},
  ) {
    this.input = byId<HTMLInputElement>(`${who}-name`);
    this.initial = byId(`${who}-initial`);
    this.input.value = localStorage.getItem(`helpdesk.${who}`) || usual;
    this.input.addEventListener('input', () => this.show());
    this.input.addEventListener('change', () => {
      if (!this.input.value.trim()) this.input.value = this.usual;
      localStorage.setItem(`helpdesk.${this.who}`, this.value);
      this.show();
    });
    this.input.addEventListener('keydown', (event) => event.key === 'Enter' && this.input.blur());
    this.show();
  }

  /** The sign-in says who it is; nothing is typed any more. */
  fix(name: string): void {
    this.input.value = name;
    this.input.readOnly = true;
    byId(`${this.who}-hint`).textContent = 'The name you signed in with.';
    this.show();
  }

  get value(): string {
    return this.input.value.trim() || this.usual;
  }

  private show(): void {
    this.initial.textContent = [...this.value][0]?.toUpperCase() ?? '?';
    this.onChange(this.value);
  }
}

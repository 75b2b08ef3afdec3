import { byId, icon } from './dom.js';

const MAX_HEIGHT_PX = 160;

export interface ComposerHandlers {
  text(text: string): void;
  /** The bot reads no files: it is told the names, and nothing is uploaded. */
  files(names: string[]): void;
}

/** The message box: what is typed, chosen, pasted or dropped. */
export class Composer {
  private readonly field = byId<HTMLTextAreaElement>('composer');

  constructor(private readonly handlers: ComposerHandlers) {
    byId('send').append(icon('send'));
    byId('attach').append(icon('attach'));
    byId('composer-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('input', () => this.fit());
    this.takeFiles();
  }

  /** On a touch screen the keyboard would cover the answer. */
  focus(): void {
    const isTouch = window.matchMedia('(pointer: coarse)').matches;
    (isTouch ? byId('log') : this.field).focus({ preventScroll: true });
  }

  private submit(): void {
    const text = this.field.value;
    this.focus();
    if (!text.trim()) return;
    this.field.value = '';
    this.fit();
    this.handlers.text(text);
  }

  private fit(): void {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(this.field.scrollHeight, MAX_HEIGHT_PX)}px`;
  }

  private takeFiles(): void {
    const input = byId<HTMLInputElement>('file');
    byId('attach').addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      this.names(input.files);
      input.value = '';
      this.focus();
    });
    this.field.addEventListener('paste', (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      this.names(event.clipboardData.files);
    });
    const half = byId('chat');
    half.addEventListener('dragover', (event) => event.preventDefault());
    half.addEventListener('drop', (event) => {
      event.preventDefault();
      this.names(event.dataTransfer?.files ?? null);
    });
  }

  private names(files: FileList | null): void {
    this.handlers.files([...(files ?? [])].map(({ name }) => name.slice(-255)));
  }
}

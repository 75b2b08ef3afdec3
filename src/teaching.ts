import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from './core/content';
import { CodedError } from './core/errors';
import type { InsightMemory } from './core/turn-facts';
import { changesFor, type FileChange, type Given, patchOf, rowsOf, textAfter } from './learning/change';
import { readHeldOut } from './learning/held-out';
import type { ExamResult, ExamTask } from './learning-worker';
import { inThread } from './worker-thread';

/** The most words that are shown or taught at a time. */
export const mostWords = 500;

export interface TeachingOptions {
  root: string;
  heldOutFolder: string;
  content: () => Content;
  memory: InsightMemory;
}

/** What a change to the content would add, and what it would do to understanding. */
export interface Lesson extends ExamResult {
  changes: FileChange[];
}

/** From words that a person has judged to lines in the files that teach. Nothing is written but by `write`. */
export class Teaching {
  constructor(private readonly options: TeachingOptions) {}

  /** Whether the content can be changed where it lies. */
  get isWritable(): boolean {
    try {
      accessSync(this.options.root, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Given to an intent, and not in its file yet. */
  async waiting(): Promise<(Given & { id: number })[]> {
    const given = await this.given();
    const lines = new Set(this.changes(given).flatMap(({ added }) => added));
    return given.filter(({ text }) => lines.has(text));
  }

  async lesson(): Promise<Lesson> {
    const { root, heldOutFolder, content } = this.options;
    const changes = this.changes(await this.given());
    const task: ExamTask = { root, added: rowsOf(content(), changes), heldOut: readHeldOut(heldOutFolder) };
    return { changes, ...(await inThread<ExamResult>('learning-worker', task)) };
  }

  /** Adds the lines to the files, each written aside and renamed, so that nobody reads half of one. */
  async write(): Promise<FileChange[]> {
    const { root } = this.options;
    if (!this.isWritable) throw new CodedError('CONTENT_READ_ONLY', `The folder is ${root}.`);
    const changes = this.changes(await this.given());
    for (const change of changes) {
      const file = join(root, change.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, textAfter(change));
      renameSync(`${file}.new`, file);
    }
    return changes;
  }

  async patch(): Promise<string> {
    return patchOf(this.changes(await this.given()));
  }

  private async given(): Promise<(Given & { id: number })[]> {
    const words = await this.options.memory.missedWords({ state: 'given', limit: mostWords });
    // Oldest first, so that files grow in the order in which people said things.
    return words.reverse().map(({ id, text, intent }) => ({ id, text, intent: intent! }));
  }

  private changes(given: readonly Given[]): FileChange[] {
    return changesFor(this.options.root, this.options.content(), given);
  }
}

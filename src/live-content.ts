import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContentError } from './content/faults';
import { Reload } from './content/reload';
import type { Content } from './core/content';
import type { Clock, Understander } from './core/ports';
import { createUnderstander, loadOrTrain, type Model } from './nlu';
import type { ReloadResult, ReloadTask } from './reload-worker';
import { inThread } from './worker-thread';

export interface LiveContentOptions {
  root: string;
  content: Content;
  understander: Understander;
  model: Model;
  /** Where a new model may be kept; null: in a temporary folder. */
  dataDir: string | null;
  /** Refuses content that does not fit the rest of this deployment, by throwing. */
  accept: (content: Content) => void;
  clock: Clock;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** The content and the understanding that belong together, as they are now. */
export class LiveContent {
  readonly reload: Reload<{ content: Content; understander: Understander; model: Model }>;
  /** Always the newest; whoever holds it need not know that there were others. */
  readonly understander: Understander;
  private now: { content: Content; understander: Understander; model: Model };

  constructor(options: LiveContentOptions) {
    const { root, content, understander, model, accept } = options;
    this.now = { content, understander, model };
    this.understander = {
      understand: (text) => this.now.understander.understand(text),
      entities: (text) => this.now.understander.entities(text),
      correct: (text) => this.now.understander.correct(text),
    };
    let folder: string | null = options.dataDir;
    this.reload = new Reload({
      ...options,
      load: async () => {
        folder ??= mkdtempSync(join(tmpdir(), 'helpdesk-model-'));
        const loaded = await readAside({ root, modelFile: join(folder, 'nlu.model') });
        accept(loaded.content);
        return loaded;
      },
      use: (loaded) => {
        this.now = loaded;
      },
    });
  }

  get content(): Content {
    return this.now.content;
  }

  get model(): Model {
    return this.now.model;
  }
}

async function readAside(task: ReloadTask): Promise<{ content: Content; understander: Understander; model: Model }> {
  const result = await inThread<ReloadResult>('reload-worker', task);
  if (result.kind === 'faulty') throw new ContentError(result.faults);
  const { content, rows, vocabulary } = result;
  // The worker has just trained it from these very rows, so this only reads the file.
  const { model } = loadOrTrain({ rows, entities: vocabulary.entities, cacheFile: [task.modelFile] });
  return { content, model, understander: createUnderstander(model, vocabulary) };
}

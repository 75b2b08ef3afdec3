import { watch } from 'chokidar';
import { ContentError, type Fault, formatFault } from './faults';

export interface ReloadOptions<Loaded> {
  /** The folder that is watched. */
  root: string;
  /** Reads, checks and prepares everything anew; throws a ContentError with every fault. It must not hold up what runs. */
  load: () => Promise<Loaded>;
  /** Takes the new content into use, all of it at once. */
  use: (loaded: Loaded) => void;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  clock: { now(): number };
}

/** How the content that is served came to be. */
export interface ContentState {
  /** When what is served was taken into use. */
  since: number;
  /** The last change could not be used; what was served before it still is. */
  refused: { at: number; faults: readonly Fault[] } | null;
  isLoading: boolean;
}

/** An editor writes several files, and each in several steps; this long nothing must have changed. */
const settledMs = 300;

/**
 * Content that changes while the bot runs. Whatever is wrong with a change – a fault, a file half written, a folder that
 * is gone – the last good content goes on being served, and the fault is told with file and line.
 */
export class Reload<Loaded> {
  private state: ContentState;
  private running: Promise<void> | null = null;
  private again = false;
  private timer: NodeJS.Timeout | null = null;
  private watcher: ReturnType<typeof watch> | null = null;

  constructor(private readonly options: ReloadOptions<Loaded>) {
    this.state = { since: options.clock.now(), refused: null, isLoading: false };
  }

  get current(): ContentState {
    return { ...this.state, isLoading: this.running !== null };
  }

  /** Loads anew. Calls that come while one is under way become a single one after it; resolves when all are done. */
  async now(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.load().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** From here on loads by itself whenever a file of the folder has changed. */
  watch(): void {
    this.watcher ??= watch(this.options.root, { ignoreInitial: true }).on('all', () => {
      if (this.timer) clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.now(), settledMs);
    });
    this.watcher.on('error', (error) => this.options.log.error({ err: error }, 'the content cannot be watched'));
  }

  /** Resolves when changes are noticed. */
  async watching(): Promise<void> {
    const { watcher } = this;
    if (watcher) await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  async stop(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.again = false;
    await this.watcher?.close();
    await this.running;
  }

  private async load(): Promise<void> {
    const { load, use, log, clock } = this.options;
    do {
      this.again = false;
      try {
        use(await load());
        this.state = { since: clock.now(), refused: null, isLoading: false };
        log.info({}, 'the content was loaded anew');
      } catch (error) {
        const faults = faultsOf(error);
        this.state = { ...this.state, refused: { at: clock.now(), faults } };
        log.error(
          { faults: faults.map(formatFault) },
          'the changed content has faults; the last good one stays in use',
        );
      }
    } while (this.again);
  }
}

function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof ContentError) return error.faults;
  const problem = error instanceof Error ? error.message : String(error);
  return [
    { file: 'intents', problem, remedy: 'see whether the folder is there, whole and readable, and save once more' },
  ];
}

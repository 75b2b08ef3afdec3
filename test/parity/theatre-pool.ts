import type { Organization } from '../../src/core/organization';
import type { PlatformName } from './stage';
import { openTheatre, type Theatre } from './theatre';

/**
 * Several bots of the same kind, so that behaviours need not wait for one another: most of their time goes into waiting,
 * for a disk or for a platform's pace. A bot whose behaviour failed is not used again.
 */
export class TheatrePool {
  private readonly free: Theatre[] = [];
  private readonly waiting: (() => void)[] = [];
  private open = 0;

  constructor(
    private readonly platforms: readonly PlatformName[],
    private readonly most: number,
    private readonly organization?: () => Organization,
  ) {}

  async use(play: (theatre: Theatre) => Promise<void>, mayLeaveTwins?: readonly PlatformName[]): Promise<void> {
    const theatre = await this.take();
    try {
      await play(theatre);
      leavesNothingBehind(theatre.takeFaults(mayLeaveTwins));
      theatre.bot.forgetCrowd();
      this.free.push(theatre);
    } catch (error) {
      this.open -= 1;
      await theatre.end().catch(() => {});
      throw error;
    } finally {
      this.waiting.shift()?.();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.free.splice(0).map((theatre) => theatre.end()));
  }

  private async take(): Promise<Theatre> {
    while (this.free.length === 0 && this.open === this.most)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    const theatre = this.free.pop();
    if (theatre) return theatre;
    this.open += 1;
    return openTheatre(this.platforms, this.organization?.());
  }
}

/** What must be true after each behaviour, whatever it was about. */
function leavesNothingBehind(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`left behind:\n  ${faults.join('\n  ')}`);
}

import type { Fault, OrderedFault } from './types';

class Ordered implements OrderedFault {
  met = 0;
  released: Promise<void>;
  private passed = 0;
  private over = false;
  private letGo: () => void = () => {};

  constructor(
    readonly method: string,
    readonly fault: Fault,
  ) {
    this.released = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  /** Whether this call is to fail; counts it. */
  takes(method: string, channel: string | undefined): boolean {
    if (this.over || (this.method !== '*' && this.method !== method)) return false;
    if (this.fault.channel !== undefined && this.fault.channel !== channel) return false;
    if (this.passed < (this.fault.after ?? 0)) {
      this.passed += 1;
      return false;
    }
    if (this.met >= (this.fault.times ?? 1)) return false;
    this.met += 1;
    return true;
  }

  release(): void {
    this.over = true;
    this.letGo();
  }
}

/** Faults a test has ordered; the oldest that fits a call is used. */
export class FaultBook {
  private readonly ordered: Ordered[] = [];

  order(method: string, fault: Fault): OrderedFault {
    const ordered = new Ordered(method, fault);
    this.ordered.push(ordered);
    return ordered;
  }

  for(method: string, channel: string | undefined): Ordered | undefined {
    return this.ordered.find((it) => it.takes(method, channel));
  }

  /** Lets everything go that hangs. */
  releaseAll(): void {
    for (const it of this.ordered) it.release();
  }
}

export type { Ordered };

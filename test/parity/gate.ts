/** Something waits here until it is let on, or told that it will never go on. */
export class Gate {
  readonly opened: Promise<void>;
  private settle: (error?: Error) => void = () => {};

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.settle = (error) => (error ? reject(error) : resolve());
    });
    // Nobody may be waiting when it is opened with an error.
    this.opened.catch(() => {});
  }

  open(error?: Error): void {
    this.settle(error);
  }
}

/** Ends a command with what went wrong in plain words: no stack for faults that we know. */
export function failWith(error: unknown): void {
  const known = error instanceof Error && ['CodedError', 'ContentError', 'StartError'].includes(error.name);
  process.stderr.write(
    `${known ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}

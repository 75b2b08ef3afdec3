/** Something wrong in `intents/` or in a settings file, said so that a writer can mend it. */
export interface Fault {
  /** Path as the reader knows it, relative to the repository or as given. */
  file: string;
  /** 1-based, when known. */
  line?: number | undefined;
  problem: string;
  remedy: string;
}

export const formatFault = (fault: Fault): string =>
  `${fault.file}${fault.line ? `:${fault.line}` : ''}  ${fault.problem}\n    → ${fault.remedy}`;

export const formatFaults = (faults: readonly Fault[]): string => faults.map(formatFault).join('\n');

/** Thrown by whatever must not start on bad content; carries every fault found, not only the first. */
export class ContentError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(`${faults.length} fault${faults.length === 1 ? '' : 's'} in the content:\n${formatFaults(faults)}`);
    this.name = 'ContentError';
  }
}

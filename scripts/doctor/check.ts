import type { Deployment } from './deployment';

/** What one look found. A `fault` keeps the service, or a part of it, from working; a `warning` does not. */
export interface Finding {
  kind: 'ok' | 'warning' | 'fault';
  /** What was looked at. */
  about: string;
  text: string;
  /** Names the fault in docs/doctor.md; absent when all is well. */
  id?: string;
  remedy?: string;
}

/** A fault this program knows to find, told once for its output and for docs/doctor.md. */
export interface KnownFault {
  kind: 'fault' | 'warning';
  fault: string;
  remedy: string;
}

/** Takes down what a check found. */
export interface Report<Id extends string> {
  ok(text: string): void;
  /** @param detail what this time was special: a name, a code; never a secret */
  found(id: Id, detail?: string): void;
}

export interface Check {
  about: string;
  known: Readonly<Record<string, KnownFault>>;
  run(deployment: Deployment): Promise<Finding[]>;
}

/** Whatever a check did not foresee. */
export const unforeseen: Readonly<Record<'check-failed', KnownFault>> = {
  'check-failed': {
    kind: 'fault',
    fault: 'The check itself did not get through.',
    remedy: 'Do what the message says; if it says nothing useful, report it.',
  },
};

/**
 * A check and all that it may find. It says nothing where there is nothing to look at, or where an earlier fault must be
 * mended first.
 */
export function check<Id extends string>(
  about: string,
  known: Readonly<Record<Id, KnownFault>>,
  look: (deployment: Deployment, report: Report<Id>) => Promise<void> | void,
): Check {
  return {
    about,
    known,
    run: async (deployment) => {
      const findings: Finding[] = [];
      const take = (id: string, { kind, fault, remedy }: KnownFault, detail?: string) =>
        findings.push({ kind, about, id, remedy, text: [fault, detail].filter(Boolean).join(' ') });
      try {
        await look(deployment, {
          ok: (text) => findings.push({ kind: 'ok', about, text }),
          found: (id, detail) => take(id, known[id], detail),
        });
      } catch (error) {
        take('check-failed', unforeseen['check-failed'], error instanceof Error ? error.message : String(error));
      }
      return findings;
    },
  };
}

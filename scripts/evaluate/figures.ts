import { outOfScope } from '../../src/core/understanding';
import { auroc, counts, share } from './numbers';
import type { Row } from './rows';

/** One row and what was made of it. */
export interface Judgement {
  row: Row;
  intent: string;
  /** Best in-scope intent, whatever the decision. */
  forced: string;
  decision: string;
  /** Chance that `forced` is right, and that the row is ours at all. */
  sure: number;
  ours: number;
  /** Intents by margin, best first, without a decision. */
  ranked: string[];
  alternatives: string[];
  accountType: string | null;
}

/** What a fair judge accepts. */
export const isWanted = ({ row }: Judgement, intent: string): boolean =>
  intent === row.intent || (row.also?.includes(intent) ?? false);

/** Figures over judged rows; the same for a test file and for cross-validation. */
export function figures(judged: Judgement[]) {
  const wanted = (j: Judgement) => new Set([j.row.intent, ...(j.row.also ?? [])]);
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const outside = judged.filter((j) => j.row.intent === outOfScope);
  const refused = judged.filter((j) => j.intent === outOfScope);
  const harmless = (j: Judgement) =>
    j.decision !== 'answer' ||
    wanted(j).has(j.intent) ||
    (j.intent.startsWith('act.') && j.row.oos_kind !== 'near_domain');
  const right = (j: Judgement) => wanted(j).has(j.intent);
  const near = outside.filter((j) => j.row.oos_kind === 'near_domain');
  const count = (list: Judgement[], test: (j: Judgement) => boolean) => list.filter(test).length;
  return {
    forced_accuracy: share(
      count(inside, (j) => wanted(j).has(j.forced)),
      inside.length,
    ),
    in_scope_accuracy: share(count(inside, right), inside.length),
    oos_recall: share(
      count(outside, (j) => j.intent === outOfScope),
      outside.length,
    ),
    oos_precision: share(
      count(refused, (j) => j.row.intent === outOfScope),
      refused.length,
    ),
    oos_auroc: auroc(
      inside.map((j) => j.ours),
      outside.map((j) => j.ours),
    ),
    right_or_asked: share(
      count(
        inside,
        (j) => right(j) || (j.decision === 'clarify' && j.alternatives.slice(0, 3).some((a) => wanted(j).has(a))),
      ),
      inside.length,
    ),
    confidently_wrong: share(
      count(inside, (j) => !right(j) && j.decision === 'answer'),
      inside.length,
    ),
    oos_not_answered: share(count(outside, harmless), outside.length),
    near_domain_not_answered: share(count(near, harmless), near.length),
    decisions: {
      in_scope: counts(inside.map((j) => j.decision)),
      oos: counts(outside.map((j) => j.decision)),
    },
  };
}

export function perIntent(judged: Judgement[]) {
  const intents = [...new Set(judged.map((j) => j.row.intent))].sort();
  return Object.fromEntries(
    intents.map((intent) => {
      const rows = judged.filter((j) => j.row.intent === intent);
      const predicted = judged.filter((j) => j.intent === intent);
      const hits = rows.filter((j) => j.intent === intent).length;
      return [
        intent,
        { rows: rows.length, recall: share(hits, rows.length), precision: share(hits, predicted.length) },
      ];
    }),
  );
}

export function confusions(judged: Judgement[]) {
  const pairs = counts(
    judged
      .filter((j) => j.row.intent !== j.intent && !j.row.also?.includes(j.intent))
      .map((j) => `${j.row.intent} → ${j.intent}`),
  );
  return Object.entries(pairs)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, 10)
    .map(([pair, rows]) => ({ pair, rows }));
}

export function accountTypes(judged: Judgement[]) {
  if (!judged.some((j) => j.row.account_type !== undefined)) return {};
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const said = inside.filter((j) => j.row.account_type);
  const unsaid = inside.filter((j) => !j.row.account_type);
  return {
    account_type_found: share(said.filter((j) => j.accountType === j.row.account_type).length, said.length),
    account_type_invented: share(unsaid.filter((j) => j.accountType !== null).length, unsaid.length),
  };
}

import { outOfScope, type TrainingRow } from '../../src/core/understanding';
import type { Model } from '../../src/nlu';
import { decide, oursProbability, probability, type Sample } from '../../src/nlu/confidence';
import { confusions, figures, type Judgement } from './figures';
import { share } from './numbers';

/** Out-of-fold judgements of the training rows, by the decision as shipped. */
export function crossValidated(rows: readonly TrainingRow[], model: Model, samples: readonly Sample[]) {
  const judged = samples.map(({ row: place, evidence, first }): Judgement => {
    const { text, intent: label } = rows[place] as TrainingRow;
    const row = { text, intent: label };
    const sure = probability(model.confidence, evidence);
    const forced = model.intents[first] ?? outOfScope;
    const decision = decide(model.confidence, sure, oursProbability(model.confidence, evidence));
    return {
      row,
      forced,
      ranked: forced === outOfScope ? [] : [forced],
      sure,
      ours: oursProbability(model.confidence, evidence),
      decision,
      intent: decision === 'not_understood' ? outOfScope : forced,
      alternatives: [],
      accountType: null,
    };
  });
  const { right_or_asked: _, near_domain_not_answered: __, ...rest } = figures(judged);
  const problems = judged.filter((j) => !j.row.intent.startsWith('act.'));
  const scenarios = figures(problems);
  return {
    folds: 5,
    rows: samples.length,
    ...rest,
    forced_accuracy_without_acts: scenarios.forced_accuracy,
    confidently_wrong_without_acts: scenarios.confidently_wrong,
    answered_without_acts: share(
      problems.filter((j) => j.row.intent !== outOfScope && j.decision === 'answer').length,
      problems.filter((j) => j.row.intent !== outOfScope).length,
    ),
    confusions: confusions(judged),
  };
}

import type { Understander } from '../core/ports';
import { type Decision, type Entities, outOfScope, type RankedIntent, type Understanding } from '../core/understanding';
import { type AccountTypeClaim, findAccountType } from './account-type';
import { decide } from './confidence';
import { findEntities } from './entities';
import type { Ranked, Verdict } from './judge';
import { createLanguageDetector, type LanguagesFile } from './language';
import { buildLexicon, type EntitiesFile, type KnownError } from './lexicon';
import type { Model } from './model';
import { clean, words } from './normalise';
import { readingOf } from './reading';
import { areTwoProblems, fewestWords, possibleCuts } from './split';

export interface UnderstanderOptions {
  /** `intents/entities.yaml`, when it is not the one the model was made with. */
  entities?: EntitiesFile | null;
  languages?: LanguagesFile | null;
}

/** One part of a message, judged. */
interface Judged {
  intent: string;
  confidence: number;
  decision: Decision;
  alternatives: RankedIntent[];
  entities: Entities;
}

/** Confidence in an intent that a known AWS error text settles. */
const errorConfidence = 0.97;
/** When nobody says "also", both parts of a message must be this sure to be two problems. */
const sureOfTwo = 0.85;
/** Words of the longest message that may be a dialogue act without being one of the known lines. */
const longestAct = 8;

export function createUnderstander(model: Model, options: UnderstanderOptions = {}): Understander {
  const lexicon = options.entities === undefined ? model.lexicon : buildLexicon(options.entities);
  const detectLanguage = createLanguageDetector(options.languages ?? null);

  function judge(cleaned: string, read: readonly string[], breaks: readonly number[]): Judged {
    const { entities, error } = findEntities(cleaned, read, lexicon);
    const reading = readingOf(lexicon, read, breaks);
    // What a command line shows comes from an API call, whatever the words.
    const judged: Judged = {
      ...decision(model, model.judge(reading), reading.tool ? undefined : error),
      entities,
    };
    const claim = findAccountType(read, cleaned);
    const type =
      error?.account_type ??
      (claim && isAbout(claim, judged) ? claim.type : undefined) ??
      (entities.portal_url && judged.intent !== 'signin.find_portal_url' ? 'identity_center' : undefined);
    if (type) entities.account_type = type;
    return judged;
  }

  function judgePart(part: string): Judged {
    const breaks: number[] = [];
    return judge(part, corrected(words(part, breaks)), breaks);
  }

  function corrected(typed: readonly string[]): string[] {
    return typed.map((word) => model.spelling.correct(word));
  }

  function secondProblem(
    cleaned: string,
    whole: Judged,
  ): { first: Judged; also: NonNullable<Understanding['also']> } | null {
    let best: { first: Judged; also: NonNullable<Understanding['also']>; score: number } | null = null;
    const likely = hasRival(whole);
    for (const cut of possibleCuts(cleaned)) {
      if (!cut.announced && !likely) continue;
      const limit = cut.announced ? 0 : sureOfTwo;
      const left = judgePart(cut.left);
      if (left.decision !== 'answer' || left.confidence < limit) continue;
      const right = judgePart(cut.right);
      if (right.decision !== 'answer' || right.confidence < limit) continue;
      if (!areTwoProblems(left.intent, right.intent, cut.announced)) continue;
      if (whole.intent !== left.intent && whole.intent !== right.intent && whole.decision === 'answer') continue;
      const score = Math.min(left.confidence, right.confidence) + (cut.announced ? 0.1 : 0);
      if (best && best.score >= score) continue;
      const { intent, confidence, entities } = right;
      best = { first: left, also: { text: cut.right, intent, confidence, entities }, score };
    }
    return best;
  }

  return {
    understand(text: string): Understanding {
      const cleaned = clean(text);
      const breaks: number[] = [];
      const typed = words(cleaned, breaks);
      const language = detectLanguage(cleaned, typed);
      const whole = judge(cleaned, corrected(typed), breaks);
      const two = typed.length >= fewestWords ? secondProblem(cleaned, whole) : null;
      const { intent, confidence, decision, alternatives } = two?.first ?? whole;
      const entities = whole.entities;
      return {
        text,
        intent,
        account_type: entities.account_type ?? null,
        confidence,
        decision,
        alternatives,
        entities,
        language,
        ...(two ? { also: two.also } : {}),
      };
    },

    entities(text: string): Entities {
      const cleaned = clean(text);
      const read = model.read(cleaned);
      const { entities, error } = findEntities(cleaned, read, lexicon);
      const type =
        error?.account_type ??
        findAccountType(read, cleaned)?.type ??
        (entities.portal_url ? 'identity_center' : undefined);
      return type ? { ...entities, account_type: type } : entities;
    },

    correct(text: string): string {
      return model.read(clean(text)).join(' ');
    },
  };
}

/** Questions about accounts in general name types without saying that theirs is one. */
function isAbout({ type, strength, explicit }: AccountTypeClaim, { intent, decision }: Judged): boolean {
  // Undecided: what was said may yet matter.
  if (decision !== 'answer') return true;
  if (intent === 'signin.find_portal_url')
    return explicit || (strength === 'own' && (type === 'root' || type === 'iam'));
  if (intent === 'security.default_credentials') return type === 'root' || strength === 'own';
  if (intent.startsWith('security.') || intent === 'access.request') return strength === 'own';
  return true;
}

function decision(model: Model, verdict: Verdict, error: KnownError | undefined): Omit<Judged, 'entities'> {
  const list = verdict.ranked.filter(({ intent }) => !isLongAct(model.intents[intent] as string, verdict));
  const first = list[0];
  if (!first) return { intent: outOfScope, confidence: 0, decision: 'not_understood', alternatives: [] };
  const sure =
    list.length === verdict.ranked.length ? model.probability(verdict.evidence) : withoutActs(model, verdict, list);
  const ranked: RankedIntent[] = list.map(({ intent, margin }) => ({
    intent: model.intents[intent] as string,
    confidence: round(sure * Math.exp(2 * (margin - first.margin))),
  }));
  if (error?.intent && model.intents.includes(error.intent)) {
    const others = ranked
      .filter((r) => r.intent !== error.intent)
      .map((r) => ({ ...r, confidence: Math.min(r.confidence, 0.3) }));
    return {
      intent: error.intent,
      confidence: errorConfidence,
      decision: 'answer',
      alternatives: [{ intent: error.intent, confidence: errorConfidence }, ...others].slice(0, 3),
    };
  }
  const top = ranked[0] as RankedIntent;
  const ours = model.oursProbability(verdict.evidence);
  let made = decide(model.confidence, sure, ours);
  let alternatives = ranked.slice(0, 3);
  if (made === 'clarify') {
    // Nobody is asked "did you mean: thanks?"; the choice is between problems.
    alternatives = ranked.filter((r) => !r.intent.startsWith('act.')).slice(0, 3);
    if (top.intent.startsWith('act.') || alternatives.length === 0) made = 'not_understood';
    else
      alternatives = alternatives.filter(
        (r, i) => i < 2 || r.confidence >= 0.6 * (alternatives[1] as RankedIntent).confidence,
      );
  }
  if (made === 'not_understood')
    return { intent: outOfScope, confidence: round(1 - Math.min(sure, ours)), decision: made, alternatives };
  return { intent: top.intent, confidence: top.confidence, decision: made, alternatives };
}

/** The second choice is another problem and not far behind, as it is when a message tells of two. */
function hasRival({ intent, alternatives: [first, second] }: Judged): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    second.confidence >= 0.25 * first.confidence &&
    areTwoProblems(intent, second.intent, false)
  );
}

/** How sure of the best problem when acts are out of question. */
function withoutActs(model: Model, { evidence }: Verdict, list: readonly Ranked[]): number {
  return model.probability({ ...evidence, top: list[0]?.margin ?? -1, second: list[1]?.margin ?? -1 });
}

/** Dialogue acts are short: a long message that resembles none of their rows tells of a problem. */
function isLongAct(intent: string, { evidence }: Verdict): boolean {
  return intent.startsWith('act.') && evidence.length > longestAct && evidence.ownCosine < 0.6;
}

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}

import { type CardAction, type CardJson, isRecord, type Node, nodes } from './card-json';
import { libraryFaults, schemaFaults } from './card-schema';
import { chartFaults, withoutCharts } from './charts';

/** What Teams allows in a card beyond the schema. */
const MAX_ACTIONS_IN_A_ROW = 6;
const MAX_REFRESH_USERS = 60;

/** Who may be named in a card. */
export interface Known {
  /** Whether this is the id of somebody in the conversation. */
  isMember(id: string): boolean;
}

const markdownLink = /!?\[[^\]]*\]\([^)\s]+[^)]*\)/;
const timeFunction = /\{\{\s*(?:DATE|TIME)\s*\(/i;
const mention = /<at>(.*?)<\/at>/g;

/** Everything that is wrong with a card, in words; empty for a good one. */
export function cardFaults(card: unknown, known: Known): string[] {
  if (!isRecord(card) || card.type !== 'AdaptiveCard') return ['card: is no Adaptive Card'];
  const bare = withoutTeamsExtras(withoutCharts(card)) as CardJson;
  const all = nodes(bare);
  return [
    ...versionFaults(card.version),
    ...chartFaults(card),
    ...shapeFaults(bare),
    ...(Array.isArray(card.body) && card.body.length > 0 ? [] : ['card: shows nothing, its body is empty']),
    ...all.flatMap(({ path, value }) => [
      ...actionFaults(path, value),
      ...rowFaults(path, value),
      ...urlFaults(path, value),
      ...textFaults(path, value),
    ]),
    ...idFaults(all),
    ...refreshFaults(card.refresh, known),
    ...mentionFaults(card, all, known),
  ];
}

/** By the schema; and what only the library's reader notices in a card that follows it. */
function shapeFaults(card: CardJson): string[] {
  const faults = schemaFaults(card);
  return faults.length ? faults : libraryFaults(card);
}

/** Teams' own additions to cards (`msteams`) are none of the schema's. */
function withoutTeamsExtras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTeamsExtras);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'msteams');
  return Object.fromEntries(entries.map(([key, item]) => [key, key === 'data' ? item : withoutTeamsExtras(item)]));
}

function versionFaults(version: unknown): string[] {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(version)) ?? [];
  if (typeof version !== 'string' || !major || !minor) return ['card: has no version'];
  return Number(major) > 1 || Number(minor) > 5 ? [`card: version ${version} is newer than Teams reads (1.5)`] : [];
}

function actionFaults(path: string, value: CardJson): string[] {
  if (value.type !== 'Action.Execute') return [];
  const { verb, fallback } = value as CardAction;
  const isRefresh = path.endsWith('.refresh.action');
  return [
    ...(verb ? [] : [`${path}: Action.Execute without a verb`]),
    ...(isRefresh || (isRecord(fallback) && fallback.type === 'Action.Submit')
      ? []
      : [`${path}: Action.Execute without a fallback Action.Submit, so that older clients show no button`]),
  ];
}

function rowFaults(path: string, value: CardJson): string[] {
  const count = Array.isArray(value.actions) ? value.actions.length : 0;
  return count > MAX_ACTIONS_IN_A_ROW
    ? [`${path}: ${count} actions in a row; beyond ${MAX_ACTIONS_IN_A_ROW} Teams hides them`]
    : [];
}

function urlFaults(path: string, value: CardJson): string[] {
  return ['url', 'iconUrl', 'poster', 'backgroundImage'].flatMap((key) => {
    const url = value[key];
    return typeof url !== 'string' || (URL.canParse(url) && new URL(url).protocol === 'https:')
      ? []
      : [`${path}.${key}: “${url.slice(0, 80)}” is not an https address`];
  });
}

const shownKeys = [
  'text',
  'title',
  'value',
  'label',
  'placeholder',
  'errorMessage',
  'altText',
  'fallbackText',
] as const;

function textFaults(path: string, value: CardJson): string[] {
  const isFact = value.type === undefined && 'title' in value && 'value' in value && path.includes('.facts[');
  return shownKeys.flatMap((key) => {
    const shown = value[key];
    if (typeof shown !== 'string') return [];
    const readsMarkdown = (value.type === 'TextBlock' && key === 'text') || isFact;
    return [
      ...(timeFunction.test(shown) ? [`${path}.${key}: “{{DATE(” is a function of cards, not text`] : []),
      ...(readsMarkdown && markdownLink.test(shown)
        ? [`${path}.${key}: a Markdown link in ${value.type ?? 'a fact'}`]
        : []),
    ];
  });
}

function idFaults(all: Node[]): string[] {
  const ids = all
    // Fallback actions repeat what they stand for.
    .filter(({ path }) => !path.includes('.fallback'))
    .flatMap(({ value }) => (typeof value.id === 'string' ? [value.id] : []));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const lost = all.flatMap(({ path, value }) =>
    (Array.isArray(value.targetElements) ? value.targetElements : [])
      .map((target: unknown) => (isRecord(target) ? target.elementId : target))
      .filter((id) => !ids.includes(String(id)))
      .map((id) => `${path}: toggles “${String(id)}”, which is not on the card`),
  );
  return [...new Set(twice)].map((id) => `card: the id “${id}” is there more than once`).concat(lost);
}

function refreshFaults(refresh: unknown, known: Known): string[] {
  if (refresh === undefined || !isRecord(refresh)) return [];
  const users = Array.isArray(refresh.userIds) ? refresh.userIds.map(String) : [];
  return [
    ...(users.length > MAX_REFRESH_USERS
      ? [`card.refresh: ${users.length} people; Teams takes ${MAX_REFRESH_USERS} at most`]
      : []),
    ...users.filter((id) => !known.isMember(id)).map((id) => `card.refresh: nobody here is “${id}”`),
  ];
}

/** Mentions work in TextBlocks and facts alone; elsewhere the mark-up is shown as it is, which harms nobody. */
function mentionFaults(card: CardJson, all: Node[], known: Known): string[] {
  const entities = isRecord(card.msteams) && Array.isArray(card.msteams.entities) ? card.msteams.entities : [];
  const declared = new Map(
    entities.filter(isRecord).map((entity) => [entity.text, isRecord(entity.mentioned) ? entity.mentioned.id : null]),
  );
  const used = all.flatMap(({ path, value }) => {
    const texts = value.type === 'TextBlock' ? [value.text] : path.includes('.facts[') ? [value.value] : [];
    return texts.flatMap((text) => (typeof text === 'string' ? [...text.matchAll(mention)].map(([tag]) => tag) : []));
  });
  return [
    ...used.filter((tag) => !declared.has(tag)).map((tag) => `card: ${tag} without an entity in msteams.entities`),
    ...[...declared].flatMap(([tag, id]) => [
      ...(used.includes(String(tag)) ? [] : [`card: an entity for ${String(tag)}, which no text holds`]),
      ...(known.isMember(String(id)) ? [] : [`card: mentions “${String(id)}”, who is nobody here`]),
    ]),
  ];
}

import type * as Library from 'adaptivecards';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';

/**
 * The Adaptive Cards 1.5 schema as JSON Schema. The published one ships in no npm package (looked for in 2026), so it
 * is drawn from the official `adaptivecards` library: its registry knows each element and action, each property with
 * the version it came with, and the words that an enumeration takes. What the library reads without declaring it, or
 * declares without its being published, is in the tables below.
 */

// The package's main file is an ES module that plain Node cannot load.
const cards = require('adaptivecards/dist/adaptivecards.js') as typeof Library;

type Schema = Record<string, unknown>;
const MAX = cards.Versions.v1_5;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const text: Schema = { type: 'string' };
const pixels: Schema = { type: 'string', pattern: '^\\d+px$' };

const fallbackTo = (name: string): Schema => ({ if: text, then: { const: 'drop' }, else: ref(name) });

/** Nested parts, which the library reads by hand. */
const structure: Record<string, Record<string, Schema>> = {
  AdaptiveCard: { body: listOf(ref('element')), actions: listOf(ref('action')) },
  Container: { items: listOf(ref('element')) },
  Column: { items: listOf(ref('element')) },
  ColumnSet: { columns: listOf(ref('Column')) },
  ActionSet: { actions: listOf(ref('action')) },
  RichTextBlock: { inlines: listOf({ if: text, else: ref('TextRun') }) },
  Table: { rows: listOf(ref('TableRow')) },
  TableRow: { cells: listOf(ref('TableCell')) },
  TableCell: { items: listOf(ref('element')) },
  'Action.ShowCard': { card: ref('AdaptiveCard') },
};

const required: Record<string, string[]> = {
  ActionSet: ['actions'],
  Container: ['items'],
  FactSet: ['facts'],
  Fact: ['title', 'value'],
  'Input.Choice': ['title', 'value'],
  Image: ['url'],
  ImageSet: ['images'],
  Media: ['sources'],
  MediaSource: ['mimeType', 'url'],
  BackgroundImage: ['url'],
  RichTextBlock: ['inlines'],
  TextBlock: ['text'],
  TextRun: ['type', 'text'],
  TableCell: ['items'],
  'Input.Toggle': ['id', 'title'],
  'Action.OpenUrl': ['url'],
  'Action.ToggleVisibility': ['targetElements'],
  Refresh: ['action'],
};

/** Properties that the library's base class gives to all elements, but that are published for these alone. */
const publishedFor: Record<string, readonly string[]> = {
  horizontalAlignment: ['ColumnSet', 'Image', 'RichTextBlock', 'TextBlock', 'BackgroundImage'],
  lang: ['AdaptiveCard'],
};
const ofElementsOnly = ['id', 'isVisible', 'separator', 'height', 'spacing', 'requires'];
const inheritedInVain: Record<string, readonly string[]> = {
  AdaptiveCard: [...ofElementsOnly, 'style', 'bleed'],
  TextRun: ofElementsOnly,
  TableRow: ofElementsOnly,
  TableCell: ofElementsOnly,
  Table: ['style'],
  Column: ['height'],
  ActionSet: ['orientation'],
};

/** Properties whose reading is code of the library's own. */
const byName: Record<string, Schema> = {
  $schema: text,
  version: text,
  data: { type: ['object', 'string'] },
  requires: { type: 'object', additionalProperties: text },
  selectAction: ref('selectAction'),
  inlineAction: ref('selectAction'),
  action: ref('Action.Execute'),
  associatedInputs: { enum: ['auto', 'none', 'Auto', 'None'] },
  width: { type: ['string', 'number'] },
  height: text,
  min: text,
  max: text,
  value: text,
  targetElements: listOf({
    if: text,
    else: {
      type: 'object',
      properties: { type: { const: 'TargetElement' }, elementId: text, isVisible: { type: 'boolean' } },
      required: ['elementId'],
      additionalProperties: false,
    },
  }),
  backgroundImage: { if: text, else: ref('BackgroundImage') },
};

/** Enumerations are read without regard to case. */
const oneOfWords = (words: string[]): Schema => ({
  type: 'string',
  pattern: `^(?:${words.map((word) => word.replace(/[a-z]/gi, (c) => `[${c.toLowerCase()}${c.toUpperCase()}]`)).join('|')})$`,
  description: words.join(', '),
});
const current = <T>(values: readonly Library.IVersionedValue<T>[]): T[] =>
  values.filter(({ targetVersion }) => !targetVersion || targetVersion.compareTo(MAX) <= 0).map(({ value }) => value);

const nestedNames: [new () => Library.SerializableObject, string][] = [
  [cards.BackgroundImage, 'BackgroundImage'],
  [cards.RefreshDefinition, 'Refresh'],
  [cards.Authentication, 'Authentication'],
  [cards.TokenExchangeResource, 'TokenExchangeResource'],
  [cards.AuthCardButton, 'AuthCardButton'],
  [cards.Fact, 'Fact'],
  [cards.Choice, 'Input.Choice'],
  [cards.MediaSource, 'MediaSource'],
  [cards.TableColumnDefinition, 'TableColumnDefinition'],
  [cards.Image, 'Image'],
];
const nestedName = (type: unknown): string => nestedNames.find(([known]) => known === type)?.[1] ?? 'unknown';

function schemaOf(property: Library.PropertyDefinition): Schema {
  if (property instanceof cards.BoolProperty) return { type: 'boolean' };
  if (property instanceof cards.NumProperty) return { type: 'number' };
  if (property instanceof cards.PixelSizeProperty) return pixels;
  if (property instanceof cards.StringArrayProperty) return listOf(text);
  if (property instanceof cards.ValueSetProperty) return oneOfWords(current(property.values));
  if (property instanceof cards.EnumProperty)
    return oneOfWords(current(property.values).map((value) => (property.enumType as Record<number, string>)[value]!));
  const special = byName[property.name];
  if (property instanceof cards.SerializableObjectCollectionProperty)
    return listOf(ref(nestedName(property.objectType)));
  if (property instanceof cards.SerializableObjectProperty) return special ?? ref(nestedName(property.objectType));
  if (property instanceof cards.StringProperty) return text;
  if (!special) throw new Error(`the adaptivecards library has a property unknown to this file: ${property.name}`);
  return special;
}

function definition(name: string, sample: Library.SerializableObject, kind: 'element' | 'action' | 'part'): Schema {
  const schema = sample.getSchema();
  const properties: Record<string, Schema> = {};
  for (let index = 0; index < schema.getCount(); index++) {
    const property = schema.getItemAt(index);
    const foreign = publishedFor[property.name]?.includes(name) === false;
    if (property.targetVersion.compareTo(MAX) > 0 || foreign || inheritedInVain[name]?.includes(property.name))
      continue;
    properties[property.name] = schemaOf(property);
  }
  if (kind !== 'part') properties.fallback = fallbackTo(kind);
  if (name === 'Column') properties.fallback = fallbackTo(name);
  // The type of a part may be left out; of what stands among others it may not.
  if (name !== 'AuthCardButton') properties.type = { const: name };
  const isInput = kind === 'element' && name.startsWith('Input.');
  return {
    type: 'object',
    properties: { ...properties, ...structure[name] },
    required: [...(kind === 'part' ? [] : ['type']), ...(isInput ? ['id'] : []), ...(required[name] ?? [])],
    additionalProperties: false,
  };
}

const choice = (names: string[]): Schema => ({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: names.map(ref),
});

function buildSchema(): Schema {
  const definitions: Record<string, Schema> = {};
  const namesIn = (
    registry: Library.CardObjectRegistry<Library.SerializableObject>,
    kind: 'element' | 'action',
  ): string[] => {
    const names: string[] = [];
    for (let index = 0; index < registry.getItemCount(); index++) {
      const { typeName, objectType, schemaVersion } = registry.getItemAt(index);
      if (schemaVersion.compareTo(MAX) > 0) continue;
      definitions[typeName] = definition(typeName, new objectType(), kind);
      names.push(typeName);
    }
    return names;
  };
  const actions = namesIn(cards.GlobalRegistry.actions, 'action');
  // A TextRun stands in a RichTextBlock, never by itself.
  const elements = namesIn(cards.GlobalRegistry.elements, 'element').filter((name) => name !== 'TextRun');
  for (const [type, name] of nestedNames)
    if (name !== 'Image') definitions[name] = definition(name, new type(), 'part');
  for (const [name, type] of [
    ['Column', cards.Column],
    ['TableRow', cards.TableRow],
    ['TableCell', cards.TableCell],
    ['AdaptiveCard', cards.AdaptiveCard],
  ] as const)
    definitions[name] = definition(name, new type(), 'part');
  (definitions.TextRun!.properties as Record<string, Schema>).fallback = { not: {} };
  definitions.element = choice(elements);
  definitions.action = choice(actions);
  definitions.selectAction = choice(actions.filter((name) => name !== 'Action.ShowCard'));
  return { ...ref('AdaptiveCard'), required: ['type', 'version'], definitions };
}

let compiled: ValidateFunction | undefined;

function told({ instancePath, keyword, message, params, parentSchema }: ErrorObject): string {
  const at = `card${instancePath}`;
  if (keyword === 'additionalProperties') return `${at}: has no property “${String(params.additionalProperty)}”`;
  if (keyword === 'discriminator') return `${at}: there is no “${String(params.tagValue)}” in version ${MAX}`;
  if (keyword === 'pattern' && typeof parentSchema?.description === 'string')
    return `${at}: must be one of ${parentSchema.description}`;
  return `${at}: ${message ?? keyword}`;
}

/** What the schema holds against a card; empty when it is valid. */
export function schemaFaults(card: unknown): string[] {
  compiled ??= new Ajv({
    strict: false,
    validateSchema: false,
    discriminator: true,
    allErrors: true,
    verbose: true,
  }).compile(buildSchema());
  return compiled(card) ? [] : (compiled.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(told);
}

/** What the official library says when it reads the card. */
export function libraryFaults(card: object): string[] {
  const context = new cards.SerializationContext(MAX);
  const parsed = new cards.AdaptiveCard();
  // How many actions stand in a row is the host's own rule; see card-rules.ts for the one of Teams.
  parsed.hostConfig = new cards.HostConfig({ actions: { maxActions: Number.MAX_SAFE_INTEGER } });
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}

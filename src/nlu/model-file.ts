import type { Confidence } from './confidence';
import { type FeatureOptions, Vectoriser } from './features';
import { buildLexicon, type Lexicon } from './lexicon';
import { codeVersion, Model } from './model';
import { Neighbours } from './neighbours';
import { NgramTrie } from './ngram-trie';
import { PairTable } from './pair-table';
import { Spelling } from './spelling';
import { Stems } from './stems';
import { WordVectors } from './word-vectors';

/**
 * A model as one file: eight bytes of name, the length of a JSON header, the header, then number arrays and word lists one
 * after another, each at a multiple of eight. Little-endian, as every machine we run on. Reading makes views, not copies.
 */
const magic = 'SIGNNLU2';

type Kind = 'f32' | 'i32' | 'i8' | 'text';
interface Section {
  name: string;
  kind: Kind;
  offset: number;
  bytes: number;
}

interface Header {
  hash: string;
  codeVersion: number;
  intents: readonly string[];
  confidence: Confidence;
  features: FeatureOptions;
  nodes: number;
  bigrams: number;
  pairs: number;
  classes: number;
  /** Numbers of a word vector; 0 if the model has none. */
  dimensions: number;
  sections: Section[];
}

export function serialise(model: Model, hash: string): Buffer {
  const { vectoriser, linear, neighbours } = model.core;
  const { stems, bigrams, pairs, trie, nodeFeature, idf } = vectoriser.vocabulary;
  const parts: Array<[string, Kind, Float32Array | Int32Array | Int8Array | string]> = [
    ['weights', 'i8', linear.weights],
    ['scale', 'f32', linear.scale],
    ['bias', 'f32', linear.bias],
    ['idf', 'f32', idf],
    ['bigrams', 'i32', bigrams.parts],
    ['pairs', 'i32', pairs.parts],
    ['trieKeys', 'i32', trie.parts.keys],
    ['trieChildren', 'i32', trie.parts.children],
    ['nodeFeature', 'i32', nodeFeature],
    ['neighbourStart', 'i32', neighbours.parts.start],
    ['neighbourRows', 'i32', neighbours.parts.rows],
    ['neighbourValues', 'f32', neighbours.parts.values],
    ['neighbourLabels', 'i32', neighbours.parts.labels],
    ['vectors', 'i8', vectoriser.vectors?.codes ?? new Int8Array(0)],
    ['vectorWords', 'text', vectoriser.vectors?.words.join('\n') ?? ''],
    ['stems', 'text', stems.list.join('\n')],
    ['vocabulary', 'text', [...model.vocabulary].map(([word, count]) => `${word}\t${count}`).join('\n')],
  ];
  const sections: Section[] = [];
  const buffers: Buffer[] = [];
  let offset = 0;
  for (const [name, kind, data] of parts) {
    const bytes =
      typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    sections.push({ name, kind, offset, bytes: bytes.length });
    const gap = (8 - (bytes.length % 8)) % 8;
    buffers.push(bytes, Buffer.alloc(gap));
    offset += bytes.length + gap;
  }
  const header: Header = {
    hash,
    codeVersion,
    intents: model.intents,
    confidence: model.confidence,
    features: vectoriser.options,
    nodes: trie.nodes,
    bigrams: bigrams.size,
    pairs: pairs.size,
    classes: linear.classes,
    dimensions: vectoriser.vectors?.dimensions ?? 0,
    sections,
  };
  let json = JSON.stringify(header);
  json += ' '.repeat((8 - ((Buffer.byteLength(json) + magic.length + 8) % 8)) % 8);
  const head = Buffer.alloc(magic.length + 8);
  head.write(magic, 'latin1');
  head.writeUInt32LE(Buffer.byteLength(json), magic.length);
  return Buffer.concat([head, Buffer.from(json, 'utf8'), ...buffers]);
}

/** The model in `file`, or null when it was made from other rows, by other code, or is damaged. */
export function deserialise(file: Buffer, hash: string, lexicon: Lexicon = buildLexicon(null)): Model | null {
  try {
    if (file.toString('latin1', 0, magic.length) !== magic) return null;
    const length = file.readUInt32LE(magic.length);
    const from = magic.length + 8 + length;
    const header = JSON.parse(file.toString('utf8', magic.length + 8, from)) as Header;
    if (header.hash !== hash || header.codeVersion !== codeVersion) return null;
    // Views need an aligned start; small files may lie anywhere in Node's pool.
    const data = new Uint8Array(file.buffer, file.byteOffset + from, file.length - from);
    const aligned = data.byteOffset % 8 === 0 ? data : new Uint8Array(data);
    const at = (name: string): Section => {
      const section = header.sections.find((s) => s.name === name);
      if (!section || section.offset + section.bytes > aligned.length) throw new Error(`section ${name} is missing`);
      return section;
    };
    const floats = (name: string) =>
      new Float32Array(aligned.buffer, aligned.byteOffset + at(name).offset, at(name).bytes / 4);
    const integers = (name: string) =>
      new Int32Array(aligned.buffer, aligned.byteOffset + at(name).offset, at(name).bytes / 4);
    const bytes = (name: string) => new Int8Array(aligned.buffer, aligned.byteOffset + at(name).offset, at(name).bytes);
    const lines = (name: string) => {
      const { offset, bytes: size } = at(name);
      return size === 0
        ? []
        : Buffer.from(aligned.buffer, aligned.byteOffset + offset, size)
            .toString('utf8')
            .split('\n');
    };
    const vocabulary = new Map<string, number>();
    for (const line of lines('vocabulary')) {
      const tab = line.indexOf('\t');
      vocabulary.set(line.slice(0, tab), Number(line.slice(tab + 1)));
    }
    return new Model(
      header.intents,
      new Spelling(vocabulary),
      {
        vectoriser: new Vectoriser(
          header.features,
          {
            stems: new Stems(lines('stems')),
            bigrams: PairTable.from(integers('bigrams'), header.bigrams),
            pairs: PairTable.from(integers('pairs'), header.pairs),
            trie: NgramTrie.from(integers('trieKeys'), integers('trieChildren'), header.nodes),
            nodeFeature: integers('nodeFeature'),
            idf: floats('idf'),
          },
          header.dimensions > 0 ? new WordVectors(lines('vectorWords'), bytes('vectors'), header.dimensions) : null,
        ),
        linear: { classes: header.classes, weights: bytes('weights'), scale: floats('scale'), bias: floats('bias') },
        neighbours: new Neighbours({
          start: integers('neighbourStart'),
          rows: integers('neighbourRows'),
          values: floats('neighbourValues'),
          labels: integers('neighbourLabels'),
        }),
      },
      header.confidence,
      vocabulary,
      lexicon,
    );
  } catch {
    return null;
  }
}

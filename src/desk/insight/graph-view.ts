import dagre from '@dagrejs/dagre';
import type { WireGraph, WireNode } from './wire.js';

const namespace = 'http://www.w3.org/2000/svg';
const width = 190;
const lineHeight = 16;
const letters = 27;

/** A scenario's graph as SVG, laid out by dagre. Each step can be chosen; what it says is text, never markup. */
export class GraphView {
  private chosen: string | null = null;
  private readonly boxes = new Map<string, SVGGElement>();

  /** @param onChoose null: a picture, with nothing to press */
  constructor(
    private readonly place: HTMLElement,
    private readonly onChoose: ((step: string) => void) | null,
  ) {}

  show(graph: WireGraph, figure: (node: WireNode) => { text: string; share: number }): void {
    this.boxes.clear();
    this.chosen = null;
    const layout = new dagre.graphlib.Graph({ multigraph: false });
    layout.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 54, marginx: 16, marginy: 16 });
    layout.setDefaultEdgeLabel(() => ({}));
    const texts = new Map(graph.nodes.map((node) => [node.id, wrapped(node.title, letters, 3)]));
    for (const node of graph.nodes)
      layout.setNode(node.id, { width, height: texts.get(node.id)!.length * lineHeight + 34 });
    for (const { from, to, label } of graph.edges) {
      const lines = labelLines(label);
      layout.setEdge(from, to, { width: 130, height: lines.length * 14 + 14, labelpos: 'c' });
    }
    dagre.layout(layout);
    const { width: wide = 0, height: high = 0 } = layout.graph();
    const svg = make('svg', { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high });
    if (!this.onChoose) svg.setAttribute('aria-hidden', 'true');
    const most = Math.max(1, ...graph.edges.map(({ walked }) => walked));
    svg.append(arrowHead());
    for (const edge of graph.edges) {
      const { points, x = 0, y = 0 } = layout.edge(edge.from, edge.to) as { points: Point[]; x?: number; y?: number };
      const stroke = edge.walked === 0 ? 1 : 1.5 + (edge.walked / most) * 8;
      const path = make('path', {
        d: curve(points),
        class: edge.walked ? 'way walked' : 'way',
        'stroke-width': stroke,
      });
      // A thick line would carry a giant head; the head is drawn on a thin one over it.
      const tip = make('path', { d: curve(points), class: 'way-tip', 'marker-end': 'url(#arrow)' });
      svg.append(path, tip, wayLabel(x, y, labelLines(edge.label), edge.walked));
    }
    for (const node of graph.nodes) {
      const { x, y, height } = layout.node(node.id);
      const box = this.box(node, { x, y, height, lines: texts.get(node.id)! }, figure(node), node.id === graph.start);
      this.boxes.set(node.id, box);
      svg.append(box);
    }
    this.place.replaceChildren(svg);
    const start = layout.node(graph.start);
    if (start) this.place.scrollLeft = start.x - this.place.clientWidth / 2;
  }

  choose(step: string): void {
    if (this.chosen) this.boxes.get(this.chosen)?.classList.remove('chosen');
    this.chosen = step;
    const box = this.boxes.get(step);
    box?.classList.add('chosen');
    for (const [id, one] of this.boxes) if (this.onChoose) one.setAttribute('aria-pressed', String(id === step));
  }

  private box(
    node: WireNode,
    { x, y, height, lines }: { x: number; y: number; height: number; lines: string[] },
    { text, share }: { text: string; share: number },
    isStart: boolean,
  ): SVGGElement {
    const group = make('g', {
      class: `step ${node.kind}${isStart ? ' start' : ''}`,
      transform: `translate(${x - width / 2} ${y - height / 2})`,
    });
    group.append(make('rect', { class: 'box', width, height, rx: node.kind === 'question' ? 22 : 10 }));
    // The share who left, as a red part of the lower edge.
    if (share > 0)
      group.append(make('rect', { class: 'left', x: 10, y: height - 5, width: (width - 20) * share, height: 5 }));
    lines.forEach((line, index) => {
      group.append(words(line, width / 2, 22 + index * lineHeight, 'step-title'));
    });
    group.append(words(text, width / 2, height - 12, 'step-figure'));
    const title = make('title', {});
    title.textContent = node.title;
    group.append(title);
    const choose = this.onChoose;
    if (choose && node.kind !== 'elsewhere') {
      group.setAttribute('role', 'button');
      group.setAttribute('tabindex', '0');
      group.setAttribute('aria-label', `${node.kind === 'question' ? 'Question' : 'Step'}: ${node.title}. ${text}`);
      group.addEventListener('click', () => choose(node.id));
      group.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose(node.id);
      });
    }
    return group;
  }
}

interface Point {
  x: number;
  y: number;
}

function make<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

function words(text: string, x: number, y: number, look: string): SVGTextElement {
  const made = make('text', { x, y, class: look, 'text-anchor': 'middle' });
  made.textContent = text;
  return made;
}

function arrowHead(): SVGDefsElement {
  const defs = make('defs', {});
  const marker = make('marker', {
    id: 'arrow',
    viewBox: '0 0 8 8',
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    markerUnits: 'userSpaceOnUse',
    orient: 'auto',
  });
  marker.append(make('path', { d: 'M0 0 8 4 0 8z', class: 'arrow' }));
  defs.append(marker);
  return defs;
}

function wayLabel(x: number, y: number, lines: readonly string[], walked: number): SVGGElement {
  const group = make('g', { class: walked ? 'way-label walked' : 'way-label' });
  const all = walked ? [...lines, walked.toLocaleString('en')] : [...lines];
  const top = y - ((all.length - 1) * 14) / 2 + 4;
  const longest = Math.max(0, ...all.map((line) => line.length));
  group.append(
    make('rect', {
      class: 'way-ground',
      x: x - longest * 3.1 - 4,
      y: top - 12,
      width: longest * 6.2 + 8,
      height: all.length * 14 + 4,
      rx: 5,
    }),
  );
  all.forEach((line, index) => {
    group.append(words(line, x, top + index * 14, index === lines.length ? 'way-count' : 'way-words'));
  });
  return group;
}

const labelLines = (label: string): string[] => wrapped(label, 22, 2);

/** Words in lines of about so many letters; what does not fit ends in a mark. */
function wrapped(text: string, length: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, length - 2)} …`];
}

/** A soft line through dagre's points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    path += next
      ? ` Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`
      : ` L${point.x} ${point.y}`;
  });
  return path;
}

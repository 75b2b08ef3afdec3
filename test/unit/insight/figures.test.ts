import type { TurnCount } from '../../../src/core/turn-facts';
import { figuresOf } from '../../../src/insight/figures';
import { graphOf } from '../../../src/insight/graph';
import { groupAlike } from '../../../src/insight/groups';
import { middle } from '../../../src/insight/middle';
import { knowledge } from '../../builders/bot';

const turn = (parts: Partial<TurnCount>): TurnCount => ({
  platform: 'slack',
  step: null,
  next: null,
  began: null,
  walked: [],
  decision: null,
  outcome: null,
  ended: 'no',
  turns: 1,
  ...parts,
});
const begun = turn({
  next: 'mfa-lost/iam/another-device',
  began: 'mfa-lost',
  walked: [['>', 'mfa-lost/which-type', 'mfa-lost/iam/another-device']],
  turns: 10,
});
const here = 'mfa-lost/iam/another-device';

describe('figures', () => {
  test('helped alone is what people said, and nothing else', () => {
    const figures = figuresOf([begun, turn({ step: here, outcome: 'solved', turns: 3 })], [], null);
    expect(figures).toMatchObject({ problems: 10, helpedAlone: 3, handedOver: 0, gaveUp: 0 });
    expect(figures.scenarios).toEqual([
      { scenario: 'mfa-lost', entered: 10, helpedAlone: 3, handedOver: 0, gaveUp: 0 },
    ]);
  });

  test('who left without a word gave up where they were; who is still within a day did not', () => {
    const left = turn({ step: here, next: 'mfa-lost/iam/only-administrator', outcome: 'not_solved', turns: 2 });
    const figures = figuresOf(
      [
        { ...left, ended: 'left' },
        { ...left, ended: 'open', turns: 5 },
      ],
      [],
      null,
    );
    expect(figures.gaveUp).toBe(2);
    expect(figures.steps.find(({ gaveUp }) => gaveUp > 0)).toMatchObject({
      step: 'mfa-lost/iam/only-administrator',
      gaveUp: 2,
    });
    expect(figures.steps.find(({ step }) => step === here)?.notHelped).toBe(7);
  });

  test('who asked people, or was helped, did not give up by leaving', () => {
    for (const outcome of ['handed_over', 'solved'] as const)
      expect(figuresOf([turn({ step: here, next: here, outcome, ended: 'left' })], [], null).gaveUp).toBe(0);
  });

  test('one platform is told apart, its requests too', () => {
    const ticket = { id: 1, intent: 'mfa.lost', openedAt: 1000, claimedAt: 4000, solvedAt: null, cancelledAt: null };
    const tickets = [
      { ...ticket, platform: 'slack' },
      { ...ticket, platform: 'teams', claimedAt: 9000 },
    ];
    const figures = figuresOf([begun, { ...begun, platform: 'teams', turns: 4 }], tickets, 'teams');
    expect(figures).toMatchObject({ problems: 4, toClaim: { of: 1, half: 8000, nineTenths: 8000 }, toSolve: null });
  });

  test('the middle is a value that occurred', () => {
    expect(middle([])).toBeNull();
    expect(middle([9, 1, 5, 3])).toEqual({ of: 4, half: 3, nineTenths: 9 });
    expect(middle([4])).toEqual({ of: 1, half: 4, nineTenths: 4 });
  });
});

describe('the graph of a scenario', () => {
  const { content } = knowledge();

  test('every step and every way of every scenario is drawn, and nothing hangs in the air', () => {
    for (const scenario of content.scenarios) {
      const { nodes, edges, start } = graphOf(content, scenario, []);
      const ids = nodes.map(({ id }) => id);
      expect(ids).toEqual(
        expect.arrayContaining(Object.keys(scenario.steps).map((name) => `${scenario.name}/${name}`)),
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toContain(start);
      for (const { from, to, label } of edges) {
        expect(ids).toContain(from);
        expect(ids).toContain(to);
        expect(label).not.toBe('');
      }
      for (const { title } of nodes) expect(title.trim()).not.toBe('');
    }
  });

  test('a way counts who walked it, also past a question whose answer was known', () => {
    const graph = graphOf(content, content.byName.get('mfa-lost')!, [begun]);
    const way = graph.edges.find(({ from, to }) => from === 'mfa-lost/which-type' && to === here);
    expect(way?.walked).toBe(10);
    expect(graph.edges.filter(({ walked }) => walked > 0)).toHaveLength(1);
    expect(graph.nodes.find(({ id }) => id === here)?.figures.reached).toBe(10);
  });
});

test('alike things come together, the biggest group first', () => {
  const likeness = (items: string[]) => (a: number, b: number) => (items[a]![0] === items[b]![0] ? 1 : 0);
  const items = ['b1', 'a1', 'a2', 'c1', 'a3', 'b2'];
  expect(groupAlike(items, likeness(items))).toEqual([['a1', 'a2', 'a3'], ['b1', 'b2'], ['c1']]);
});

import { checkContent } from '../../../src/content/check';
import { ContentError, formatFault } from '../../../src/content/faults';
import { loadContent } from '../../../src/content/load';
import { readContent } from '../../../src/content/read';
import { intents } from '../../builders/bot';
import { ContentTree } from '../../builders/content-tree';

const data = 'scenarios/mfa-lost/scenario.yaml';
const words = 'scenarios/mfa-lost/en.yaml';
const rules = 'escalation.yaml';

let tree: ContentTree;
beforeEach(() => {
  tree = new ContentTree();
});
afterEach(() => tree.remove());

const faults = () => checkContent(readContent(tree.root));

/** The 1-based line of a file that holds a piece of text. */
const lineWith = (path: string, piece: string): number =>
  tree
    .read(path)
    .split('\n')
    .findIndex((text) => text.includes(piece)) + 1;

type Edit = readonly [path: string, from: string, to: string];
interface Broken {
  what: string;
  edits: readonly Edit[];
  problem: RegExp;
  file?: string;
  /** A piece of the line that must be named. */
  at?: string;
}

const lone = '  iam/alone:\n    rule: lost/iam\n    links: [page]\n    offer: account-admin\n';

const broken: readonly Broken[] = [
  // Rules
  {
    what: 'an offer that the rule forbids',
    edits: [[data, 'offer: account-admin\n    guide', 'offer: org-admin\n    guide']],
    problem: /offers org-admin, whom rule lost\/iam forbids/,
    at: 'offer: org-admin',
  },
  {
    what: 'a form that the rule forbids',
    edits: [[data, 'rule: lost/iam\n    links: [page]', 'rule: lost/iam\n    links: [form, page]']],
    problem: /links to form, the way to aws-support:mfa-form, whom rule lost\/iam forbids/,
    at: 'links: [form, page]',
  },
  {
    what: 'a person whom the rule forbids, named on the step',
    edits: [[data, 'person: account-owner', 'person: account-admin']],
    problem: /"a person please" leads to account-admin, whom rule lost\/root forbids/,
    at: '    person: account-admin',
  },
  {
    what: 'a person whom the rule forbids, by the scenario’s default',
    edits: [[data, '    person: account-owner\n', '']],
    problem: /"a person please" leads to account-admin, whom rule lost\/root forbids/,
    at: 'root/form:\n',
  },
  {
    what: 'one forbidding rule among several',
    edits: [
      [
        data,
        'rule: lost/iam\n    links: [page]\n    offer: account-admin\n    guide',
        'rule: [lost/iam, lost/root]\n    links: [page]\n    offer: account-admin\n    guide',
      ],
    ],
    problem: /offers account-admin, whom rule lost\/root forbids/,
  },
  {
    what: 'an offer that no rule sends to',
    edits: [[data, 'offer: account-admin\n    guide', 'offer: network-admin\n    guide']],
    problem: /offers network-admin, to whom none of its rules sends/,
    at: 'offer: network-admin',
  },
  {
    what: 'a form that is offered without its link',
    edits: [[data, 'links: [page, form]', 'links: [page]']],
    problem: /offers aws-support:mfa-form without a link to its form/,
    at: 'links: [page]',
  },
  {
    what: 'a rule that no path reaches',
    edits: [
      [
        rules,
        'rules:\n',
        'rules:\n  - { id: lost/nobody, user: nobody, self_service: true, to: [], never: [], reason: Because it is so., basis: derived, source: "https://docs.aws.amazon.com/", checked: 2026-11-22 }\n',
      ],
    ],
    problem: /no path reaches rule lost\/nobody/,
    file: rules,
    at: 'lost/nobody',
  },
  {
    what: 'a role of a rule that is never offered',
    edits: [[rules, 'to: [account-admin]', 'to: [account-admin, account-owner]']],
    problem: /rule lost\/iam sends to account-owner, but no step with this rule offers it/,
    file: rules,
    at: 'id: lost/iam',
  },
  {
    what: 'a rule that contradicts itself',
    edits: [[rules, 'never: [account-admin]', 'never: [account-admin, aws-support:mfa-form]']],
    problem: /rule lost\/root both sends to aws-support:mfa-form and forbids it/,
    file: rules,
    at: 'id: lost/root',
  },
  {
    what: 'two rules of one id',
    edits: [[rules, 'id: lost/iam', 'id: lost/root']],
    problem: /two rules are called lost\/root/,
    file: rules,
  },
  {
    what: 'an unknown rule',
    edits: [[data, 'rule: lost/root', 'rule: lost/moon']],
    problem: /unknown rule "lost\/moon"/,
    at: 'rule: lost/moon',
  },
  {
    what: 'the wrong kind of user at a rule',
    edits: [[data, 'iam: iam/device', 'iam: root/form']],
    problem: /a person known to be iam gets here, but rule lost\/root is for root/,
    at: 'root/form:\n',
  },
  // Steps
  {
    what: 'an answer to a missing step',
    edits: [[data, 'root: root/form', 'root: root/gone']],
    problem: /leads to the missing step "root\/gone"/,
    at: 'root: root/gone',
  },
  {
    what: 'a choice to a missing step',
    edits: [[data, 'alone: iam/alone', 'alone: iam/gone']],
    problem: /leads to the missing step "iam\/gone"/,
    at: 'alone: iam/gone',
  },
  {
    what: '“then” to a missing step',
    edits: [[data, 'then: iam/alone', 'then: iam/gone']],
    problem: /leads to the missing step "iam\/gone"/,
    at: 'then: iam/gone',
  },
  {
    what: '“instead” to a missing step',
    edits: [
      [data, 'rule: lost/root\n', 'rule: lost/root\n    instead: [{ if: { error: denied }, then: root/gone }]\n'],
    ],
    problem: /leads to the missing step "root\/gone"/,
    at: 'instead:',
  },
  {
    what: 'a start that is missing',
    edits: [[data, 'start: which-type', 'start: beginning']],
    problem: /start names the missing step "beginning"/,
    at: 'start: beginning',
  },
  {
    what: 'a hand-over to an unknown intent',
    edits: [[data, 'then: iam/alone', 'then: { go: mfa.found }']],
    problem: /hands over to the unknown intent "mfa.found"/,
    at: 'mfa.found',
  },
  {
    what: 'a step nobody can reach',
    edits: [
      [data, lone, `${lone}  iam/lonely:\n    rule: lost/iam\n    links: [page]\n    offer: account-admin\n`],
      [words, '  iam/alone:', '  iam/lonely: { title: Lonely, say: Nobody reads this. }\n  iam/alone:'],
    ],
    problem: /nobody can reach the step "iam\/lonely"/,
    at: 'iam/lonely:',
  },
  {
    what: 'questions that answer each other in a circle',
    edits: [
      [
        data,
        '  which-type:\n    ask: account_type\n    answers:\n      root: root/form\n',
        '  which-type:\n    ask: account_type\n    answers:\n      root: root/form\n      unsure: { to: again, set: { account_type: unsure, sign_in_page: unsure } }\n',
      ],
      [
        data,
        '  root/form:\n',
        '  again:\n    ask: sign_in_page\n    answers: { email: root/form, unsure: which-type }\n  root/form:\n',
      ],
    ],
    problem: /lead to each other in a circle/,
  },
  {
    what: 'an unknown link',
    edits: [[data, 'links: [page, form]', 'links: [page, form, moon]']],
    problem: /unknown link "moon"/,
    at: 'links: [page, form, moon]',
  },
  {
    what: 'an unknown guide',
    edits: [[data, 'guide: remove-device', 'guide: remove-moon']],
    problem: /unknown guide "remove-moon"/,
    at: 'guide: remove-moon',
  },
  {
    what: 'a form as the person of a scenario',
    edits: [[data, 'person: account-admin', 'person: aws-support:account-form']],
    problem: /is not somebody the bot can ping/,
    at: 'person: aws-support',
  },
  {
    what: 'a scenario in the wrong folder',
    edits: [[data, 'intent: mfa.lost', 'intent: mfa.broken']],
    problem: /intent mfa.broken does not belong in the folder mfa-lost/,
    at: 'intent: mfa.broken',
  },
  // Words
  {
    what: 'a step without words',
    edits: [[words, '  iam/alone:\n    title: Told to ask\n    say: Then ask the administrator.\n', '']],
    problem: /the step "iam\/alone" has no wording/,
    at: 'iam/alone:\n',
  },
  {
    what: 'words for a step that is gone',
    edits: [[words, '  iam/alone:', '  iam/gone: { title: Gone, say: Nobody reads this. }\n  iam/alone:']],
    problem: /wording for "iam\/gone", which is no told step/,
    file: words,
    at: 'iam/gone',
  },
  {
    what: 'a question without words',
    edits: [[data, 'ask: account_type', 'ask: moon_phase']],
    problem: /the question "moon_phase" has no wording/,
    at: 'ask: moon_phase',
  },
  {
    what: 'an answer without a label',
    edits: [[data, 'iam: iam/device', 'iam: iam/device\n      martian: iam/device']],
    problem: /the answer "martian" of "account_type" has no label/,
    at: 'martian',
  },
  {
    what: 'words for a question that is never asked',
    edits: [
      [
        words,
        'steps:\n',
        'questions:\n  mood: { ask: How are you?, answers: { good: { label: Good }, bad: { label: Bad } } }\nsteps:\n',
      ],
    ],
    problem: /wording for the question "mood", which is never asked/,
    file: words,
    at: 'mood',
  },
  {
    what: 'a choice without a label',
    edits: [[words, '    choices:\n      alone: { label: I am alone }\n', '']],
    problem: /the choice "alone" has no label/,
    file: words,
    at: 'iam/device:',
  },
  {
    what: 'a label for a choice that is gone',
    edits: [[words, 'alone: { label: I am alone }', 'alone: { label: I am alone }\n      gone: { label: Gone }']],
    problem: /a label for "gone", which is no choice of the step/,
    file: words,
    at: 'gone:',
  },
  {
    what: 'a fact of the company that does not exist',
    edits: [[words, 'identity_provider:', 'favourite_colour:']],
    problem: /unknown company fact "favourite_colour"/,
    file: words,
    at: 'favourite_colour',
  },
  {
    what: 'a part too long to be shown',
    edits: [[words, 'do: [Open the form., Send it.]', `do: [${'Open it. '.repeat(120)}]`]],
    problem: /a single part of \d+ characters cannot be shown/,
    file: words,
  },
  {
    what: 'a menu with an unknown intent',
    edits: [['phrases/en.yaml', '- mfa.lost', '- mfa.moon']],
    problem: /the menu names the unknown intent "mfa.moon"/,
    file: 'phrases/en.yaml',
    at: 'mfa.moon',
  },
  {
    what: 'a guide with an unknown link',
    edits: [['guides/remove-device.yaml', 'links: [page]', 'links: [moon]']],
    problem: /unknown link "moon"/,
    file: 'guides/remove-device.yaml',
    at: 'links: [moon]',
  },
  // Form
  {
    what: 'an unknown key of a scenario',
    edits: [[data, 'owner: aws-admins', 'owner: aws-admins\ncolour: blue']],
    problem: /unknown key "colour"/,
    at: 'colour',
  },
  {
    what: 'an unknown key of a step',
    edits: [[data, 'guide: remove-device', 'guides: remove-device']],
    problem: /unknown key "guides"/,
    at: 'guides:',
  },
  {
    what: 'an unknown key of the words',
    edits: [[words, 'title: Lost', 'tilte: Lost']],
    problem: /unknown key "tilte"/,
    file: words,
    at: 'tilte',
  },
  {
    what: 'an unknown key of a rule',
    edits: [[rules, 'self_service: true', 'self_service: true\n    mood: good']],
    problem: /unknown key "mood"/,
    file: rules,
    at: 'mood',
  },
  {
    what: 'an unknown key of a link',
    edits: [['links.yaml', 'label: The page,', 'label: The page, colour: red,']],
    problem: /unknown key "colour"/,
    file: 'links.yaml',
    at: 'colour',
  },
  {
    what: 'an unknown role',
    edits: [[data, 'offer: account-admin\n    guide', 'offer: wizard\n    guide']],
    problem: /Invalid option/,
    at: 'offer: wizard',
  },
  {
    what: 'a question with one answer',
    edits: [[data, '      iam: iam/device\n', '']],
    problem: /at least two answers/,
  },
  {
    what: 'a date in words',
    edits: [[rules, 'checked: 2026-11-22', 'checked: lately']],
    problem: /write a date as 2026-11-22/,
    file: rules,
    at: 'lately',
  },
  { what: 'broken YAML', edits: [[data, 'answers:\n', 'answers: [\n']], problem: /is not valid YAML/ },
  {
    what: 'a label longer than a button',
    edits: [[words, 'label: I am alone', `label: ${'very '.repeat(12)}alone`]],
    problem: /<=40 characters/,
    file: words,
    at: 'very very',
  },
  {
    what: 'a missing sentence of the bot',
    edits: [['phrases/en.yaml', '  greeting:', '  greetings:']],
    problem: /greeting/,
    file: 'phrases/en.yaml',
  },
];

describe('checkContent', () => {
  test('the shipped content has no fault', () => {
    expect(checkContent(readContent(intents)).map(formatFault)).toEqual([]);
  });

  test('the tree that these tests break has none either', () => {
    expect(faults()).toEqual([]);
  });

  test.each(broken)('finds $what', ({ edits, problem, file = data, at }) => {
    for (const [path, from, to] of edits) tree.change(path, from, to);
    const found = faults();
    const fault = found.find((one) => problem.test(one.problem) && one.file === `intents/${file}`);
    if (!fault) throw new Error(`not found; instead:\n${found.map(formatFault).join('\n') || 'no fault at all'}`);
    expect(fault.remedy.length).toBeGreaterThan(9);
    expect(fault.line).toBeGreaterThan(0);
    if (at !== undefined) expect(fault.line).toBe(lineWith(file, at.trimEnd()));
  });

  test.each([
    ['true', 'no', 'is not in an organisation gets here'],
    ['false', 'yes', 'is in an organisation gets here'],
  ])('finds a rule with member: %s reached with organization_member: %s', (member, answer, problem) => {
    tree.change(rules, 'for: [root]', `for: [root]\n    member: ${member}`);
    tree.change(data, 'root: root/form', `root: { to: root/form, set: { organization_member: "${answer}" } }`);
    expect(faults().map((fault) => fault.problem)).toEqual([expect.stringContaining(problem)]);
  });

  test('a rule for members may be reached by members, and by those who do not know', () => {
    tree.change(rules, 'for: [root]', 'for: [root]\n    member: true');
    expect(faults()).toEqual([]);
    tree.change(data, 'root: root/form', 'root: { to: root/form, set: { organization_member: "yes" } }');
    expect(faults()).toEqual([]);
  });

  test.each(['escalation.yaml', 'links.yaml', 'phrases/en.yaml', 'languages.yaml', data, words])(
    'says that %s is missing',
    (path) => {
      tree.remove(path);
      expect(faults()).toContainEqual(
        expect.objectContaining({ file: `intents/${path}`, problem: 'cannot be read (ENOENT)' }),
      );
    },
  );

  test('lists all faults at once, across files', () => {
    tree.change(data, 'offer: account-admin\n    guide', 'offer: org-admin\n    guide');
    tree.change(data, 'then: iam/alone', 'then: iam/gone');
    tree.change(words, 'identity_provider:', 'favourite_colour:');
    tree.change('guides/remove-device.yaml', 'links: [page]', 'links: [moon]');
    tree.change('phrases/en.yaml', '- mfa.lost', '- mfa.moon');
    const problems = faults()
      .map(({ problem }) => problem)
      .join('\n');
    for (const piece of ['org-admin', 'iam/gone', 'favourite_colour', 'moon', 'mfa.moon'])
      expect(problems).toContain(piece);
  });

  test('lists all faults of form at once, across files', () => {
    tree.change(data, 'owner: aws-admins', 'owner: aws-admins\ncolour: blue');
    tree.change(words, 'title: Lost', 'tilte: Lost');
    tree.change('links.yaml', 'label: The page,', 'label: Pa,');
    expect(new Set(faults().map(({ file }) => file))).toEqual(
      new Set([`intents/${data}`, `intents/${words}`, 'intents/links.yaml']),
    );
  });

  test('a fault reads as file, line, problem and remedy', () => {
    tree.change(data, 'then: iam/alone', 'then: iam/gone');
    const line = lineWith(data, 'then: iam/gone');
    expect(formatFault(faults()[0]!)).toBe(
      `intents/${data}:${line}  leads to the missing step "iam/gone"\n    → name an existing step of this scenario`,
    );
  });
});

describe('loadContent', () => {
  test('serves a tree without fault', () => {
    expect(loadContent(tree.root).scenarios.map(({ intent }) => intent)).toEqual(['mfa.lost']);
  });

  test('refuses a faulty tree, naming every fault', () => {
    tree.change(data, 'then: iam/alone', 'then: iam/gone');
    tree.change(data, 'guide: remove-device', 'guide: remove-moon');
    const refused = () => loadContent(tree.root);
    expect(refused).toThrow(ContentError);
    expect(refused).toThrow(/2 faults in the content:[\s\S]*iam\/gone[\s\S]*remove-moon/);
  });

  test('refuses a folder that is not there', () => {
    tree.remove('.');
    expect(() => loadContent(tree.root)).toThrow(ContentError);
  });
});

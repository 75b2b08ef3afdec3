import { byId, el } from '../dom.js';
import { ask, attempt, startPage } from './page.js';
import { tableOf } from './table.js';
import type { WireChange, WireExam, WireMissed, WireReview } from './wire.js';

const nameField = byId<HTMLInputElement>('name');
const nameKey = 'helpdesk.name.admin';
const reasons = { not_understood: 'not understood', not_solved: 'did not help' } as const;

let review: WireReview = { groups: [], intents: [], given: [], isWritable: false };
let lesson: WireChange | null = null;

startPage();
nameField.value = localStorage.getItem(nameKey) ?? 'Grace';
nameField.addEventListener('change', () => localStorage.setItem(nameKey, nameField.value));

async function refresh(): Promise<void> {
  review = await ask<WireReview>('review');
  lesson = null;
  showGroups();
  showChange();
}

function showGroups(): void {
  const groups = byId('groups');
  groups.replaceChildren(
    ...(review.groups.length
      ? review.groups.map(group)
      : [el('p', { class: 'panel-note' }, 'Nothing to judge. What the bot does not understand will be here.')]),
  );
}

function group({ suggested, words }: WireReview['groups'][number], index: number): HTMLElement {
  const boxes = words.map((one) => ({ one, box: checkbox(one) }));
  const choose = el('select', { 'aria-label': 'Intent' }, el('option', { value: '' }, 'Choose an intent …'));
  for (const { id, title } of review.intents) choose.append(el('option', { value: id }, `${title} (${id})`));
  choose.append(el('option', { value: 'new' }, 'A new one …'));
  choose.value = review.intents.some(({ id }) => id === suggested) ? (suggested ?? '') : '';
  const fresh = el('input', {
    placeholder: 'network.vpn_needed',
    'aria-label': 'Name of the new intent',
    maxlength: '60',
  });
  fresh.hidden = true;
  choose.addEventListener('change', () => {
    fresh.hidden = choose.value !== 'new';
    if (!fresh.hidden) fresh.focus();
  });
  const chosen = () => boxes.filter(({ box }) => box.input.checked).map(({ one }) => one.id);
  const judge = (intent: string | null) => void attempt(() => judgeWords(chosen(), intent));
  const give = el('button', { type: 'button', class: 'main-button' }, 'Give to this intent');
  give.addEventListener('click', () => {
    const intent = choose.value === 'new' ? fresh.value.trim() : choose.value;
    if (intent) judge(intent);
    else choose.focus();
  });
  const dismiss = el('button', { type: 'button', class: 'plain-button' }, 'Dismiss');
  dismiss.addEventListener('click', () => judge(null));
  return el(
    'fieldset',
    { class: 'panel group' },
    el('legend', { class: 'hidden' }, `Group ${index + 1}, ${words.length} messages`),
    el('ul', {}, ...boxes.map(({ box }) => box.element)),
    el('div', { class: 'group-actions' }, choose, fresh, give, dismiss),
  );
}

function checkbox({ id, text, reason, step, platform }: WireMissed): { element: HTMLElement; input: HTMLInputElement } {
  const input = el('input', { type: 'checkbox', id: `word-${id}` });
  input.checked = true;
  const note = `${reasons[reason]}${step ? ` at ${step}` : ''}, ${platform}`;
  const label = el(
    'label',
    { for: `word-${id}` },
    el('span', { class: 'said' }, text),
    el('span', { class: 'said-note' }, note),
  );
  return { element: el('li', {}, input, label), input };
}

async function judgeWords(ids: number[], intent: string | null): Promise<void> {
  if (ids.length === 0) {
    tell('Nothing is chosen.');
    return;
  }
  const { judged } = await ask<{ judged: number }>('review/judge', { ids, intent, by: nameField.value || 'somebody' });
  await refresh();
  tell(intent === null ? `${judged} dismissed.` : `${judged} given to ${intent}.`);
}

function tell(text: string): void {
  byId('news').textContent = text;
}

function showChange(): void {
  const place = byId('change');
  const { given, isWritable } = review;
  const head = el('h2', { id: 'change-head' }, 'The change');
  if (given.length === 0) {
    place.replaceChildren(
      head,
      el(
        'p',
        { class: 'panel-note' },
        'Nothing is given to an intent yet. What you give below gathers here, until you look at what it would do and write it.',
      ),
    );
    return;
  }
  const examine = el(
    'button',
    { type: 'button', class: 'main-button' },
    lesson ? 'Examine again' : 'What would this do?',
  );
  examine.addEventListener(
    'click',
    () =>
      void attempt(() =>
        busy(examine, 'Training twice …', async () => {
          lesson = await ask<WireChange>('review/change', {});
          showChange();
        }),
      ),
  );
  const write = el('button', { type: 'button', class: 'plain-button' }, 'Write into the files');
  write.addEventListener(
    'click',
    () =>
      void attempt(() =>
        busy(write, 'Writing …', async () => {
          const { files } = await ask<WireChange>('review/write', {});
          await refresh();
          tell(`Written: ${files.map(({ path }) => path).join(', ')}.`);
        }),
      ),
  );
  const file = el(
    'a',
    { class: 'plain-button', href: '/api/insight/review/change.patch', download: '' },
    'Download as a file',
  );
  place.replaceChildren(
    head,
    el(
      'p',
      { class: 'panel-note' },
      `${given.length} ${given.length === 1 ? 'message is' : 'messages are'} given to an intent and not taught yet.${isWritable ? '' : ' The content cannot be changed where it lies, so take the change as a file (git apply) to a copy of the repository.'}`,
    ),
    tableOf(
      'Given and not taught yet',
      [
        { head: 'Words', cell: ({ text }) => text },
        { head: 'Intent', cell: ({ intent }) => intent },
      ],
      given,
    ),
    ...(lesson ? [figures(lesson)] : []),
    el('div', { class: 'group-actions' }, examine, ...(isWritable ? [write] : []), file),
  );
}

async function busy(button: HTMLButtonElement, text: string, work: () => Promise<void>): Promise<void> {
  const before = button.textContent;
  button.disabled = true;
  button.textContent = text;
  try {
    await work();
  } finally {
    button.disabled = false;
    button.textContent = before;
  }
}

function figures({ before, after, worse, files }: WireChange): HTMLElement {
  const share = (part: number, whole: number) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : '–');
  const rows = [
    { name: 'Taught phrases, each by a model that never saw it', pick: (exam: WireExam) => exam },
    ...(before.heldOut ? [{ name: 'Phrases nobody taught', pick: (exam: WireExam) => exam.heldOut ?? exam }] : []),
  ].flatMap(({ name, pick }) => [
    { name, when: 'before', marks: pick(before) },
    { name, when: 'after', marks: pick(after) },
  ]);
  return el(
    'div',
    {},
    tableOf(
      'Figures before and after',
      [
        { head: 'Examined with', cell: ({ name }) => name },
        { head: 'When', cell: ({ when }) => when },
        { head: 'Phrases', cell: ({ marks }) => marks.rows, isNumber: true },
        { head: 'Right', cell: ({ marks }) => share(marks.right, marks.rows), isNumber: true },
        { head: 'Not sure', cell: ({ marks }) => share(marks.asked, marks.rows), isNumber: true },
        { head: 'Wrong', cell: ({ marks }) => share(marks.wrong, marks.rows), isNumber: true },
      ],
      rows,
    ),
    ...(worse.length
      ? [
          el(
            'div',
            { class: 'problem' },
            el('p', {}, 'Right before, and not any more:'),
            el(
              'ul',
              {},
              ...worse.map(({ text, wanted, now }) =>
                el('li', {}, `“${text}” is ${wanted}, and would be taken for ${now}`),
              ),
            ),
          ),
        ]
      : [
          el(
            'p',
            { class: 'panel-note' },
            before.heldOut
              ? 'No phrase that nobody taught gets worse.'
              : 'The phrases that examine the bot are not installed here; `npm run review` has them in the repository.',
          ),
        ]),
    el(
      'p',
      { class: 'panel-note' },
      `Files: ${files.map(({ path, added }) => `${path} (+${added.length})`).join(', ')}`,
    ),
  );
}

void attempt(refresh);

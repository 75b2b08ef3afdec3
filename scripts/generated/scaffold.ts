/**
 * The files of a new scenario, from the repository's root, with the words to replace marked REPLACE.
 * @param wanted what people said who wanted it, from the review
 */
export function scenarioFiles(name: string, wanted: readonly string[] = []): Record<string, string> {
  const [area = '', ...rest] = name.split('-');
  const intent = `${area}.${rest.join('_')}`;
  const title = `${area.charAt(0).toUpperCase()}${area.slice(1)} ${rest.join(' ')} (REPLACE)`;
  const folder = `intents/scenarios/${name}`;
  return {
    [`${folder}/scenario.yaml`]: `# REPLACE: one sentence on which problem this is, and what decides about it.
intent: ${intent}
owner: aws-admins # REPLACE: who keeps it true
person: account-admin # REPLACE: who is meant by "a person please"
start: first

steps:
  first:
    rule: user-type-unknown/anyone # REPLACE: the row of intents/escalation.yaml that judges this step
    links: [si-types] # REPLACE: ids of intents/links.yaml, where AWS documents it
    then: administrator # where "that did not help" leads
  administrator:
    rule: user-type-unknown/anyone # REPLACE
    links: [si-types] # REPLACE
    offer: account-admin # REPLACE: somebody in the rule's \`to\`
`,
    [`${folder}/en.yaml`]: `title: ${title}
summary: REPLACE with one line on the problem, as the help shows it.
steps:
  first:
    title: REPLACE with what this step tries, in a few words
    say: REPLACE with two or three short sentences.
    do:
      - REPLACE with the first thing to do.
    note: REPLACE with what it means if this did not help.
  administrator:
    title: REPLACE with what this step tells
    say: REPLACE with who can help, who cannot, and why.
`,
    [`${folder}/en.utterances.txt`]: `# REPLACE: 60 to 120 ways people say it, one a line: short, long, angry, with typos, without grammar.
# What begins with # is a comment. These lines teach; the ones in test/utterances examine and must be others.
${wanted.length > 0 ? wanted.join('\n') : `${rest.join(' ')} ${area} REPLACE`}
`,
    [`test/conversations/${name}/first-words-to-an-administrator.yaml`]: `# REPLACE the opening with real words, and name the file after what happens.
turns:
  - Ada: ${title}
    bot: ${name}/first
  - Ada: { press: not_solved }
    bot: ${name}/administrator
    escalation: { to: [admin], state: offered }
  - Ada: { press: ask_admin }
    bot: phrases/handed-over
    ticket: { state: open, role: account-admin }
`,
    [`test/utterances/en/${name}.yaml`]: `# REPLACE: ways people say it that the bot was never trained on.
intent: ${intent}
phrases:
  - text: "${rest.join(' ')} ${area} REPLACE"
`,
  };
}

export const scenarioNextSteps = (name: string): string => `Next:
  1. Replace every word marked REPLACE: grep -rn REPLACE intents/scenarios/${name} test/conversations/${name} test/utterances/en/${name}.yaml
  2. If no rule of intents/escalation.yaml fits, add one, with its source and the day you checked it.
  3. Write 60 to 120 utterances, and other phrases into test/utterances/en/${name}.yaml.
  4. npm run docs     writes a transcript of every path, and docs/scenarios.md
  5. npm run check    names every fault with file, line and remedy
  6. npm test         plays the transcripts on the bot
intents/README.md explains every key by example.`;

export const decisionFile = (number: string, title: string): string => `# ${Number(number)}. ${title}

## Question

What had to be decided, and what forced it.

## Options

What speaks for and against each.

## Choice

What we do.

## What it costs

## What would make us reopen it
`;

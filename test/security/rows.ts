import type { Row } from './register';

const injection = 'test/security/injection/injection.test.ts';
const supply = 'test/security/supply/supply-chain.test.ts';
const routes = 'test/security/ingress/routes.test.ts';
const secrets = 'test/security/secrets/secrets.test.ts';

/** Threats, and what the tests hold against them. A row is shown by the test that names it with `inRegister`. */
export const rows = {
  'secrets.keys': {
    area: 'Secrets',
    threat: 'Somebody pastes a key, a token, a link that opens something, an MFA seed, a code or a card number',
    defence: 'Masked before the first write, by shape and context; the person reads what to replace and how',
    file: secrets,
    bar: { samples: 500, missed: 0.01 },
    figure: 'at most {missed%} of more than {samples} generated samples get through',
  },
  'secrets.passwords': {
    area: 'Secrets',
    threat: 'Somebody gives a password away in a sentence',
    defence: 'Masked by the words around it, in the 18 languages the bot speaks or recognises',
    file: secrets,
    bar: { samples: 500, missed: 0.05 },
    figure: 'at most {missed%} of more than {samples} sentences, hand-written ones by themselves too',
  },
  'secrets.canaries': {
    area: 'Secrets',
    threat: 'A secret stays behind somewhere nobody thought of',
    defence:
      'Masked where a platform parses it, once more before the inbox, once more before a log line; errors quote nothing',
    file: 'test/security/canary/canary.test.ts',
    bar: { canaries: 17 },
    figure:
      '{canaries} canaries in words, names, file names, buttons, keys and broken requests, on three platforms: none in the store (the embedded one, and PostgreSQL with its journal), the log, the metrics, the pings, or a snapshot of the memory',
  },
  'secrets.false-alarms': {
    area: 'Secrets',
    threat: 'Harmless words are taken for a secret, and people learn to ignore the warning',
    defence: 'Account ids, request ids, telephone numbers, dates and plain sentences are left alone',
    file: secrets,
    bar: { samples: 2_000, alarms: 0.005 },
    figure: 'at most {alarms%} of more than {samples} texts, every known utterance among them',
  },
  'permissions.table': {
    area: 'Who may do what',
    threat: 'Somebody presses a button on a ticket that is not theirs to press',
    defence:
      'One table of role, action and state (src/core/permissions.ts), asked when the press is handled, with the identity the platform signed; the refusal is private and says who may',
    file: 'test/security/permissions/role-action-state.test.ts',
    bar: { cells: 252 },
    figure: 'every cell of the table, {cells} at least, played on the whole bot',
  },
  'permissions.other-side': {
    area: 'Who may do what',
    threat: 'Somebody asks on one platform and acts on their own ticket from the other',
    defence: 'Nobody acts on a ticket of somebody of the same name on the other platform',
    file: 'test/security/permissions/role-action-state.test.ts',
    bar: { spellings: 4 },
    figure: '{spellings} spellings of the name, all refused',
  },
  'ingress.routes': {
    area: 'Ways in',
    threat: 'A route is added that nobody has thought about',
    defence: 'A test walks the routers as they are built and compares with a list kept by hand',
    file: routes,
    bar: { routes: 29 },
    figure: '{routes} routes, no other',
  },
  'ingress.unsigned': {
    area: 'Ways in',
    threat: 'A request pretends to come from Slack or from Microsoft',
    defence:
      'Signature or token is verified before anything is parsed, five minutes in both directions; no setting turns it off on an address others reach',
    file: routes,
    bar: { forgeries: 15 },
    figure: '{forgeries} kinds of forgery, each refused; nothing recorded',
  },
  'ingress.other-sites': {
    area: 'Ways in',
    threat: 'Another web site uses the desk through the browser of somebody who has it open',
    defence: 'The desk answers to its own name and its own page alone',
    file: routes,
    bar: { requests: 40 },
    figure: '{requests} requests under foreign names and origins, each refused; nothing recorded',
  },
  'ingress.replay': {
    area: 'Ways in',
    threat: 'A signed request is caught and sent again',
    defence: 'A signature counts once, for as long as it is valid',
    file: routes,
    bar: { replays: 5 },
    figure: '{replays} replays, each refused',
  },
  'ingress.size': {
    area: 'Ways in',
    threat: 'A huge or deeply nested body exhausts the service',
    defence: 'Bodies are limited in size and depth; who sends one unsigned is refused unread',
    file: routes,
    bar: { megabytes: 5, levels: 10_000 },
    figure: '{megabytes} MB and {levels} levels, refused; the service goes on',
  },
  'ingress.floods': {
    area: 'Ways in',
    threat: 'One person, or one workspace, floods the bot',
    defence:
      'A budget a minute for each, shared by all processes on one PostgreSQL; who is over it is told once, and what is urgent is read all the same',
    file: 'test/security/ingress/floods.test.ts',
    bar: { messages: 40, read: 20 },
    figure: 'of {messages} messages in a minute {read} are read, and the urgent one after them',
  },
  'pretexts.unsafe': {
    area: 'Pretexts',
    threat: 'Somebody talks the bot into letting them in: rank, hurry, a forged approval, instructions in a name',
    defence:
      'The bot has nothing to give: it holds no rights, its words are all written beforehand, and every ping says that nobody was checked and how to check',
    file: 'test/security/pretexts/pretexts.test.ts',
    bar: { pretexts: 200, languages: 6, unsafe: 0 },
    figure: '{unsafe} unsafe actions in {pretexts} pretexts in {languages} languages, as a colleague and as a stranger',
  },
  'pretexts.honest': {
    area: 'Pretexts',
    threat: 'The defences turn honest people away',
    defence:
      'No defence stops a person because of a story; what is masked is said, and the rest of the message is answered',
    file: 'test/security/pretexts/pretexts.test.ts',
    bar: { people: 400, stopped: 0.03 },
    figure: 'fewer than {stopped%} of more than {people} first messages of people with a problem',
  },
  'injection.slack': {
    area: 'Words as data',
    threat: 'Words or a name become a mention, a link or mark-up in Slack',
    defence: 'They stand in plain or rich text elements only, and escaped in the fallback text; mrkdwn is not used',
    file: injection,
    bar: { strings: 10_000 },
    figure: '{strings} strings in replies, cards, modals and the Home tab: no mention, no link, no mark-up',
  },
  'injection.teams': {
    area: 'Words as data',
    threat: 'Words or a name become a mention, a link, Markdown or a function on a card (Teams, web desk)',
    defence: 'Only a TextRun ever takes them; control characters and doubled braces lose their power',
    file: injection,
    bar: { strings: 10_000 },
    figure: '{strings} strings in replies, tickets and the home card: no mention, no link, no mark-up, no function',
  },
  'injection.terminal': {
    area: 'Words as data',
    threat: 'Words move the cursor of a terminal, or write lines of their own into the log',
    defence: 'Control characters are taken out; a log line is one line of JSON',
    file: injection,
    bar: { strings: 10_000 },
    figure: '{strings} strings: no escape, no second line',
  },
  'injection.csv': {
    area: 'Words as data',
    threat: 'Words become a formula in an export',
    defence: 'What a spreadsheet would reckon with gets an apostrophe in front; cells are quoted',
    file: injection,
    bar: { strings: 10_000 },
    figure: '{strings} strings: no formula, no extra cell or row',
  },
  'injection.browser': {
    area: 'Words as data',
    threat: 'Words of a stranger run, load or lead away in the browser of an administrator',
    defence: 'Words become text nodes and TextRuns only; a strict content security policy stands behind that',
    file: 'test/browser/hostile-words.test.ts',
    bar: { strings: 250 },
    figure:
      '{strings} strings in names, chat, tickets, replies and the review, in Chromium: no script runs, nothing is loaded from elsewhere, no element and no link of theirs',
  },
  'injection.desk': {
    area: 'Words as data',
    threat: 'Words become HTML or script on the desk’s page',
    defence: 'The page writes text nodes only, and its policy lets no foreign or inline script run',
    file: injection,
    bar: { files: 20 },
    figure: 'no way from text to HTML in any of more than {files} files; policy without exceptions for scripts',
  },
  'egress.links': {
    area: 'Ways out',
    threat: 'The bot sends people to an address that is not what it seems',
    defence: 'Links come from intents/links.yaml and the rules alone, over https, to hosts that are listed',
    file: 'test/security/egress/egress.test.ts',
    bar: { links: 30 },
    figure: 'more than {links} links, none to another host',
  },
  'egress.service-urls': {
    area: 'Ways out',
    threat: 'A message names another service, to be handed the token that speaks for the bot',
    defence: 'A token goes to Microsoft’s hosts and those of `TEAMS_SERVICE_URLS`, over https, and nowhere else',
    file: 'test/security/egress/egress.test.ts',
    bar: { addresses: 22 },
    figure: '{addresses} addresses made to look right, each refused',
  },
  'fuzz.bytes': {
    area: 'Hostile input',
    threat: 'A malformed request, token, address, button or setting crashes the process or gets past a check',
    defence: 'Everything is parsed by schemas at the edge; `npm run fuzz` tries a million mutated inputs',
    file: 'test/security/fuzz/fuzz.test.ts',
    bar: { inputs: 10_000, parsers: 13 },
    figure: '{inputs} mutated inputs to {parsers} parsers in each run of the tests: no crash',
  },
  'fuzz.values': {
    area: 'Hostile input',
    threat: 'Values of unexpected shapes do',
    defence: 'The same parsers, with generated values',
    file: 'test/security/fuzz/fuzz.test.ts',
    bar: { values: 10_000 },
    figure: '{values} generated values: no crash',
  },
  'supply.lock': {
    area: 'Supply chain',
    threat: 'A package is changed, or comes from elsewhere, after it was chosen',
    defence:
      'Every package is locked with its hash; none comes from anywhere but the registry, by a range that bounds it',
    file: supply,
    bar: { packages: 600 },
    figure: 'more than {packages} packages, every one with a SHA-512',
  },
  'supply.scripts': {
    area: 'Supply chain',
    threat: 'A package runs a script when it is installed',
    defence: 'Those that bring one are listed with the reason, and only `allowScripts` of package.json may run',
    file: supply,
    bar: { allowed: 1 },
    figure: '{allowed} package may run its script',
  },
  'supply.declared': {
    area: 'Supply chain',
    threat: 'Packages pile up that nobody needs',
    defence: 'What is declared is imported, or run by a command that is named',
    file: supply,
    bar: { direct: 24 },
    figure: 'at most {direct} direct dependencies at run time',
  },
  'supply.sbom': {
    area: 'Supply chain',
    threat: 'Nobody can tell what is inside when a package turns out to be bad',
    defence: '`npm run sbom` lists everything as CycloneDX, with hashes and licences, without network',
    file: supply,
    bar: { packages: 330 },
    figure: 'at most {packages} packages at run time, each with hash and licence',
  },
  'privacy.deleted': {
    area: 'Personal data',
    threat: 'Somebody has their data deleted, and it is still there',
    defence:
      'One deletion over all tables (src/stores/forget-person.ts); pages of the embedded store are overwritten; closed requests keep neither name nor words; copies below cards are taken back',
    file: 'test/contract/privacy.test.ts',
    bar: { canaries: 6 },
    figure:
      '{canaries} names and words of a person: none in any table of PostgreSQL, or in the bytes of the embedded store’s files',
  },
  'privacy.export': {
    area: 'Personal data',
    threat: 'Somebody asks for their data and reads what belongs to others',
    defence:
      'What belongs to a person is found by the id that their platform signed, never by a name; internal notes are left out; in a channel the answer goes to the private chat',
    file: 'test/contract/privacy.test.ts',
    bar: { others: 0 },
    figure: '{others} words of another person or of internal notes in an export, on both stores',
  },
  'privacy.kept': {
    area: 'Personal data',
    threat: 'Data is kept for ever because nobody thinks of it',
    defence:
      'Each kind has an age (`retention` of the organisation file, with defaults); what is over it is deleted every hour',
    file: 'test/contract/privacy.test.ts',
    bar: { kinds: 4 },
    figure: '{kinds} kinds, each deleted a millisecond after its age and not before; open requests stay',
  },
} as const satisfies Record<string, Row>;

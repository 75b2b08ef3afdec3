import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { intents } from './bot';

const scenarioYaml = `intent: mfa.lost
owner: aws-admins
person: account-admin
start: which-type
steps:
  which-type:
    ask: account_type
    answers:
      root: root/form
      iam: iam/device
  root/form:
    rule: lost/root
    links: [page, form]
    offer: aws-support:mfa-form
    person: account-owner
  iam/device:
    rule: lost/iam
    links: [page]
    offer: account-admin
    guide: remove-device
    choices:
      alone: iam/alone
    then: iam/alone
  iam/alone:
    rule: lost/iam
    links: [page]
    offer: account-admin
`;

const wordingYaml = `title: Lost MFA device
summary: A device is lost or broken.
steps:
  root/form:
    title: Told about AWS Support
    say: AWS Support can help the root user.
    do: [Open the form., Send it.]
  iam/device:
    known:
      identity_provider: "Your company uses {value}."
    title: Told about administrators
    say: Only an administrator can help an IAM user.
    choices:
      alone: { label: I am alone }
  iam/alone:
    title: Told to ask
    say: Then ask the administrator.
`;

const rulesYaml = `rules:
  - id: lost/root
    user: root user
    for: [root]
    self_service: true
    to: [aws-support:mfa-form]
    never: [account-admin]
    reason: Only AWS can help a root user.
    basis: documented
    source: https://docs.aws.amazon.com/root
    checked: 2026-11-22
  - id: lost/iam
    user: IAM user
    for: [iam]
    self_service: false
    to: [account-admin]
    never: [aws-support:account-form, aws-support:mfa-form, org-admin]
    reason: AWS cannot help an IAM user.
    basis: documented
    source: https://docs.aws.amazon.com/iam
    checked: 2026-11-22
`;

const linksYaml = `page: { label: The page, url: "https://docs.aws.amazon.com/", checked: 2026-11-22 }
form: { label: The form, url: "https://support.aws.amazon.com/", checked: 2026-11-22, form: "aws-support:mfa-form" }
`;

const guideYaml = `title: Remove a lost device
for: account-admin
verify: full
console: [Open IAM.]
links: [page]
`;

/** A whole `intents` folder with one scenario and no fault, to be broken by a test. */
export class ContentTree {
  readonly root: string;

  constructor() {
    this.root = join(mkdtempSync(join(tmpdir(), 'content-')), 'intents');
    const phrases = parse(readFileSync(join(intents, 'phrases/en.yaml'), 'utf8')) as Record<string, unknown>;
    this.write('phrases/en.yaml', stringify({ ...phrases, menu: ['mfa.lost'], glossary: [] }));
    // What no scenario owns is taken as shipped.
    for (const name of readdirSync(intents).filter((file) => file.endsWith('.yaml')))
      cpSync(join(intents, name), join(this.root, name));
    this.write('scenarios/mfa-lost/scenario.yaml', scenarioYaml);
    this.write('scenarios/mfa-lost/en.yaml', wordingYaml);
    this.write('escalation.yaml', rulesYaml);
    this.write('links.yaml', linksYaml);
    this.write('guides/remove-device.yaml', guideYaml);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces a piece of a file; throws if the piece is not there, so that no test breaks nothing by accident. */
  change(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} holds no “${from}”`);
    this.write(path, text.replace(from, to));
  }

  remove(path = ''): void {
    rmSync(path === '' ? dirname(this.root) : join(this.root, path), { recursive: true, force: true });
  }
}

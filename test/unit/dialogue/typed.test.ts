import { saidAnswer, simplify, typedButton, typedChoice } from '../../../src/dialogue/typed';
import { knowledge } from '../../builders/bot';
import { shown } from '../../builders/dialogue';

const { content, understander } = knowledge();

function chosen(step: string, text: string, slots = {}): string | null {
  return typedChoice(content, shown(step, slots), text, understander.correct(text), understander.entities(text));
}

describe('an answer to “which kind of user”', () => {
  test.each([
    ['Root user (account e-mail)', 'root'],
    ['root', 'root'],
    ['ROOT!', 'root'],
    ['root i think', 'root'],
    ['the root user', 'root'],
    ['iam', 'iam'],
    ['iam i think', 'iam'],
    ['IAM user.', 'iam'],
    ['i am an iam user', 'iam'],
    ['aim user', 'iam'],
    ['probably iam', 'iam'],
    ['the access portal', 'identity_center'],
    ['sso', 'identity_center'],
    ['we use okta', 'federated'],
    ['company login', 'federated'],
    ['first', 'root'],
    ['the first one', 'root'],
    ['1', 'root'],
    ['1.', 'root'],
    ['2', 'iam'],
    ['number 2', 'iam'],
    ['option 2 please', 'iam'],
    ['the second one', 'iam'],
    ['second', 'iam'],
    ['2nd', 'iam'],
    ['b', 'iam'],
    ['third', 'identity_center'],
    ['4', 'federated'],
    ['the last one', 'unsure'],
    ['last', 'unsure'],
    ['5', 'unsure'],
    ["I don't know", 'unsure'],
    ['i dont know', 'unsure'],
    ['no idea', 'unsure'],
    ['no idea, sorry', 'unsure'],
    ['not sure', 'unsure'],
    ['dunno', 'unsure'],
    ['idk', 'unsure'],
  ])('%j is %s', (text, value) => {
    expect(chosen('mfa-lost/which-type', text)).toBe(`choose:${value}`);
  });

  test.each([
    'yes',
    'no',
    'yep',
    '6',
    '99',
    '0',
    '-1',
    'the tenth',
    'hello',
    'what is the weather',
    'my phone is gone',
    '',
    '???',
    'root or iam',
  ])('%j is none', (text) => {
    expect(chosen('mfa-lost/which-type', text)).toBeNull();
  });
});

describe('an answer to a yes-or-no question', () => {
  test.each([
    ['yes', 'yes'],
    ['yep', 'yes'],
    ['Yes, it is a member account', 'yes'],
    ['yes i think so', 'yes'],
    ['yes please', 'yes'],
    ['no', 'no'],
    ['nope', 'no'],
    ['no, it stands alone', 'no'],
    ['no it does not', 'no'],
    ['standalone', 'no'],
    ['no idea', 'unsure'],
    ['no idea what that is', 'unsure'],
    ['i have no idea', 'unsure'],
    ['not sure', 'unsure'],
    ['maybe', 'unsure'],
    ['1', 'yes'],
    ['second', 'no'],
    ['last', 'unsure'],
  ])('%j is %s', (text, value) => {
    expect(chosen('mfa-lost/root/organisation', text, { account_type: 'root' })).toBe(`choose:${value}`);
  });

  test.each(['i know nothing', 'there is no phone', 'a no brainer', 'not a member', 'it is not standalone'])(
    '%j is neither yes nor no',
    (text) => {
      expect([null, 'choose:unsure']).toContain(chosen('mfa-lost/root/organisation', text, { account_type: 'root' }));
    },
  );
});

describe('what is denied is not chosen', () => {
  test.each([
    ['mfa-lost/iam/another-device', 'i am not the only administrator'],
    ['mfa-lost/iam/another-device', 'it is not only me'],
    ['mfa-lost/idc/another-device', 'it is not okta'],
    ['mfa-lost/idc/another-device', 'we do not have okta'],
    ['mfa-lost/idc/directory-team', 'i never registered in the portal'],
    ['account-suspended/find-out', 'we were not hacked'],
  ])('at %s: %j', (step, text) => {
    expect(chosen(step, text, { account_type: 'iam' })).toBeNull();
  });

  test.each([
    ['mfa-lost/iam/another-device', 'i am the only administrator', 'only_admin'],
    ['mfa-lost/iam/another-device', 'sorry, there is no other admin', 'only_admin'],
    ['mfa-lost/idc/another-device', 'it is okta', 'company_factor'],
    ['mfa-lost/idc/another-device', 'not aws, our own mfa', 'company_factor'],
    ['account-suspended/find-out', 'i think we were hacked', 'notice'],
  ])('at %s: %j is %s', (step, text, value) => {
    expect(chosen(step, text, { account_type: 'iam' })).toBe(`choose:${value}`);
  });
});

test.each(['1', '2', 'the first one', 'the last one', 'second'])(
  'at a told step, %j speaks of its actions and chooses nothing',
  (text) => {
    expect(chosen('mfa-lost/iam/another-device', text, { account_type: 'iam' })).toBeNull();
  },
);

describe('typedButton', () => {
  const all = ['solved', 'not_solved', 'person', 'start_over', 'next', 'back', 'yes', 'no'] as const;
  test.each([
    ['A person, please', 'person'],
    ['a human please', 'person'],
    ['HUMAN!!!', 'person'],
    ['start over', 'start_over'],
    ['Restart', 'start_over'],
    ['back', 'back'],
    ['go back please', 'back'],
    ['that worked', 'solved'],
    ['it worked!', 'solved'],
    ["didn't work", 'not_solved'],
    ['didn’t work', 'not_solved'],
    ['still stuck', 'not_solved'],
    ['next', 'next'],
    ['next please', 'next'],
    ['sure', 'yes'],
  ])('%j is %s', (text, id) => {
    expect(typedButton(content.phrases, text, all)).toBe(id);
  });

  test.each([
    'no idea',
    'yesterday',
    'the next problem is my password',
    'backup codes',
    'personal account',
    'nobody',
    'it worked until monday',
    '',
  ])('%j is none', (text) => {
    expect(typedButton(content.phrases, text, all)).toBeNull();
  });
});

describe('simplify', () => {
  test.each([
    ["I'm", 'im'],
    ['I’m  an\tIAM   user!!', 'im an iam user'],
    ['e-mail: ada@example.com.', 'e-mail ada@example.com'],
    ['ＦＵＬＬ width', 'full width'],
    ['\u200b\u200d\u2060', ''],
    ['🙃🙃', ''],
    ['\u0000\u0007', ''],
    ['مرحبا', 'مرحبا'],
    ['…', ''],
    ['v1.2.3', 'v1.2.3'],
  ])('%j becomes %j', (text, simple) => {
    expect(simplify(text)).toBe(simple);
  });
});

describe('saidAnswer', () => {
  const wording = {
    ask: 'What happened?',
    answers: {
      checked: { label: 'Checked', also: ['i have checked', 'checked the spam folder'] },
      nothing: { label: 'Nothing yet', also: ['nothing tried so far'] },
    },
  };
  const said = (text: string) => saidAnswer(wording, ['checked', 'nothing'], text);

  test.each([
    ['well, i have checked it all', 'checked'],
    ['checked the spam folder twice', 'checked'],
    ['nothing tried so far, just woke up', 'nothing'],
    ['i have not checked the spam folder', null],
    ['never checked the spam folder', null],
    ['checked', null],
    ['i have checked it, and nothing tried so far', null],
    ['', null],
  ])('%j: %s', (text, value) => {
    expect(said(text)).toBe(value);
  });
});

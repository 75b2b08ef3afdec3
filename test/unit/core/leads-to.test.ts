import { groupsOf } from '../../../src/core/escalation';
import { leadsTo } from '../../../src/core/leads-to';
import { ask, content, scenario, tell } from '../../builders/content';

const lost = scenario('mfa.lost', 'type', {
  type: ask('account_type', { root: 'root', iam: 'iam', federated: 'provider' }),
  shared: ask('same_group', { a: 'iam', b: 'organisation' }),
  mixed: ask('mixed', { a: 'root', b: 'owner-then-form' }),
  root: tell({ then: 'form' }),
  form: tell({ offer: 'aws-support:mfa-form' }),
  iam: tell({ offer: 'account-admin', then: 'administrator' }),
  administrator: tell({ offer: 'account-admin' }),
  provider: tell({ offer: 'idp-admin' }),
  organisation: tell({ offer: 'org-admin' }),
  'owner-then-form': tell({ offer: 'account-owner', then: 'form' }),
  away: tell({ offer: 'mail-admin', then: { go: 'support.contact' } }),
  here: tell({ then: 'there' }),
  there: tell({ offer: 'network-admin', then: 'here' }),
  nobody: tell(),
});
const contact = scenario('support.contact', 'form', { form: tell({ offer: 'aws-support:account-form' }) });
const all = content([lost, contact]);
const at = (step: string) => ({ scenario: 'mfa-lost', step });

describe('leadsTo', () => {
  test.each([
    ['an end with an offer', 'form', {}, ['aws-support:mfa-form']],
    ['an end without one', 'nobody', {}, []],
    ['a step that goes on to a form', 'root', {}, ['aws-support:mfa-form']],
    ['the same person twice, named once', 'iam', {}, ['account-admin']],
    ['a person, then a form, in that order', 'owner-then-form', {}, ['account-owner', 'aws-support:mfa-form']],
    ['another scenario behind a hand-over', 'away', {}, ['mail-admin', 'aws-support:account-form']],
    ['steps that lead to each other, once round', 'here', {}, ['network-admin']],
    ['an open question whose answers share nobody', 'type', {}, []],
    ['an open question whose answers share a group', 'shared', {}, ['account-admin']],
    ['an open question that shares only a form', 'mixed', {}, ['aws-support:mfa-form']],
  ])('%s', (_what, step, slots, roles) => {
    expect(leadsTo(all, at(step), slots)).toEqual(roles);
  });

  test('groups are public names, each once', () => {
    expect(groupsOf(leadsTo(all, at('away'), {}))).toEqual(['it_admin', 'aws_support']);
    expect(groupsOf(leadsTo(all, at('organisation'), {}))).toEqual(['admin']);
  });
});

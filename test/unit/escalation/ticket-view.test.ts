import type { TicketEvent } from '../../../src/core/ticket';
import { ticketStates } from '../../../src/core/ticket';
import { pingText, viewTicket } from '../../../src/escalation/ticket-view';
import { knowledge } from '../../builders/bot';
import { openTicket } from '../../builders/dialogue';
import { ticketDetails } from '../../builders/store';

const { content } = knowledge();
const view = (parts: Parameters<typeof openTicket>[0] = {}, history: TicketEvent[] = []) =>
  viewTicket(content, openTicket(parts), history);
const details = ticketDetails({
  slots: {
    account_type: 'iam',
    account_id: '111122223333',
    mfa_device: 'authenticator_app',
    sign_in_page: 'account_id',
    organization_member: 'unsure',
  },
  words: ['lost my phone', 'iam i think'],
  tried: [
    { step: 'mfa-lost/iam/another-device', outcome: 'not_solved' },
    { step: 'mfa-lost/iam/administrator', outcome: 'shown' },
  ],
});

describe('the ping', () => {
  test('names person, problem, rule and the administrator’s own steps', () => {
    const ping = view({ details });
    expect(ping).toMatchObject({
      number: 'D-1001',
      title: 'Lost or broken MFA device',
      roleText: 'an administrator of the AWS account',
      person: { name: 'Ada', platform: 'web' },
      rule: { id: 'mfa-lost-iam-user/iam-user' },
      guide: { title: content.guides.get('remove-iam-mfa')!.title },
      words: ['lost my phone', 'iam i think'],
    });
    expect(ping.notVerified).toBe(content.phrases.not_verified);
    expect(ping.verify).toBe(content.phrases.verify[content.guides.get('remove-iam-mfa')!.verify]);
  });

  test('shows facts by their labels, and neither guesses nor the turns of a scenario', () => {
    expect(view({ details }).facts).toEqual([
      { label: 'Kind of user', value: 'IAM user' },
      { label: 'AWS account', value: '111122223333' },
      { label: 'MFA device', value: 'authenticator app' },
    ]);
  });

  test('names the request that it continues before all other facts', () => {
    const ping = view({ details: { ...details, follows: 1000 } });
    expect(ping.facts[0]).toEqual({ label: 'Continues', value: 'D-1000' });
    expect(ping.facts.slice(1)).toEqual(view({ details }).facts);
    expect(pingText(ping)).toContain('Continues: D-1000');
  });

  test('tells what was tried in a few words each', () => {
    const { steps } = content.byName.get('mfa-lost')!.wording;
    expect(view({ details }).tried).toEqual([
      `${steps['iam/another-device']!.title} (did not help)`,
      steps['iam/administrator']!.title,
    ]);
  });

  test('fills in the account where a command asks for it', () => {
    const guide = [...content.guides.values()].find(({ cli }) =>
      cli.some((command) => command.includes('<account-id>')),
    );
    const filled = view({ details: { ...details, guide: guide!.id } }).guide!.cli.join('\n');
    expect(filled).toContain('111122223333');
    expect(filled).not.toContain('<account-id>');
  });

  test('without a guide the full check of identity is asked for', () => {
    const ping = view({ details: { ...details, guide: null } });
    expect(ping.guide).toBeNull();
    expect(ping.verify).toBe(content.phrases.verify.full);
  });

  test('survives content that has moved on: unknown step, rule and guide', () => {
    const old = {
      ...details,
      tried: [{ step: 'gone/away', outcome: 'shown' as const }],
      rules: ['gone/rule'],
      guide: 'gone',
    };
    expect(view({ details: old })).toMatchObject({ tried: ['gone/away'], rule: null, guide: null });
  });

  test.each(ticketStates)('offers what is possible while %s', (state) => {
    const ids = view({ state, claimedBy: 'Grace' }).actions.map(({ id }) => id);
    expect(ids).toEqual(
      state === 'resolved' || state === 'cancelled'
        ? []
        : state === 'open'
          ? ['claim', 'reply', 'note', 'resolve', 'reassign', 'snooze']
          : ['reply', 'note', 'resolve', 'reassign', 'snooze', 'not_mine'],
    );
  });

  test('as text it holds all of it, the person’s words as they are', () => {
    const text = pingText(view({ details: { ...details, words: ['**bold** <b>x</b>'] } }));
    for (const piece of [
      'D-1001',
      'Ada on web',
      content.phrases.not_verified,
      '- **bold** <b>x</b>',
      'Kind of user: IAM user',
      'mfa-lost-iam-user/iam-user',
    ]) {
      expect(text).toContain(piece);
    }
  });

  test('an urgent one says so', () => {
    expect(pingText(view({ details: { ...details, severity: 'urgent' } }))).toContain('URGENT');
    expect(pingText(view())).not.toContain('URGENT');
  });
});

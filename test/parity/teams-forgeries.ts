import { randomUUID } from 'node:crypto';
import type { Activity, FakeTeams, Person, PersonalChat, TokenKind } from '../fakes/teams/teams';
import type { Forgery, HttpAnswer } from './stage';

const tokens: Partial<Record<Forgery, TokenKind>> = {
  unsigned: 'none',
  'another key': 'forged-signature',
  'changed on the way': 'tampered',
  'too old': 'expired',
  'from the future': 'future',
  'for another app': 'wrong-audience',
  'no algorithm': 'alg-none',
  'another algorithm': 'hs256-with-public-key',
  'unknown key': 'unknown-kid',
};

/** Sends the bot something that is not what it says; the person's words nobody has heard yet. */
export async function forgeTeams(
  teams: FakeTeams,
  person: Person,
  chat: PersonalChat,
  kind: Forgery,
): Promise<HttpAnswer> {
  const says = (more: Record<string, unknown> = {}): Activity =>
    teams.activity(person, chat, { type: 'message', id: String(Date.now()), text: 'lost my mfa device', ...more });
  const press = (data: Record<string, unknown>): Activity =>
    teams.activity(person, chat, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'press', data }, trigger: 'manual' },
      replyToId: '1700000000000',
    });
  const posted = await send();
  return {
    status: posted.status,
    body: typeof posted.body === 'string' ? posted.body : JSON.stringify(posted.body ?? ''),
  };

  function send() {
    const token = tokens[kind];
    if (token) return teams.post(says(), { token });
    const whole = JSON.stringify(says());
    switch (kind) {
      case 'other company': {
        const tenant = randomUUID();
        return teams.post(
          says({
            conversation: { id: chat.id, conversationType: 'personal', tenantId: tenant },
            channelData: { tenant: { id: tenant } },
          }),
        );
      }
      case 'empty object':
        return teams.post({}, { token: 'none', rawBody: '{}' });
      case 'cut short':
        return teams.post(says(), { rawBody: whole.slice(0, whole.length / 2) });
      case 'no JSON':
        return teams.post(says(), { rawBody: 'hello there' });
      case 'very large':
        return teams.post(says(), { rawBody: JSON.stringify({ ...says(), padding: 'x'.repeat(5_000_000) }) });
      case 'very deep':
        return teams.post(says(), { rawBody: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}` });
      case 'unknown event':
        return teams.post(teams.activity(person, chat, { type: 'somethingNew' }));
      case 'unknown button':
        return teams.post(press({ launch: 'rockets' }));
      case 'ticket that is not':
        return teams.post(press({ ticket: 999_999, action: 'claim', v: 1 }));
      default:
        throw new Error(`Teams knows no such forgery: ${kind}`);
    }
  }
}

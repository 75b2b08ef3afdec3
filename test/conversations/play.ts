import { replyText } from '../../src/core/message';
import type { TicketView } from '../../src/core/ticket-view';
import type { Heard, Rehearsal } from '../../src/rehearsal/rehearsal';
import { knowledge, person, rehearse } from '../builders/bot';
import type { Expectation, Transcript, Turn } from './transcript';

const unitMs: Record<string, number> = { s: 1000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The people of a transcript on some bot: the rehearsal, or people on a platform. */
export interface Actor extends Pick<Rehearsal, 'say' | 'press' | 'sendFile' | 'act' | 'heard' | 'takeFailures'> {
  clock: { advance(milliseconds: number): void };
  helpdesk: { ticketView(id: number): Promise<TicketView | null> };
}

/**
 * Plays a transcript on the whole bot. Throws with the transcript so far and a mark at the turn that differed.
 * @param shared a bot that other transcripts are played on too, each in its own conversation
 */
export async function play(transcript: Transcript, shared?: Actor): Promise<void> {
  const actor = shared ?? (await rehearse(transcript.organization ?? undefined));
  const employee = person(transcript.person.name, transcript.person.member);
  const conversation = transcript.name;
  const heardSoFar: string[] = [];
  let ticket: number | null = null;

  for (const [index, turn] of transcript.turns.entries()) {
    let heard: Heard;
    const { input } = turn;
    if (turn.expected.wait !== undefined) {
      const [, amount, unit] = /^(\d+) ?(s|min|m|h|d)$/.exec(turn.expected.wait) ?? [];
      actor.clock.advance(Number(amount) * unitMs[unit!]!);
    }
    if (input === null) heard = await actor.heard(conversation);
    else if (typeof input === 'string') heard = await actor.say(conversation, employee, input);
    else if ('press' in input) heard = await actor.press(conversation, employee, input.press);
    else if ('file' in input) heard = await actor.sendFile(conversation, employee, input.file);
    else {
      await actor.act(conversation, person(turn.who!), ticket!, input.ticket, input.text);
      heard = await actor.heard(conversation);
    }
    ticket = heard.ticket?.id ?? ticket;
    const failures = actor.takeFailures();
    const problem =
      failures.length > 0 ? String((failures[0] as Error).stack) : await judge(turn.expected, heard, ticket, actor);
    heardSoFar.push(
      `${problem ? '✗' : ' '} ${turn.who ?? 'wait'}: ${JSON.stringify(input)}  →  ${names(heard).join(', ')}`,
    );
    if (problem)
      throw new Error(`${transcript.name}, turn ${index + 1}: ${problem}\n${heardSoFar.join('\n')}${ranking(turn)}`);
  }
}

async function judge(
  expected: Expectation,
  heard: Heard,
  ticketId: number | null,
  actor: Actor,
): Promise<string | null> {
  const said = names(heard);
  if (expected.bot !== undefined) {
    const wanted = [expected.bot].flat();
    if (JSON.stringify(said) !== JSON.stringify(wanted))
      return `expected ${wanted.join(', ') || 'silence'}, heard ${said.join(', ') || 'silence'}`;
  }
  const { escalation } = heard.summary;
  if (expected.escalation) {
    if (JSON.stringify(escalation.to) !== JSON.stringify(expected.escalation.to))
      return `leads to ${escalation.to.join(', ') || 'nobody'}, not ${expected.escalation.to.join(', ')}`;
    if (expected.escalation.state && escalation.state !== expected.escalation.state)
      return `escalation is ${escalation.state}, not ${expected.escalation.state}`;
  }
  if (expected.ticket) {
    const view = ticketId === null ? null : await actor.helpdesk.ticketView(ticketId);
    if (!view) return 'there is no ticket';
    const { state, role, rule, claimed_by } = expected.ticket;
    if (state && view.state !== state) return `the ticket is ${view.state}, not ${state}`;
    if (role && view.role !== role) return `the ticket is for ${view.role}, not ${role}`;
    if (rule && view.rule?.id !== rule) return `the ticket's rule is ${view.rule?.id ?? 'none'}, not ${rule}`;
    if (claimed_by && view.claimedBy !== claimed_by)
      return `the ticket is taken by ${view.claimedBy ?? 'nobody'}, not ${claimed_by}`;
  }
  const text = heard.lines.map((line) => (line.from === 'bot' ? replyText(line.reply) : line.text)).join('\n');
  for (const words of [expected.says ?? []].flat())
    if (!text.includes(words)) return `does not say “${words}” but “${text}”`;
  for (const words of [expected.never_says ?? []].flat()) if (text.includes(words)) return `says “${words}”`;
  if (expected.admin_says && !heard.lines.some((line) => line.from === 'admin' && line.text === expected.admin_says))
    return 'the administrator’s words did not arrive';
  // What the employee sends to AWS themselves calls nobody.
  const isOwnCase = said.includes('phrases/handed-over-aws');
  const opened = !isOwnCase && said.some((name) => name.startsWith('phrases/handed-over'));
  if (
    !opened &&
    !isOwnCase &&
    heard.sent.length > 0 &&
    !said.includes('phrases/relayed') &&
    !said.includes('phrases/already-handed-over') &&
    !said.includes('phrases/ticket-cancelled') &&
    !said.includes('phrases/solved-with-ticket') &&
    !said.includes('phrases/forgotten') &&
    !said.includes('phrases/aws-noted') &&
    !said.includes('phrases/solved-with-aws') &&
    said.length > 0
  ) {
    return `sent something nobody expected: ${heard.sent[0]!.text.slice(0, 80)}`;
  }
  if (opened && heard.sent.length !== 1) return `${heard.sent.length} pings left instead of one`;
  return null;
}

const names = (heard: Heard): string[] => heard.replies.map((reply) => reply.name);

function ranking(turn: Turn): string {
  if (typeof turn.input !== 'string') return '';
  const { decision, alternatives, entities } = knowledge().understander.understand(turn.input);
  const ranked = alternatives.map(({ intent, confidence }) => `${intent} ${confidence}`).join(', ');
  return `\n  understood (${decision}): ${ranked} ${JSON.stringify(entities)}`;
}

import type { Content } from '../core/content';
import { isPerson, type Role, roles } from '../core/escalation';
import { identityCheck } from '../core/identity-check';
import type { Line } from '../core/message';
import { noOrganization, type Organization } from '../core/organization';
import { isRestricted } from '../core/restricted';
import {
  isClosed,
  type Ticket,
  type TicketEvent,
  type TicketOutcome,
  ticketNumber,
  ticketOutcomes,
} from '../core/ticket';
import { snoozes, writeReassignment } from '../core/ticket-actions';
import type { TicketView } from '../core/ticket-view';
import { nameOf } from './on-call';
import { riskFlagsOf } from './risk-flags';
import { waitsFor } from './waits';

/** How slots are named to an administrator; slots that are only turns of a scenario are not shown. */
const factLabels: Record<string, string> = {
  account_type: 'Kind of user',
  account_id: 'AWS account',
  account_alias: 'Account alias',
  organization_member: 'Member of an organisation',
  identity_source: 'User kept in',
  only_admin: 'Only administrator',
  mfa_device: 'MFA device',
  error: 'Message on the screen',
  portal_url: 'Portal address',
  email: 'E-mail they gave',
};

/** The ping: all an administrator needs to act without asking back. */
export function viewTicket(
  content: Content,
  ticket: Ticket,
  history: TicketEvent[],
  behind = 0,
  organization: Organization = noOrganization,
  earlier: readonly number[] = [],
): TicketView {
  const { details } = ticket;
  const rule = details.rules.map((id) => content.rules.get(id)).find((candidate) => candidate !== undefined);
  const guide = details.guide === null ? undefined : content.guides.get(details.guide);
  const { checks, approval } = identityCheck(guide?.verify ?? 'full', history);
  return {
    id: ticket.id,
    number: ticketNumber(ticket.id),
    version: ticket.version,
    state: ticket.state,
    stateText: stateText(ticket, history),
    claimedBy: ticket.claimedBy,
    seen: ticket.seenAt !== null,
    urgent: details.severity === 'urgent',
    title: details.title,
    role: ticket.role,
    roleText: content.phrases.roles[ticket.role].who,
    person: { name: details.person.name, id: details.person.id, platform: details.platform },
    notVerified: content.phrases.not_verified,
    facts: [...continues(details.follows), ...crowd(ticket, behind), ...factsOf(content, details.slots)],
    words: details.words,
    tried: details.tried.map(
      ({ step, outcome }) => `${stepTitle(content, step)}${outcome === 'not_solved' ? ' (did not help)' : ''}`,
    ),
    rule: rule ? { id: rule.id, user: rule.user, reason: rule.reason.trim(), source: rule.source } : null,
    verify: content.phrases.verify[guide?.verify ?? 'full'],
    checks: checks.map(({ id, by }) => ({ id, label: content.phrases.checks[id], by })),
    approval: approval.needed ? { label: content.phrases.checks.approve, by: approval.by } : null,
    risks: riskFlagsOf({ details, before: earlier, now: ticket.createdAt }).map((flag) => content.phrases.risks[flag]),
    waits: waitsFor(ticket, organization),
    restricted: isRestricted(ticket),
    detail: true,
    guide: guide
      ? {
          title: guide.title,
          console: guide.console.map((item) => markup(fillPlaceholders(item, details.slots))),
          cli: guide.cli.map((command) => fillPlaceholders(command, details.slots)),
          permissions: guide.permissions,
          mind: guide.mind.map(markup),
          links: guide.links.flatMap((id) => {
            const link = content.links.get(id);
            return link ? [{ label: link.label, url: link.url }] : [];
          }),
        }
      : null,
    actions: actionsOf(content, ticket, organization),
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    history,
  };
}

function stateText(ticket: Ticket, history: readonly TicketEvent[]): string {
  const by = ticket.claimedBy ? ` by ${ticket.claimedBy}` : '';
  switch (ticket.state) {
    case 'open':
      return 'Open: nobody has taken it yet';
    case 'claimed':
      return `Taken${by}`;
    case 'waiting_for_user':
      return `Waiting for ${ticket.details.person.name} (taken${by})`;
    case 'waiting_for_aws':
      return `Waiting for AWS (taken${by})`;
    case 'resolved': {
      const ended = ticket.outcome === null || ticket.outcome === 'solved' ? 'Solved' : endedAs[ticket.outcome];
      // Whoever solved it need not be the one who had taken it.
      const solver = history.findLast(({ action }) => action === 'resolve')?.actor ?? ticket.claimedBy;
      return solver === null ? ended : `${ended} by ${solver}`;
    }
    case 'cancelled':
      return `Taken back by ${ticket.details.person.name}`;
  }
}

const endedAs: Record<Exclude<TicketOutcome, 'solved'>, string> = {
  sent_to_aws: 'Handed on to AWS',
  refused: 'Refused',
  duplicate: 'Closed as a duplicate',
  not_needed: 'Closed as not needed',
};

function actionsOf(content: Content, ticket: Ticket, organization: Organization): TicketView['actions'] {
  if (isClosed(ticket.state)) return [];
  const { outcomes, snoozes: lengths } = content.phrases;
  const isOpen = ticket.state === 'open';
  return [
    ...(isOpen ? [{ id: 'claim', label: 'Claim' } as const] : []),
    { id: 'reply', label: 'Reply' },
    { id: 'note', label: 'Internal note' },
    {
      id: 'resolve',
      label: 'Resolve',
      choices: ticketOutcomes.map((value) => ({ value, label: outcomes[value] })),
    },
    { id: 'reassign', label: 'Reassign', choices: reassignments(content, ticket, organization) },
    { id: 'snooze', label: 'Snooze', choices: snoozes.map((value) => ({ value, label: lengths[value] })) },
    ...(isOpen ? [] : [{ id: 'not_mine', label: 'Not mine' } as const]),
  ];
}

/** Roles by what they are for, then the places of the organisation by their names. */
function reassignments({ phrases }: Content, { role }: Ticket, organization: Organization) {
  const { destinations = {}, on_call = {}, people = {} } = organization;
  const place = (name: string, label: string) => ({ value: writeReassignment({ to: 'place', name }), label });
  const others = (Object.keys(roles) as Role[]).filter((other) => other !== role && isPerson(other));
  return [
    ...others.map((name) => ({
      value: writeReassignment({ to: 'role', name }),
      label: capital(phrases.roles[name].who),
    })),
    ...Object.keys(people).map((name) => place(name, nameOf(organization, name))),
    ...Object.keys(on_call).map((name) => place(name, `On call: ${name}`)),
    ...Object.keys(destinations).map((name) => place(name, `Place: ${name}`)),
  ].filter(({ value }) => value.length <= longestValue);
}

/** Platforms take values of 150 characters. */
const longestValue = 150;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whoever takes it should not begin from nothing. */
const continues = (ticket: number | null): TicketView['facts'] =>
  ticket === null ? [] : [{ label: 'Continues', value: ticketNumber(ticket) }];

/** One trouble of many people has one card; the others are told what its ticket comes to. */
function crowd({ bundle }: Ticket, behind: number): TicketView['facts'] {
  if (bundle !== null) return [{ label: 'Stands behind', value: `${ticketNumber(bundle)}, which is about the same` }];
  if (behind === 0) return [];
  const people = behind === 1 ? '1 other person has' : `${behind} other people have`;
  return [
    { label: 'And others', value: `${people} reported the same; what you write when you resolve it goes to all` },
  ];
}

function factsOf(content: Content, slots: Record<string, string>): TicketView['facts'] {
  return Object.entries(factLabels).flatMap(([slot, label]) => {
    const value = slots[slot];
    if (value === undefined || value === 'unsure') return [];
    if (slot === 'account_type')
      return [
        { label, value: content.phrases.account_types[value as keyof typeof content.phrases.account_types] ?? value },
      ];
    return [{ label, value: value.replace(/_/g, ' ') }];
  });
}

/** A told step in a few words; a step that has left the content since keeps its name. */
function stepTitle(content: Content, name: string): string {
  const slash = name.indexOf('/');
  const wording = content.byName.get(name.slice(0, slash))?.wording.steps[name.slice(slash + 1)];
  return wording?.title ?? name;
}

/** `<account-id>` and its like, where the conversation knows the value. */
function fillPlaceholders(command: string, slots: Record<string, string>): string {
  return command
    .replace(/<account-id>/g, slots.account_id ?? '<account-id>')
    .replace(/<account-alias>/g, slots.account_alias ?? '<account-alias>');
}

function markup(text: string): Line {
  return text
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('**') ? { text: part.slice(2, -2), bold: true as const } : { text: part }));
}

/** The ping as plain text, for mail, logs of `converse` and platforms that show no card. */
export function pingText(view: TicketView): string {
  const list = (title: string, items: string[]) =>
    items.length ? [`${title}:`, ...items.map((item) => `- ${item}`)] : [];
  return [
    `${view.number} ${view.urgent ? 'URGENT ' : ''}${view.title} (${view.stateText})`,
    `For: ${view.roleText}`,
    ...view.waits,
    ...view.risks.map((risk) => `Look twice: ${risk}`),
    `From: ${view.person.name} on ${view.person.platform}. ${view.notVerified}`,
    ...view.facts.map(({ label, value }) => `${label}: ${value}`),
    ...list('In their words', view.words),
    ...list('Tried so far', view.tried),
    ...(view.rule ? [`Why you: ${view.rule.reason} (rule ${view.rule.id}, ${view.rule.source})`] : []),
    view.verify,
    ...(view.guide
      ? [
          `Steps: ${view.guide.title}`,
          ...view.guide.console.map((item, index) => `${index + 1}. ${item.map((span) => span.text).join('')}`),
          ...view.guide.cli.map((command) => `  $ ${command}`),
          ...list(
            'Mind',
            view.guide.mind.map((item) => item.map((span) => span.text).join('')),
          ),
        ]
      : []),
  ].join('\n');
}

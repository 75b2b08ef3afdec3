import { areas, type Behaviour, type Cannot, isForBoth } from '../../test/parity/behaviour';
import { behaviours } from '../../test/parity/behaviours';

/** `docs/parity.md`: everything the bot does on Slack and on Teams, from the suite that shows it on both. */
export function parityPage(): string {
  const alike = behaviours.filter(({ slack, teams }) => !slack && !teams).length;
  const only = (missing: 'slack' | 'teams') => behaviours.filter((one) => one[missing]).length;
  return `<!-- Generated from test/parity/behaviours/ by \`npm run docs\`; do not edit. -->

# Slack and Teams, side by side

**${behaviours.length} behaviours: ${alike} alike on both, ${only('teams')} that Teams cannot have, ${only('slack')} that Slack cannot have.**

Whichever of the two a company uses, people meet the same bot. Each line below is something a person would notice, and
each is played by one and the same test ([test/parity](../test/parity/parity.test.ts)) on both platforms: the whole bot,
with Slack's and Microsoft's own SDKs, over real HTTP with real signatures, against strict stand-ins of the two
services that refuse whatever the real ones would refuse. *Yes* means that this test passes. After every line the test
also looks whether every word of the answer stood on the screen, whether anything was left unsent, and whether the log
is free of errors.

The conversations in [test/conversations](../test/conversations) that were written by hand are played on the terminal,
on Slack and on Teams, with the same outcome. Those that are generated, one for every path of every scenario, differ in
content alone and are played on the terminal only.

| A chat in Teams | A request in the administrators' channel in Teams |
| --- | --- |
| ![A person's chat with the bot, in the Microsoft 365 Agents Playground](pictures/teams-chat.png) | ![The card of a request, in the Microsoft 365 Agents Playground](pictures/teams-ping.png) |

${areas.map(areaPart).join('\n\n')}
`;
}

function areaPart(area: string): string {
  const rows = behaviours.filter((one) => one.area === area).map(row);
  return `## ${area}

| Behaviour | Slack | Teams |
| --- | --- | --- |
${rows.join('\n')}`;
}

const row = (behaviour: Behaviour): string => {
  const cells = [behaviour.title, ...(['slack', 'teams'] as const).map((name) => possible(behaviour, behaviour[name]))];
  return `| ${cells.map(cell).join(' | ')} |`;
};

function possible(behaviour: Behaviour, cannot: Cannot | undefined): string {
  if (cannot) return `cannot: ${cannot.cannot}`;
  return isForBoth(behaviour) ? 'yes, together' : 'yes';
}

/** What would be read as a table or as mark-up is shown as it is. */
const cell = (text: string): string =>
  text.replace(/[\\|*_`<>]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`));

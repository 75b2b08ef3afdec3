import { check } from './check';
import { below, wayOf } from './endpoint';
import { callableUrl } from './public-address';

/** Whether Teams would reach the service: a request without a token has to be refused by us, and by nobody before us. */
export const teamsEndpoint = check(
  'Teams messaging endpoint',
  {
    'teams-endpoint-unreachable': {
      kind: 'fault',
      fault: 'The messaging endpoint cannot be reached:',
      remedy: 'Start the service, and let your proxy pass /api/messages to it.',
    },
    'teams-endpoint-redirected': {
      kind: 'fault',
      fault: 'The messaging endpoint answers with a redirect, which Teams does not follow.',
      remedy:
        'Set PUBLIC_URL, and the messaging endpoint of the Azure Bot, to the final address (https, the right host, no sign-in page before it).',
    },
    'teams-endpoint-not-served': {
      kind: 'fault',
      fault: 'The running service does not serve /api/messages.',
      remedy: 'Start it with the same TEAMS_… settings.',
    },
    'teams-endpoint-elsewhere': {
      kind: 'fault',
      fault: 'Another program answers at the messaging endpoint.',
      remedy:
        'Let your proxy pass /api/messages to this service unchanged, and enter exactly <PUBLIC_URL>/api/messages in the Azure Bot.',
    },
    'teams-endpoint-failing': {
      kind: 'fault',
      fault: 'The messaging endpoint fails.',
      remedy:
        'A status of 502 to 504 comes from a proxy that cannot reach the service; with 500 look at the service’s log.',
    },
    'teams-endpoint-open': {
      kind: 'fault',
      fault: 'The messaging endpoint took a message that nobody signed.',
      remedy:
        'The service there runs with TEAMS_ALLOW_ANONYMOUS, or is another program: start it with TEAMS_APP_ID and TEAMS_APP_PASSWORD.',
    },
  },
  async ({ settings, network }, report) => {
    const { teams } = settings ?? {};
    const publicUrl = callableUrl(settings);
    if (!teams || teams.anonymous || !publicUrl) return;
    const url = below(publicUrl, 'api/messages');
    // Of a type that nobody acts upon, in case it is taken after all.
    const body = JSON.stringify({ type: 'event', name: 'helpdesk.doctor', id: 'doctor', channelId: 'msteams' });
    const way = wayOf(
      await network.ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    );
    switch (way.kind) {
      case 'unreachable':
      case 'certificate':
        return report.found('teams-endpoint-unreachable', `${way.reason}.`);
      case 'redirected':
        return report.found('teams-endpoint-redirected', `It leads to ${way.to}.`);
      case 'not-served':
        return report.found('teams-endpoint-not-served');
      case 'elsewhere':
        return report.found('teams-endpoint-elsewhere', `${url} answers ${way.status}.`);
      case 'failing':
        return report.found('teams-endpoint-failing', `The status is ${way.status}.`);
      case 'arrived':
        if (way.answer.status === 401) return report.ok(`${url} refuses what Teams did not sign, as it should`);
        if (way.answer.status < 300) return report.found('teams-endpoint-open', `The status is ${way.answer.status}.`);
        report.found('teams-endpoint-elsewhere', `${url} answers ${way.answer.status}.`);
    }
  },
);

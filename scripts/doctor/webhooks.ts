import { webhooksOf } from '../../src/core/routes';
import { check } from './check';

/** Shorter ones can be guessed. */
const shortestSecret = 24;

/** Whether the programs that are told of tickets are there. No ticket is sent. */
export const webhooks = check(
  'webhooks',
  {
    'webhook-secret-missing': {
      kind: 'fault',
      fault: 'The secret of a webhook is not set:',
      remedy: 'Set the environment variable that the organisation file names under secret_env.',
    },
    'webhook-secret-short': {
      kind: 'warning',
      fault: 'The secret of a webhook is so short that it can be guessed:',
      remedy: 'Use 24 characters or more from a random source, on both sides.',
    },
    'webhook-unreachable': {
      kind: 'fault',
      fault: 'A webhook cannot be reached:',
      remedy: 'Correct its url in the organisation file, and see that this machine may call it.',
    },
  },
  async ({ env, organization, network }, report) => {
    if (!organization) return;
    const { webhooks: all, missing } = webhooksOf(organization, env);
    for (const { destination, variable } of missing)
      report.found('webhook-secret-missing', `${variable}, for ${destination}.`);
    for (const [name, { url, secret }] of all) {
      if (secret.length < shortestSecret) report.found('webhook-secret-short', `${name}.`);
      // Whatever it answers to a mere look, something is there.
      const answer = await network.ask(new URL(url).origin);
      if (answer.kind === 'unreachable') report.found('webhook-unreachable', `${name}: ${answer.reason}.`);
      else report.ok(`${name} is there`);
    }
  },
);

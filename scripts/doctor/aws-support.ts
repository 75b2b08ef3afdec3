import { maskSecrets } from '../../src/core/secrets';
import { AwsSupportDestination, awsAccessOf, filingsOf } from '../../src/destinations';
import { failureOf } from '../../src/destinations/aws-support';
import { check } from './check';

/** Whether cases could be opened with AWS Support. None is. */
export const awsSupport = check(
  'AWS Support by API',
  {
    'aws-support-refused': {
      kind: 'fault',
      fault: 'AWS Support does not answer this service.',
      remedy:
        'Do what the message says; the service needs AWS credentials with manifests/aws-support-policy.json and nothing more. Or unset AWS_SUPPORT_CASES.',
    },
    'aws-support-code-unknown': {
      kind: 'fault',
      fault: 'A destination names a service or category that the support plan does not know:',
      remedy: 'Correct service and category in the organisation file, or leave them out.',
    },
    'aws-support-unused': {
      kind: 'warning',
      fault: 'AWS_SUPPORT_CASES is set, but no destination of the organisation file has aws_support.',
      remedy: 'Add a destination with aws_support: {} and name it in a tier, or unset AWS_SUPPORT_CASES.',
    },
    'aws-support-off': {
      kind: 'warning',
      fault: 'A destination has aws_support, but cases are not switched on, so nothing is opened there.',
      remedy: 'Set AWS_SUPPORT_CASES=1, or take the destination out of the organisation file.',
    },
  },
  async ({ env, settings, organization }, report) => {
    if (!settings || !organization) return;
    const filings = filingsOf(organization);
    if (!settings.awsSupportCases) {
      if (filings.size > 0) report.found('aws-support-off');
      return;
    }
    if (filings.size === 0) return report.found('aws-support-unused');
    const parts = {
      memory: { posts: async () => [], savePost: async () => {} },
      ticket: async () => null,
      clock: { now: Date.now },
      mask: maskSecrets,
    };
    try {
      const services = await new AwsSupportDestination(filings, parts, () => {}, awsAccessOf(env)).services();
      let known = true;
      for (const [name, { service, category }] of filings) {
        const found = services.find(({ code }) => code === service);
        const misfit =
          service !== undefined && !found
            ? `${name}: service ${service}; there is ${services.map(({ code }) => code).join(', ')}.`
            : category !== undefined && found && !found.categories.includes(category)
              ? `${name}: category ${category}; ${service} has ${found.categories.join(', ')}.`
              : null;
        if (misfit === null) continue;
        known = false;
        report.found('aws-support-code-unknown', misfit);
      }
      if (known) report.ok('the plan has an API, and the credentials may use it');
    } catch (error) {
      const failure = failureOf(error);
      report.found('aws-support-refused', failure.kind === 'sent' ? undefined : failure.error);
    }
  },
);

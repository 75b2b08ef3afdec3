import { readOrganization } from '../../src/content/organization';
import { readKnowledge, StartError } from '../../src/knowledge';
import { check } from './check';

/** Whether the company's facts can be read, and fit the content. */
export const organization = check(
  'organisation file',
  {
    'organization-faulty': {
      kind: 'fault',
      fault: 'The organisation file cannot be used.',
      remedy:
        'Mend what is named; organization.example.yaml shows every key. Without ORGANIZATION_FILE the bot runs on documented fallbacks.',
    },
  },
  ({ env }, report) => {
    const file = env.ORGANIZATION_FILE?.trim();
    if (!file) return report.ok('none; the documented fallbacks are used (ORGANIZATION_FILE)');
    try {
      const { name } = readOrganization(file);
      const misfit = misfitOf(env);
      if (misfit) throw misfit;
      report.ok(name ? `${file}, of ${name}` : file);
    } catch (error) {
      report.found('organization-faulty', (error as Error).message);
    }
  },
);

/** What only shows beside the content; faults of the settings and of the content itself are said elsewhere. */
function misfitOf(env: NodeJS.ProcessEnv): Error | undefined {
  try {
    readKnowledge(env);
    return undefined;
  } catch (error) {
    if (!(error instanceof StartError)) return error as Error;
    return error.problems.find(({ message }) => message.includes('ORGANIZATION_FAULTY'));
  }
}

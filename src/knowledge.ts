import { readSettings, type Settings } from './config';
import { loadContent } from './content/load';
import { readOrganization } from './content/organization';
import type { Content } from './core/content';
import { CodedError } from './core/errors';
import type { Organization } from './core/organization';
import { webhooksOf } from './core/routes';
import { checkedContent, intentsFolder } from './package-files';

/** All that must be right before anything starts. */
export interface Knowledge {
  settings: Settings;
  content: Content;
  organization: Organization;
}

/** Several things are wrong at once; each is said, so that nobody mends them one start at a time. */
export class StartError extends Error {
  override name = 'StartError';

  constructor(readonly problems: readonly Error[]) {
    super(problems.map((problem) => problem.message).join('\n\n'));
  }
}

/** Reads settings, content and the organisation file. Throws a StartError that names every fault of all three. */
export function readKnowledge(env: NodeJS.ProcessEnv): Knowledge {
  const problems: Error[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      problems.push(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  };
  const settings = attempt(() => readSettings(env));
  const content = attempt(() => loadContent(intentsFolder(), checkedContent()));
  const organization = attempt(() => readOrganization(env.ORGANIZATION_FILE?.trim() || null));
  if (content && organization) attempt(() => checkPlans(organization, content));
  if (organization) attempt(() => checkWebhooks(organization, env));
  if (problems.length > 0 || !settings || !content || !organization) throw new StartError(problems);
  return { settings, content, organization };
}

function checkWebhooks(organization: Organization, env: NodeJS.ProcessEnv): void {
  const { missing } = webhooksOf(organization, env);
  if (missing.length === 0) return;
  throw new CodedError(
    'SETTINGS_FAULTY',
    missing
      .map(({ destination, variable }) => `\n  - ${variable} is missing: the secret of the webhook "${destination}"`)
      .join(''),
  );
}

/** Throws where the organisation names a support plan that the content does not know. */
export function checkPlans(organization: Organization, content: Content): void {
  const unknown = (organization.support_plans ?? []).filter(({ plan }) => !content.supportPlans[plan]);
  if (unknown.length === 0) return;
  const known = Object.keys(content.supportPlans).join(', ');
  throw new CodedError(
    'ORGANIZATION_FAULTY',
    unknown.map(({ plan }) => `\n  - support_plans: unknown plan "${plan}"; use one of ${known}`).join(''),
  );
}

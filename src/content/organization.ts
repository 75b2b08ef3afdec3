import { CodedError } from '../core/errors';
import { noOrganization, type Organization, organizationSchema } from '../core/organization';
import { formatFaults } from './faults';
import { readYamlFile } from './yaml-file';

const example = 'organization.example.yaml';

/** Reads ORGANIZATION_FILE; without one, nothing is known of the company and the documented fallbacks hold. */
export function readOrganization(file: string | null): Organization {
  if (file === null) return noOrganization;
  const result = readYamlFile(file, file, organizationSchema);
  if (result.kind === 'ok') return result.value;
  // This file is no part of the content, and has an example of its own.
  const faults = result.faults.map((fault) => ({
    ...fault,
    remedy: fault.remedy.replace('intents/README.md', example),
  }));
  throw new CodedError('ORGANIZATION_FAULTY', `\n${formatFaults(faults)}`);
}

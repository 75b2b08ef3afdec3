import { CodedError } from '../core/errors';
import { noOrganization, type Organization, organizationSchema } from '../core/organization';
import { formatFaults } from './faults';
import { readYamlFile } from './yaml-file';

/** Reads ORGANIZATION_FILE; without one, nothing is known of the company and the documented fallbacks hold. */
export function readOrganization(file: string | null): Organization {
  if (file === null) return noOrganization;
  const result = readYamlFile(file, file, organizationSchema);
  if (result.kind === 'ok') return result.value;
  throw new CodedError('ORGANIZATION_FAULTY', `\n${formatFaults(result.faults)}`);
}

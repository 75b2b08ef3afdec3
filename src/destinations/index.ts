import type { Organization } from '../core/organization';
import type { Destination } from '../core/ports';
import type { Webhook } from '../core/routes';
import { type AwsAccess, AwsSupportDestination, type CaseFiling } from './aws-support';
import { EmailDestination, type MailSettings } from './email';
import type { DestinationParts } from './parts';
import { WebhookDestination } from './webhook';

export { AwsSupportDestination, awsAccessOf } from './aws-support';
export { EmailDestination, type MailSettings } from './email';
export type { DestinationParts, TicketInWords } from './parts';
export { WebhookDestination } from './webhook';

export interface DestinationSettings {
  mail: MailSettings | null;
  /** Cases may be opened by API. */
  awsSupportCases: boolean;
  awsAccess: AwsAccess;
  /** By the name of their destination. */
  webhooks: ReadonlyMap<string, Webhook>;
}

/** The ways out that are no chat, by what comes before the colon in a place: only those that are set up. */
export function createDestinations(
  { mail, awsSupportCases, awsAccess, webhooks }: DestinationSettings,
  organization: Organization,
  parts: DestinationParts,
  onCaseOpened: (ticket: string, caseId: string) => void,
): Map<string, Destination> {
  const found = new Map<string, Destination>();
  if (mail) found.set('email', new EmailDestination(mail, parts));
  if (webhooks.size > 0) found.set('webhook', new WebhookDestination(webhooks, parts));
  const filings = filingsOf(organization);
  if (awsSupportCases && filings.size > 0)
    found.set('aws-support', new AwsSupportDestination(filings, parts, onCaseOpened, awsAccess));
  return found;
}

export const filingsOf = ({ destinations = {} }: Organization): Map<string, CaseFiling> =>
  new Map(Object.entries(destinations).flatMap(([name, { aws_support: filing }]) => (filing ? [[name, filing]] : [])));

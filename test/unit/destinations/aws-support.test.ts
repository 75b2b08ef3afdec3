import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ticketSubject } from '../../../src/core/ports';
import { AwsSupportDestination } from '../../../src/destinations';
import { type DestinationEdge, destinationEdge, pingTo } from '../../builders/destinations';
import { FakeAwsSupport } from '../../fakes/aws-support';

const place = 'aws-support:case';
const filing = { issue_type: 'customer-service', language: 'en', service: 'account-management' } as const;

let edge: DestinationEdge;
let aws: FakeAwsSupport;
let support: AwsSupportDestination;
let opened: string[];

beforeEach(async () => {
  edge = await destinationEdge();
  aws = new FakeAwsSupport();
  opened = [];
  support = new AwsSupportDestination(
    new Map([['case', filing]]),
    edge.parts,
    (ticket, caseId) => opened.push(`${ticket} ${caseId}`),
    { endpoint: await aws.start(), credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'hunter2' } },
  );
});
afterEach(async () => {
  await edge.store.close();
  await aws.stop();
});

const posts = () => edge.store.posts(ticketSubject(1042, place));

describe('a case with AWS Support', () => {
  test('says what AWS must know, and nothing of who asked', async () => {
    edge.ticket({ facts: [{ label: 'AWS account', value: '111122223333' }] });
    expect(await support.ping(pingTo(place), 'k1', 1)).toEqual({ kind: 'sent' });
    const [{ subject, asked, caseId }] = aws.cases as [FakeAwsSupport['cases'][0]];
    expect(subject).toBe('[D-1042] Lost or broken MFA device');
    expect(asked).toMatchObject({ issueType: 'customer-service', language: 'en', serviceCode: 'account-management' });
    expect(asked).not.toHaveProperty('categoryCode');
    expect(asked.communicationBody).toContain('AWS account: 111122223333');
    expect(asked.communicationBody).toContain('lost my phone');
    expect(JSON.stringify(asked)).not.toMatch(/Ada|"ada"/);
    expect(await posts()).toEqual([expect.objectContaining({ id: caseId })]);
    expect(opened).toEqual([`D-1042 ${caseId}`]);
  });

  test('is opened once, whatever happens to the ticket', async () => {
    await support.ping(pingTo(place), 'k1', 1);
    edge.ticket({ version: 2, state: 'claimed' });
    await support.ping(pingTo(place, 'updated'), 'k2', 1);
    edge.ticket({ version: 3, state: 'resolved' });
    await support.ping(pingTo(place, 'updated'), 'k3', 1);
    expect(aws.calls).toEqual(['CreateCase']);
  });

  test('a try whose answer was lost is found again among all cases, on whichever page', async () => {
    for (const other of ['[D-1041] a', '[D-10420] b', 'c'])
      aws.cases.push({ caseId: other, displayId: '1', subject: other, timeCreated: '', asked: {} });
    aws.faults.push('lose');
    expect(await support.ping(pingTo(place), 'k1', 1)).toMatchObject({ kind: 'temporary' });
    expect(await posts()).toEqual([]);
    expect(await support.ping(pingTo(place), 'k1', 2)).toEqual({ kind: 'sent' });
    expect(aws.calls).toEqual(['CreateCase', 'DescribeCases', 'DescribeCases']);
    expect(aws.cases.filter(({ subject }) => subject.startsWith('[D-1042]'))).toHaveLength(1);
    expect(await posts()).toHaveLength(1);
  });

  test('a try that did not get through is made again', async () => {
    aws.faults.push('cut');
    expect(await support.ping(pingTo(place), 'k1', 1)).toMatchObject({ kind: 'temporary' });
    expect(await support.ping(pingTo(place), 'k1', 2)).toEqual({ kind: 'sent' });
    expect(aws.cases).toHaveLength(1);
  });

  test.each([
    [
      'SubscriptionRequiredException',
      'permanent',
      /the support plan of this AWS account has no API; open the case in the console/,
    ],
    ['AccessDeniedException', 'permanent', /attach manifests\/aws-support-policy\.json/],
    ['UnrecognizedClientException', 'permanent', /does not know the credentials/],
    ['ValidationException', 'permanent', /service, category or severity/],
    ['ThrottlingException', 'temporary', /ThrottlingException/],
    ['InternalServerError', 'temporary', /InternalServerError/],
    ['CaseCreationLimitExceeded', 'temporary', /CaseCreationLimitExceeded/],
  ])('%s is %s and says what to do', async (refuse, kind, words) => {
    aws.faults.push({ refuse });
    const delivery = await support.ping(pingTo(place), 'k1', 1);
    expect(delivery).toMatchObject({ kind, error: expect.stringMatching(words) });
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
    // The SDK itself made no second try: that could have been a second case.
    expect(aws.calls).toEqual(['CreateCase']);
  });

  test('no case for a ticket that is closed or gone, or under a name nobody gave', async () => {
    edge.ticket({ state: 'cancelled' });
    expect(await support.ping(pingTo(place), 'k1', 1)).toEqual({ kind: 'sent' });
    edge.ticket({ id: 7 });
    expect(await support.ping(pingTo(place), 'k2', 1)).toEqual({ kind: 'sent' });
    expect(await support.ping(pingTo('aws-support:other'), 'k3', 1)).toMatchObject({ kind: 'permanent' });
    expect(aws.calls).toEqual([]);
  });

  test('no secret goes to AWS', async () => {
    edge.ticket({ words: ['key AKIAIOSFODNN7EXAMPLE'] });
    await support.ping(pingTo(place), 'k1', 1);
    expect(JSON.stringify(aws.cases)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  test('the codes of the plan can be read without opening anything', async () => {
    expect(await support.services()).toEqual([
      { code: 'account-management', categories: ['sign-in'] },
      { code: 'billing', categories: ['other'] },
    ]);
    expect(aws.cases).toEqual([]);
  });
});

describe('manifests/aws-support-policy.json', () => {
  const policy = JSON.parse(readFileSync(join(__dirname, '../../../manifests/aws-support-policy.json'), 'utf8')) as {
    Version: string;
    Statement: { Effect: string; Action: string[]; Resource: string }[];
  };

  test('allows what the code calls, by name, and nothing else', () => {
    const source = readFileSync(join(__dirname, '../../../src/destinations/aws-support.ts'), 'utf8');
    const called = new Set([
      ...[...source.matchAll(/new sdk\.(\w+)Command\(/g)].map(([, name]) => `support:${name}`),
      ...[...source.matchAll(/sdk\.paginate(\w+)\(/g)].map(([, name]) => `support:${name}`),
    ]);
    expect(policy.Version).toBe('2012-10-17');
    expect(policy.Statement).toHaveLength(1);
    expect(policy.Statement[0]!.Effect).toBe('Allow');
    expect(new Set(policy.Statement[0]!.Action)).toEqual(called);
    expect(called.size).toBeGreaterThan(2);
  });
});

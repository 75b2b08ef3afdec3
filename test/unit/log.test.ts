import { createLog } from '../../src/log';

function lines(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const written: string[] = [];
  write(createLog('info', { write: (line: string) => void written.push(line) }));
  return written.map((line) => JSON.parse(line));
}

test('a secret in what a library quotes does not reach the log', () => {
  const error = new Error('cannot parse "AKIAIOSFODNN7EXAMPLE"');
  const [first, second] = lines((log) => {
    log.error({ err: error, deep: [{ told: 'password is Tr0ub4dor&3' }] }, 'failed with key AKIAIOSFODNN7EXAMPLE');
    log.info({ key: 'slack:T1:C1' }, '-----BEGIN PRIVATE KEY-----\nMIIEabc');
  });
  expect(JSON.stringify([first, second])).not.toMatch(/AKIAIOSFODNN7EXAMPLE|Tr0ub4dor|MIIEabc/);
  expect(first).toMatchObject({ msg: 'failed with key [removed: aws-key]', err: { type: 'Error' } });
  expect(second).toMatchObject({ msg: '[removed: private-key]', key: 'slack:T1:C1' });
});

test('a line without a secret leaves as it is', () => {
  const [line] = lines((log) => log.info({ key: 'teams:19:abc@thread.tacv2;1764567808123', rows: 123_456 }, 'ready'));
  expect(line).toMatchObject({ key: 'teams:19:abc@thread.tacv2;1764567808123', rows: 123_456, msg: 'ready' });
});

import { sealed } from '../../../src/core/sealed';
import { maskSecrets } from '../../../src/core/secrets';
import { editMessage, fileMessage, pressMessage, textMessage } from '../../builders/store';

const seal = <T extends Parameters<typeof sealed>[0]>(incoming: T): T =>
  sealed(incoming, maskSecrets, (text) => `digest-of-${text.length}`);
const key = 'AKIAIOSFODNN7EXAMPLE';

test.each([
  ['words', textMessage('k', { text: `it is ${key}` })],
  ['names of files', textMessage('k', { text: 'see', files: [`${key}.csv`] })],
  ['a file alone', fileMessage('k', `${key}.csv`)],
  ['the value of a button', pressMessage('k', `choose:${key}`)],
  ['the idempotency key', pressMessage(`web:c1:${key}`, 'solved')],
  ['a changed message', editMessage('k', `web:${key}`, `now ${key}`)],
  ['the display name', textMessage('k', { person: { id: 'ada', name: key, member: true } })],
])('no secret in %s', (_what, incoming) => {
  expect(JSON.stringify(incoming)).toContain(key);
  expect(JSON.stringify(seal(incoming))).not.toContain(key);
});

test('what was found late is told like what was found early', () => {
  expect(seal(textMessage('k', { text: key, secrets: ['code'] }))).toMatchObject({ secrets: ['code', 'aws-key'] });
});

test('a message and its change are still known by the same key', () => {
  const message = seal(textMessage(`web:c1:${key}`));
  expect(seal(editMessage('edit', `web:c1:${key}`, 'words'))).toMatchObject({ of: message.key });
});

test('everything else is as it was', () => {
  const incoming = textMessage('k', { text: 'lost my phone', address: { channel: 'C1', user: 'U1' } });
  expect(seal(incoming)).toEqual(incoming);
});

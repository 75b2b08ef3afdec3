import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

jest.setTimeout(60_000);

test('who only imports the platform does not pay for Bolt', () => {
  const platform = join(__dirname, '../../../src/platforms/slack');
  const loaded = "Object.keys(require.cache).filter((file) => file.includes('@slack')).length";
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--eval', `require(${JSON.stringify(platform)}); console.log(${loaded})`],
    { encoding: 'utf8', cwd: join(__dirname, '../../..') },
  );
  expect([stdout.trim(), stderr]).toEqual(['0', '']);
});

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../builders/bot';
import { noPostgres } from '../builders/postgres';
import { bareEnvironment, build } from '../builders/service-process';

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

/** A short one of `npm run soak`, with more faults than it has, so that all kinds of them happen. */
(noPostgres ? test.skip : test)(
  'under load with faults, and a process that is killed, nothing is lost',
  async () => {
    build();
    const settings = { SOAK_MINUTES: '0.6', SOAK_PER_SECOND: '5', SOAK_FAULTS: '0.05', SOAK_KILL_SECONDS: '12' };
    const child = spawn(process.execPath, [join(repository, 'dist/bench/soak/run.js')], {
      env: { ...bareEnvironment(), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    const figure = (name: string): number => Number(new RegExp(`^ *([\\d.]+) .*${name}`, 'm').exec(said)?.[1]);
    if (code !== 0) throw new Error(said);
    expect(figure('messages said')).toBe(180);
    expect(figure('answered')).toBe(180);
    expect(figure('times a process was killed')).toBeGreaterThan(0);
    expect(figure('calls to a platform: dropped after')).toBeGreaterThan(0);
    expect(said).not.toContain('BROKEN');
    expect(said.match(/lost: .* ok$/gm)).toHaveLength(5);
  },
  420_000,
);

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/config';
import { repository } from '../builders/bot';

const service = z.looseObject({
  read_only: z.boolean().optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  stop_grace_period: z.string(),
});
const composeFile = z.strictObject({
  services: z.strictObject({ helpdesk: service, database: service }),
  volumes: z.record(z.string(), z.null()),
});

describe('docker-compose.yml', () => {
  const file = composeFile.parse(parse(readFileSync(join(repository, 'docker-compose.yml'), 'utf8')));
  const { helpdesk, database } = file.services;

  test('gives the service settings it takes, and the database the password it was given', () => {
    const withPassword = (text: string) => text.replace(/\$\{POSTGRES_PASSWORD:\?[^}]+\}/g, 'a-password');
    const env = Object.fromEntries(
      Object.entries(helpdesk.environment).map(([name, text]) => [name, withPassword(text)]),
    );
    const { databaseUrl, port, host, dataDir } = readSettings(env);
    expect({ port, host, dataDir }).toEqual({ port: 3978, host: '0.0.0.0', dataDir: '/data' });
    const { username, password, hostname, pathname } = new URL(databaseUrl!);
    expect([username, password, pathname]).toEqual([
      database.environment.POSTGRES_USER,
      withPassword(database.environment.POSTGRES_PASSWORD!),
      `/${database.environment.POSTGRES_DB}`,
    ]);
    expect(Object.keys(file.services)).toContain(hostname);
  });

  test('writes to named volumes alone, waits for the database, and is reached from this machine alone', () => {
    expect(helpdesk.read_only).toBe(true);
    for (const volume of [...helpdesk.volumes, ...database.volumes])
      expect(file.volumes).toHaveProperty(volume.split(':')[0]!);
    expect(helpdesk.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck!.test[0]).toBe('CMD-SHELL');
    expect(helpdesk.ports).toEqual(['127.0.0.1:3978:3978']);
  });

  test('builds what the Dockerfile says', () => {
    expect(existsSync(join(repository, 'Dockerfile'))).toBe(true);
    expect(parseInt(helpdesk.stop_grace_period, 10)).toBeGreaterThan(10);
  });
});

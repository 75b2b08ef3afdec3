import { CodedError } from './core/errors';
import { readKnowledge, StartError } from './knowledge';
import { createLog } from './log';
import { startService } from './service';

/** Start, signals, stop; nothing else. */
async function main(): Promise<void> {
  const knowledge = readKnowledge(process.env);
  const log = createLog(knowledge.settings.logLevel);
  const service = await startService(knowledge, log);
  process.stdout.write(
    service.deskIsOpen
      ? `The web desk is at ${service.url}\n`
      : `Listening on ${service.url}. The web desk's pages are closed because HOST is not a loopback address.\n`,
  );
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  // Faults we know say what to do; for anything else the stack is what helps.
  const known = error instanceof CodedError || error instanceof StartError;
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});

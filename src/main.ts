import { accessSync, constants } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { CodedError } from './core/errors';
import { readKnowledge, StartError } from './knowledge';
import { createLog, type Log } from './log';
import { intentsFolder } from './package-files';
import { type Service, startService } from './service';

// Garbage that V8 is in no hurry to collect was a third of the memory under load; this costs nothing that shows.
setFlagsFromString('--heap-growing-percent=30');

const stopLimitMs = 9_500;

/** Start, signals, stop; nothing else. */
async function main(): Promise<void> {
  const knowledge = readKnowledge(process.env);
  const log = createLog(knowledge.settings.logLevel);
  // Heard from the first moment on: a supervisor may change its mind while we start.
  const starting = startService(knowledge, log, { onFatal: (error) => fatal(log, error) });
  stopOnSignal(starting, log);
  const service = await starting;
  process.stdout.write(
    service.deskIsOpen
      ? `The web desk is at ${service.url}\n`
      : `Listening on ${service.url}. The web desk's pages are closed, because they have no sign-in and others can reach this address.\n`,
  );
  if (service.platforms.length > 0) process.stdout.write(`Serving ${service.platforms.join(' and ')} as well\n`);
  // The SDKs start work of their own; an error nobody waits for must end in a new start, not in a half-dead process.
  process.on('unhandledRejection', (error) => fatal(log, error instanceof Error ? error : new Error(String(error))));
  if (isWritable(intentsFolder())) service.reload.watch();
}

function stopOnSignal(starting: Promise<Service>, log: Log): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    // Supervisors wait ten seconds and then kill. Whatever hangs, what was accepted is in the store.
    setTimeout(() => {
      log.error('stopping took too long; ending now');
      process.exit(1);
    }, stopLimitMs).unref();
    starting
      .then((service) => service.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  // A terminal that closes says the same as an operator who wants the content loaded anew.
  process.on('SIGHUP', (signal) =>
    process.stdout.isTTY ? stop(signal) : void starting.then((service) => service.reload.now()),
  );
  process.on('SIGINT', stop);
}

/** Who may change the content where it lies wants to see the change; in an image it is as it was built. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A supervisor starts the process anew; going on without a way to the platform would only look alive. */
function fatal(log: Log, error: Error): void {
  log.fatal({ err: error }, 'cannot go on; ending for a new start');
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
}

main().catch((error: unknown) => {
  // Faults we know say what to do; for anything else the stack is what helps.
  const known = error instanceof CodedError || error instanceof StartError;
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});

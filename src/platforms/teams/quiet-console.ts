const ours = new WeakSet<object>();
const sdk = /[\\/]node_modules[\\/](?:botframework|botbuilder)/;

/**
 * The SDK prints every token it refuses to the console, with a stack. Anybody may send such tokens, and would fill our
 * log with what is no JSON line; so what its own code prints is dropped. What went wrong is thrown too. Who prints is
 * told by the stack: an `AsyncLocalStorage` around the check would slow down every promise of the process.
 */
export function silenceSdk(): void {
  for (const method of ['error', 'warn'] as const) if (!ours.has(console[method])) wrap(method);
}

function wrap(method: 'error' | 'warn'): void {
  const print = console[method];
  console[method] = (...args: unknown[]) => {
    if (!sdk.test(new Error().stack ?? '')) print.apply(console, args);
  };
  ours.add(console[method]);
}

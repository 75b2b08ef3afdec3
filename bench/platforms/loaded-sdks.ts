import { writeFileSync } from 'node:fs';

/** Preloaded into the service (`node --require`): at its end it writes down how many modules of the SDKs were loaded. */
process.on('exit', () => {
  const { BENCH_LOADED_SDKS: file } = process.env;
  const modules = Object.keys(require.cache).filter((name) =>
    /[\\/]node_modules[\\/](?:@slack|botbuilder|botframework)/.test(name),
  );
  if (file) writeFileSync(file, String(modules.length));
});

/**
 * `npm start`: see `npm start -- --help`. This first file is understood by old versions of Node as well, so that they can be told
 * in words that they are too old.
 */
const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    `This is Node ${process.versions.node}; SPA for OHIF needs Node ${oldest} or newer. ` +
      'Get it from https://nodejs.org (or "nvm install --lts") and run npm start again.',
  );
  process.exitCode = 1;
} else {
  const { start } = await import('./start/start.mjs');
  await start(process.argv.slice(2));
}

'use strict';

/** Runs a program of dist/ with the process as its world. */
function start(main) {
  let cli;
  try {
    cli = { ...require('../dist/cli/main.js'), ...require('../dist/cli/io.js') };
  } catch (error) {
    // Only what we could not find ourselves: a package that is missing is another story.
    if (error.code !== 'MODULE_NOT_FOUND' || !/dist.cli/.test(error.message.split('\n')[0])) throw error;
    process.stderr.write('lpad: not built yet (no dist folder)\n  try: npm run build\n');
    process.exitCode = 1;
    return;
  }
  // exitCode and not exit(): what is still on its way into a pipe must arrive.
  cli[main](process.argv.slice(2), cli.processIo()).then((status) => {
    process.exitCode = status;
    // Who was interrupted does not wait for what does not listen: a Firetask may run on for hours.
    if (status === 130) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
  });
}

module.exports = { start };

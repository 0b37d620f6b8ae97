import { runCli } from './cli/run-cli.ts';

/** What `npm start` and the container run: the same as `seepass start`. */
process.exitCode = await runCli(['start', ...process.argv.slice(2)]);

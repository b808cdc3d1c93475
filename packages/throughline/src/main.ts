import { realEffects } from './effects.ts';
import { run as runProgram } from './program.ts';

/** The command as the shell runs it. */
export async function run(): Promise<void> {
  // A reader that went away (`export | head`) ends the program quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runProgram(process.argv.slice(2), {
    environment: process.env,
    effects: realEffects,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    stopped,
  });
}

/** A second signal, or ten seconds, and the program ends at once: acknowledged events are on disk anyway. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      setTimeout(() => process.exit(1), 10_000).unref();
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

import type { Problem } from '@throughline/contract';
import { StoreError } from '@throughline/store';
import { Command, CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { migrateCommand } from './commands/migrate.ts';
import { signInCommand } from './commands/sign-in.ts';
import { simulateCommand } from './commands/simulate.ts';
import { siteCommand } from './commands/site.ts';
import { startCommand } from './commands/start.ts';
import { webhookCommand } from './commands/webhook.ts';
import { PlainError } from './plain-error.ts';

const WITH_JSON = `
With --json, stdout holds the result alone. An error is one line of JSON on stderr,
{"error":{"code","message","at"}}, and the exit status is 1.`;

/** Every command of `throughline`. With `json`, errors are told in JSON. */
export function createProgram(cli: Cli, json = false): Command {
  const program = new Command('throughline')
    .description('Shows a shop how people really become its customers.')
    .showHelpAfterError(json ? false : '(--help says more)')
    .addHelpText('afterAll', WITH_JSON);
  for (const command of [
    startCommand(cli),
    siteCommand(cli),
    keyCommand(cli),
    webhookCommand(cli),
    signInCommand(cli),
    importCommand(cli),
    exportCommand(cli),
    eraseCommand(cli),
    simulateCommand(cli),
    migrateCommand(cli),
    doctorCommand(cli),
  ])
    program.addCommand(command);
  for (const command of everyCommand(program))
    command.exitOverride().configureOutput({
      writeOut: cli.out,
      writeErr: cli.err,
      // Commander's sentences begin with "error: " and end the line.
      outputError: (text, write) =>
        write(json ? asJson({ code: 'usage', message: text.trim().replace(/^error: /, ''), at: '' }) : text),
    });
  return program;
}

/** Runs one command line and gives the exit status. What the operator can mend is told in one sentence. */
export async function run(argv: readonly string[], cli: Cli): Promise<number> {
  const json = argv.includes('--json');
  try {
    await createProgram(cli, json).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    cli.err(json ? asJson(problem) : `${problem.message}\n`);
    return 1;
  }
}

/** What the operator can mend; undefined for a bug. */
function problemOf(error: unknown): Problem | undefined {
  if (error instanceof PlainError) return error.problem;
  if (error instanceof StoreError) return { code: 'store', message: error.message, at: '' };
  return undefined;
}

const asJson = (error: Problem): string => `${JSON.stringify({ error })}\n`;

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

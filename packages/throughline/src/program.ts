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
import { PlainError } from './plain-error.ts';

/** Every command of `throughline`. */
export function createProgram(cli: Cli): Command {
  const program = new Command('throughline')
    .description('Shows a shop how people really become its customers.')
    .showHelpAfterError('(--help says more)');
  for (const command of [
    startCommand(cli),
    siteCommand(cli),
    keyCommand(cli),
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
    command.exitOverride().configureOutput({ writeOut: cli.out, writeErr: cli.err });
  return program;
}

/** Runs one command line and gives the exit status. What the operator can mend is told in one sentence. */
export async function run(argv: readonly string[], cli: Cli): Promise<number> {
  try {
    await createProgram(cli).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof PlainError || error instanceof StoreError) {
      cli.err(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

import { Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';

/** Opening the store applies what is missing, so this only has to open it. */
export function migrateCommand(cli: Cli): Command {
  return new Command('migrate')
    .description('bring the database schema up to date (the start does it as well)')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await connected(cli, ({ api }) => api('GET', '/api/sites'));
      print(cli, json, { migrated: true }, () => 'The schema is up to date.');
    });
}

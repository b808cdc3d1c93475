import { Command, Option } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';

interface KeyInfo {
  id: string;
  kind: string;
  created_at: string;
}

const keysOf = (site: string) => `/api/sites/${encodeURIComponent(site)}/keys`;

export function keyCommand(cli: Cli): Command {
  const command = new Command('key').description('add, list and revoke the keys of a site');
  command
    .command('add')
    .description('make a key and print it, this once')
    .requiredOption('--site <site>', 'public key of the site')
    .addOption(
      new Option('--kind <kind>', 'write: sends events; secret: reads reports')
        .choices(['write', 'secret'])
        .makeOptionMandatory(),
    )
    .option('--json', 'print JSON')
    .action(async ({ site, kind, json }: { site: string; kind: string; json?: boolean }) => {
      const made = await connected(cli, ({ api }) => api<{ key: string }>('POST', keysOf(site), { kind }));
      print(cli, json, made, ({ key }) => `${key}\nIt is not shown again.`);
    });
  command
    .command('list')
    .description('list the keys of a site, without the keys themselves')
    .requiredOption('--site <site>', 'public key of the site')
    .option('--json', 'print JSON')
    .action(async ({ site, json }: { site: string; json?: boolean }) => {
      const { keys } = await connected(cli, ({ api }) => api<{ keys: KeyInfo[] }>('GET', keysOf(site)));
      print(cli, json, keys, () =>
        keys.map(({ id, kind, created_at }) => `${id}\t${kind}\tmade ${created_at}`).join('\n'),
      );
    });
  command
    .command('revoke')
    .description('make a key worthless, at once')
    .argument('<id>', 'id of the key as `key list` shows it')
    .requiredOption('--site <site>', 'public key of the site')
    .option('--json', 'print JSON')
    .action(async (id: string, { site, json }: { site: string; json?: boolean }) => {
      await connected(cli, ({ api }) => api('DELETE', `${keysOf(site)}/${encodeURIComponent(id)}`));
      print(cli, json, { revoked: id }, () => `Revoked ${id}.`);
    });
  return command;
}

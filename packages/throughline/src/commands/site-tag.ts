import type { Site } from '@throughline/contract';
import { Argument, Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';

export function siteTagCommand(cli: Cli): Command {
  return new Command('tag')
    .description('choose which build of the tag /t.js?site=KEY serves')
    .argument('<site>', 'key of the site')
    .addArgument(
      new Argument('<build>', 'complete: everything; core: pages, visits and your own calls').choices([
        'complete',
        'core',
      ]),
    )
    .option('--json', 'print JSON')
    .action(async (site: string, tag: string, { json }: { json?: boolean }) => {
      const changed = await connected(cli, ({ api }) =>
        api<Site>('POST', `/api/sites/${encodeURIComponent(site)}/tag`, { tag }),
      );
      print(cli, json, changed, () => `/t.js?site=${site} is the ${tag} build within an hour.`);
    });
}

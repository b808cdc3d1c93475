import type { Site, TagView } from '@throughline/contract';
import { Argument, Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';

export function siteTagCommand(cli: Cli): Command {
  return new Command('tag')
    .description('choose which build of the tag /t.js?site=KEY serves, or show which it is and how to pin it')
    .argument('<site>', 'key of the site')
    .addArgument(
      new Argument('[build]', 'complete: everything; core: pages, visits and your own calls').choices([
        'complete',
        'core',
      ]),
    )
    .option('--json', 'print JSON')
    .action(async (site: string, tag: string | undefined, { json }: { json?: boolean }) => {
      const at = `/api/sites/${encodeURIComponent(site)}/tag`;
      if (tag === undefined) {
        const view = await connected(cli, ({ api }) => api<TagView>('GET', at));
        return print(cli, json, view, () => shown(site, view));
      }
      const changed = await connected(cli, ({ api }) => api<Site>('POST', at, { tag }));
      print(
        cli,
        json,
        changed,
        () =>
          `/t.js?site=${site} is the ${tag} build within five minutes; a browser that came in the last day runs the old one for one page more.`,
      );
    });
}

const shown = (site: string, { build, pinned: { [build]: pinned } }: TagView): string =>
  `${site} has the ${build} build. Pinned, it is /${pinned.file} with integrity="${pinned.integrity}" crossorigin.`;

import type { Site, SiteKeys } from '@throughline/contract';
import { Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { siteRulesCommand } from './site-rules.ts';
import { siteTagCommand } from './site-tag.ts';

interface AddOptions {
  host: string[];
  currency: string;
  timezone: string;
  plainIdentifiers?: boolean;
  json?: boolean;
}

const listed = (value: string, before: string[]) => [...before, value];

export function siteCommand(cli: Cli): Command {
  const command = new Command('site').description('add and list sites; a site is one shop');
  command
    .command('add')
    .description('add a site and print its keys, this once')
    .argument('<name>', 'what you call the shop')
    .option('--host <host>', 'host whose pages may send events, can be repeated; none: any host', listed, [])
    .option('--currency <code>', 'ISO 4217 code that revenue is reported in', 'USD')
    .option('--timezone <zone>', 'IANA zone of the dates in reports', 'UTC')
    .option(
      '--plain-identifiers',
      'keep e-mail and phone readable, for good; without it their SHA-256 alone is kept',
    )
    .option('--json', 'print JSON')
    .action((name: string, options: AddOptions) => add(cli, name, options));
  command
    .command('list')
    .description('list the sites')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => list(cli, options));
  command.addCommand(siteRulesCommand(cli));
  command.addCommand(siteTagCommand(cli));
  command
    .command('secret')
    .description('print the secret with which your server signs who is logged in')
    .argument('<site>', 'key of the site')
    .option('--new', 'make a new one first; what was signed with the old one no longer counts')
    .option('--json', 'print JSON')
    .action((site: string, options: { new?: boolean; json?: boolean }) => secret(cli, site, options));
  return command;
}

async function secret(
  cli: Cli,
  site: string,
  { new: renew, json }: { new?: boolean; json?: boolean },
): Promise<void> {
  const path = `/api/sites/${encodeURIComponent(site)}/identify-secret`;
  const found = await connected(cli, ({ api }) => api<{ secret: string }>(renew ? 'POST' : 'GET', path));
  print(cli, json, found, (told) => told.secret);
}

async function add(
  cli: Cli,
  name: string,
  { host, currency, timezone, plainIdentifiers: plain_identifiers, json }: AddOptions,
): Promise<void> {
  const keys = await connected(cli, ({ api }) =>
    api<SiteKeys>('POST', '/api/sites', { name, hosts: host, currency, timezone, plain_identifiers }),
  );
  print(cli, json, { site: keys.site, write_key: keys.write_key, secret_key: keys.secret_key }, (told) =>
    [
      `Site        ${told.site}   goes into data-site of the snippet`,
      `Write key   ${told.write_key}   sends events from your servers`,
      `Secret key  ${told.secret_key}   reads reports`,
      'The two keys are not shown again.',
      ...(plain_identifiers ? ['Put data-plain="send" into the snippet too, as Set-up shows it.'] : []),
    ].join('\n'),
  );
}

async function list(cli: Cli, { json }: { json?: boolean }): Promise<void> {
  const { sites } = await connected(cli, ({ api }) => api<{ sites: Site[] }>('GET', '/api/sites'));
  print(cli, json, sites, () =>
    sites.length === 0
      ? 'There is no site yet: npx throughline site add "My shop"'
      : sites
          .map(({ site, name, hosts, currency, timezone }) =>
            [site, name, hosts.join(', ') || 'any host', currency, timezone].join('\t'),
          )
          .join('\n'),
  );
}

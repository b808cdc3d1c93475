import {
  PLATFORM_NAMES,
  PLATFORMS,
  type PlatformName,
  readSecrets,
  secretsFile,
  writeSecrets,
} from '@throughline/collector';
import type { Site } from '@throughline/contract';
import { Command, Option } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { PlainError } from '../plain-error.ts';

const SECRET = /^[\x21-\x7e]{8,200}$/;
const SECRET_BYTES = 24;

interface Named {
  site: string;
  platform: PlatformName;
  json?: boolean;
}

const platformOption = () =>
  new Option('--platform <name>', 'what the shop runs on').choices(PLATFORM_NAMES).makeOptionMandatory();

export function webhookCommand(cli: Cli): Command {
  const command = new Command('webhook').description(
    'take orders and refunds from the shop’s own platform, signed with a secret that both know',
  );
  command
    .command('add')
    .description('keep the secret of a site and platform, in place of an older one, and print the address')
    .requiredOption('--site <site>', 'public key of the site')
    .addOption(platformOption())
    .option(
      '--secret <text>',
      'the one the platform shows; or set WEBHOOK_SECRET, which no list of processes shows',
    )
    .option('--json', 'print JSON')
    .action((options: Named & { secret?: string }) => add(cli, options));
  command
    .command('list')
    .description('list the sites and platforms a secret is kept for, without the secrets')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => list(cli, options));
  command
    .command('remove')
    .description('forget a secret: what the platform sends is then refused')
    .requiredOption('--site <site>', 'public key of the site')
    .addOption(platformOption())
    .option('--json', 'print JSON')
    .action((options: Named) => remove(cli, options));
  return command;
}

const addressOf = (site: string, platform: PlatformName) => `/webhooks/${platform}/${site}`;

async function add(cli: Cli, { site, platform, secret: given, json }: Named & { secret?: string }) {
  const secret = secretOf(cli, platform, given ?? cli.environment['WEBHOOK_SECRET']);
  const { base, running } = await connected(cli, async ({ api, config, ...connection }) => {
    const { sites } = await api<{ sites: Site[] }>('GET', '/api/sites');
    if (!sites.some((known) => known.site === site))
      throw new PlainError(`There is no site ${site}; npx throughline site list shows those there are.`);
    await change(config.data_dir, (secrets) => {
      secrets[site] = { ...secrets[site], [platform]: secret };
    });
    return connection;
  });
  const made = { site, platform, path: addressOf(site, platform), secret };
  print(cli, json, made, () =>
    [
      `Address  ${running ? base : 'https://your-collector.example'}${made.path}`,
      `Secret   ${secret}`,
      'Give the platform the address as it is reached from outside. The secret is not shown again.',
    ].join('\n'),
  );
}

/** The one that was given, or a new one where the platform lets its owner choose. */
function secretOf(cli: Cli, platform: PlatformName, given: string | undefined): string {
  if (given === undefined && !PLATFORMS[platform].gives_secret)
    return Buffer.from(cli.effects.random(SECRET_BYTES)).toString('base64url');
  if (given === undefined)
    throw new PlainError(
      `The secret of ${platform} is made there: copy it from the shop’s settings of notifications and webhooks, and give it with --secret.`,
    );
  if (!SECRET.test(given))
    throw new PlainError('The secret must be 8 to 200 printable characters without spaces.');
  return given;
}

async function list(cli: Cli, { json }: { json?: boolean }): Promise<void> {
  const secrets = await connected(cli, ({ config }) => read(config.data_dir));
  const kept = Object.entries(secrets).flatMap(([site, platforms]) =>
    PLATFORM_NAMES.filter((platform) => platforms[platform] !== undefined).map((platform) => ({
      site,
      platform,
      path: addressOf(site, platform),
    })),
  );
  print(cli, json, kept, () =>
    kept.length === 0
      ? 'No secret is kept yet: npx throughline webhook add'
      : kept.map(({ site, platform, path }) => [site, platform, path].join('\t')).join('\n'),
  );
}

async function remove(cli: Cli, { site, platform, json }: Named): Promise<void> {
  await connected(cli, ({ config }) =>
    change(config.data_dir, (secrets) => {
      if (secrets[site]?.[platform] === undefined)
        throw new PlainError(
          `No secret is kept for ${platform} and this site; webhook list shows those there are.`,
        );
      delete secrets[site][platform];
    }),
  );
  print(cli, json, { site, platform, removed: true }, () => `Forgot the secret of ${platform} for ${site}.`);
}

type Kept = Awaited<ReturnType<typeof readSecrets>>;

async function read(data_dir: string): Promise<Kept> {
  try {
    return await readSecrets(secretsFile(data_dir));
  } catch (error) {
    throw new PlainError((error as Error).message, { cause: error });
  }
}

async function change(data_dir: string, edit: (secrets: Kept) => void): Promise<void> {
  const secrets = await read(data_dir);
  edit(secrets);
  await writeSecrets(secretsFile(data_dir), secrets);
}

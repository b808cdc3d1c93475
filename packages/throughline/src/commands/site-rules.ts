import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { IdentityRulesView, RulesTrialView } from '@throughline/contract';
import { Command } from 'commander';
import type { AdminApi } from '../admin-api.ts';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { PlainError } from '../plain-error.ts';

interface Options {
  try?: string;
  set?: string;
  json?: boolean;
}

const ASK_AGAIN_MS = 200;

export function siteRulesCommand(cli: Cli): Command {
  return new Command('rules')
    .description('show, try or change the rules by which people are told apart')
    .argument('<site>', 'key of the site')
    .option('--try <file>', 'JSON file of rules: say what they would change, and change nothing')
    .option('--set <file>', 'JSON file of rules that take the place of the site’s own; {} for the defaults')
    .option('--json', 'print JSON')
    .action(async (site: string, options: Options, command: Command) => {
      if (options.try !== undefined && options.set !== undefined)
        command.error('error: either --try or --set.');
      await connected(cli, ({ api }) => rules(cli, api, site, options));
    });
}

async function rules(cli: Cli, api: AdminApi, site: string, options: Options): Promise<void> {
  const path = `/api/sites/${encodeURIComponent(site)}/identity-rules`;
  if (options.try !== undefined) {
    const trial = await api<RulesTrialView>('POST', `${path}/try`, { rules: await readRules(options.try) });
    return print(cli, options.json, trial, trialText);
  }
  if (options.set !== undefined) {
    await api('POST', path, { rules: await readRules(options.set) });
    while ((await api<IdentityRulesView>('GET', path)).applying) await delay(ASK_AGAIN_MS);
  }
  const { rules: found } = await api<IdentityRulesView>('GET', path);
  print(cli, options.json, found, () => JSON.stringify(found, undefined, 2));
}

async function readRules(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new PlainError(`${file} cannot be read as JSON; write rules such as {"look_back_days": 30}.`, {
      cause: error,
    });
  }
}

const trialText = ({ customers, joined, split, lost, found, ...trial }: RulesTrialView): string =>
  [
    `Customers      ${customers.before} → ${customers.after}`,
    `Would join     ${joined}`,
    `Would split    ${split}`,
    `Lost, found    ${lost}, ${found}`,
    `Visits moved   ${trial.visits_moved}`,
    `Orders moved   ${trial.orders_moved}, worth ${trial.revenue_moved} ${trial.currency}`,
    ...trial.top.map(
      ({ kind, people, becomes, identifiers, revenue }) =>
        `  ${kind} ${people.join(' + ')} → ${becomes}, ${revenue} ${trial.currency}: ${identifiers
          .map((one) => `${one.kind} ${one.value}`)
          .join(', ')}`,
    ),
    trial.complete
      ? 'Nothing was changed.'
      : 'Time ran out before everybody was looked at. Nothing was changed.',
  ].join('\n');

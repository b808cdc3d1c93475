import type { IdentityRulesView, Site } from '@throughline/contract';
import { rulesOf } from '@throughline/identity';
import { owedStitches, oweStitch, putSite } from '@throughline/store';
import { jsonBody } from '../body.ts';
import type { ApiOptions } from '../options.ts';
import type { Call } from '../route.ts';
import { rulesRequest } from '../rules/request.ts';
import { tryRules } from '../rules/trial.ts';

/** By which rules the site's people are told apart, and whether a change of them is still being applied. */
export async function identityRules({ context, options, site }: Call): Promise<Response> {
  const owed = await owedStitches(options.store);
  const applying = owed.some((debt) => debt.site === site.site && debt.everybody);
  return context.json(viewOf(site, applying));
}

/**
 * Puts rules in place of the site's own and resolves everybody again behind the answer; what is left when the server stops
 * is done at its next start.
 */
export async function changeIdentityRules({ context, options, site }: Call): Promise<Response> {
  const identity = rulesRequest(await jsonBody(context));
  const changed: Site = { ...site, settings: { ...site.settings, identity } };
  const debt = await oweStitch(options.store, {
    site: site.site,
    visitors: [],
    identifiers: [],
    everybody: true,
  });
  await putSite(options.store, changed, { now: () => options.clock().getTime() });
  void apply(options, debt);
  return context.json(viewOf(changed, true), 202);
}

async function apply(
  { payDebt, log }: ApiOptions,
  debt: Parameters<ApiOptions['payDebt']>[0],
): Promise<void> {
  try {
    await payDebt(debt);
  } catch (error) {
    log.error('Changed rules could not be applied to everybody yet; the next start goes on.', {
      site: debt.site,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}

/** What changed rules would do, before anything changes. */
export async function tryIdentityRules({ context, options, site }: Call): Promise<Response> {
  const own = rulesRequest(await jsonBody(context));
  return context.json(await tryRules(options.store, site, own, () => performance.now()));
}

const viewOf = ({ settings }: Site, applying: boolean): IdentityRulesView => ({
  rules: rulesOf(settings),
  own: settings.identity ?? {},
  applying,
});

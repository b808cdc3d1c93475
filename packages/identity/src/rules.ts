import { DEFAULT_IDENTITY_RULES, type IdentityRules, type SiteSettings } from '@throughline/contract';

/**
 * The rules a site lives by: its own over the defaults. `kinds` merge kind by kind, so a site that changes
 * `email` keeps the other kinds; `max_customers: 0` turns a kind off. Every other setting replaces its default.
 */
export function rulesOf(settings: Pick<SiteSettings, 'identity'>): IdentityRules {
  const own = settings.identity ?? {};
  return {
    ...DEFAULT_IDENTITY_RULES,
    ...own,
    // Whoever chose a look-back meant it for every browser, unless they chose this one too.
    look_back_alone_days:
      own.look_back_alone_days ?? own.look_back_days ?? DEFAULT_IDENTITY_RULES.look_back_alone_days,
    kinds: { ...DEFAULT_IDENTITY_RULES.kinds, ...own.kinds },
  };
}

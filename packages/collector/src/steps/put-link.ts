import type { Identifier, LinkKind, Site } from '@throughline/contract';
import { type IdentifierOptions, identifier, isProof, rulesOf } from '@throughline/identity';
import type { Draft, Step, Tools } from './draft.ts';
import { flatten } from './flatten.ts';
import { type Claim, claimsOf, looksLikeEmail } from './personal.ts';
import { firstText, placesOf } from './put-commerce.ts';
import { withoutPrivate } from './put-properties.ts';
import { isEmpty, textOf } from './text.ts';

/** Events whose properties may say who it is. Elsewhere an e-mail may be a friend's. */
const TELLING =
  /^(identify|login|signup_completed|order_completed|order_refunded|checkout_.*|form_submitted)$/;
const ORDERS = new Set(['order_completed', 'order_refunded']);
const CHECKOUT_TOKEN = ['checkout_token', 'checkoutToken', 'checkout_id'];

/** Per site and version of its settings: merging the rules for every event would cost more than the rest of the step. */
const optionsBySite = new WeakMap<Site, IdentifierOptions & { proof_required: boolean }>();

function optionsOf(site: Site) {
  let options = optionsBySite.get(site);
  if (!options) {
    const { blocked_values, proof_required } = rulesOf(site.settings);
    const vietnam = site.timezone === 'Asia/Ho_Chi_Minh' || site.timezone === 'Asia/Saigon';
    options = {
      blocked_values,
      proof_required,
      plain: site.settings.plain_identifiers === true,
      ...(vietnam ? { calling_code: '84' } : {}),
    };
    optionsBySite.set(site, options);
  }
  return options;
}

/** What a claim is kept as. A user_id that is an e-mail address is kept as a hash, and is an e-mail as well. */
function identifiersOf({ kind, value }: Claim, options: IdentifierOptions): Identifier[] {
  const named = identifier(kind, value, options);
  if (!named.ok) return [];
  if (kind !== 'user_id' || !looksLikeEmail(value)) return [named.identifier];
  const email = identifier('email', value, options);
  if (!email.ok) return [];
  return [{ kind: 'user_id', value: email.identifier.value }, email.identifier];
}

function claims({ row, incoming, properties, traits }: Draft): Claim[] {
  const all: Claim[] = [];
  if (incoming.user_id !== undefined) all.push({ kind: 'user_id', value: incoming.user_id });
  if (incoming.previous_id !== undefined) all.push({ kind: 'user_id', value: incoming.previous_id });
  if (!isEmpty(traits)) all.push(...claimsOf(traits));
  // Most page views tell nothing of the kind.
  if (all.length === 0 && isEmpty(properties)) return all;
  const telling = TELLING.test(row.name);
  if (telling) all.push(...claimsOf(properties));
  if (ORDERS.has(row.name) || (telling && all.length > 0)) {
    all.push({ kind: 'order_id', value: row.order_id }, { kind: 'cart_token', value: row.cart_token });
    all.push({ kind: 'checkout_token', value: firstText(placesOf(properties), CHECKOUT_TOKEN) });
  }
  return all;
}

/** The field that was to say who it is. */
function claimed({ incoming, traits }: Draft): string {
  if (incoming.user_id !== undefined) return 'user_id';
  if (incoming.previous_id !== undefined) return 'previous_id';
  return isEmpty(traits) ? 'user_id' : 'traits';
}

/** Distinct identifiers; of a second user_id in one event only an alias makes use. */
function distinct(found: readonly Identifier[], alias: boolean): Identifier[] {
  const kept: Identifier[] = [];
  for (const one of found) {
    if (kept.some(({ kind, value }) => kind === one.kind && value === one.value)) continue;
    if (!alias && one.kind === 'user_id' && kept.some(({ kind }) => kind === 'user_id')) continue;
    kept.push(one);
  }
  return kept;
}

/** A browser says so, whatever API it speaks. */
const isClaimed = ({ row, incoming }: Draft): boolean =>
  row.source === 'tag' || row.source === 'pixel' || incoming.browser === true;

/**
 * Whether the claim counts where the site asks for proof. What a server says does. A browser's does when the site's own
 * server signed its user id; one with a wrong signature never does. Only the user id is signed, so an alias cannot be proven.
 */
function isProven(draft: Draft, proof_required: boolean, tools: Tools): boolean {
  const { incoming, arrival } = draft;
  if (!isClaimed(draft)) return true;
  const { proof, user_id, previous_id } = incoming;
  if (proof === undefined || proof === null) return !proof_required;
  const secret = tools.siteSecretOf?.(arrival.site);
  const text = typeof user_id === 'number' ? String(user_id) : user_id;
  return (
    secret !== undefined && typeof text === 'string' && previous_id == null && isProof(secret, text, proof)
  );
}

/** Of a signed claim of a browser only what is signed names somebody: what is told beside it may be anybody's. */
function signedAmong({ identifiers, incoming }: Draft, options: IdentifierOptions): Identifier[] {
  const signed = identifiersOf({ kind: 'user_id', value: incoming.user_id }, options);
  return identifiers.filter((one) =>
    signed.some(({ kind, value }) => kind === one.kind && value === one.value),
  );
}

/** The evidence in the event of who it is, if any. */
export const putLink: Step = {
  name: 'link',
  run(draft: Draft, tools: Tools) {
    const { row, incoming, arrival, traits } = draft;
    const logout = row.name === 'logout';
    const alias = row.name === 'alias' && incoming.previous_id !== undefined;
    const options = optionsOf(arrival.site);
    const all = logout ? [] : claims(draft);
    draft.identifiers =
      all.length === 0
        ? []
        : distinct(
            all.flatMap((claim) => identifiersOf(claim, options)),
            alias,
          );
    if (draft.identifiers.length === 0 && !logout) {
      // Segment lets an identify tell nothing but traits of an anonymous visitor. One that names somebody must mean it.
      const named = all.length > 0 || row.name === 'alias';
      return named && (row.name === 'identify' || row.name === 'alias')
        ? { reason: 'bad_identifier', field: claimed(draft) }
        : undefined;
    }
    const told = isEmpty(traits) ? {} : flatten(traits, undefined, draft.cuts);
    if (!told) return { reason: 'too_deep', field: 'traits' };
    withoutPrivate(told, options.plain === true);
    const proven = isProven(draft, options.proof_required, tools);
    const kind: LinkKind = logout ? 'logout' : alias ? 'alias' : 'identify';
    draft.link = {
      site: row.site,
      event_id: row.event_id,
      kind,
      visitor_id: row.visitor_id,
      session_id: row.session_id,
      session_started_at: new Date(row.session_started_at).toISOString(),
      time: new Date(row.time).toISOString(),
      seq: row.seq,
      identifiers:
        options.proof_required && proven && isClaimed(draft)
          ? signedAmong(draft, options)
          : draft.identifiers,
      traits: logout ? {} : told,
      proven,
      source: textOf(row.source, 20),
      author: '',
      reason: '',
      target: '',
    };
    return undefined;
  },
};

import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The secret by which a site's own server signs who is logged in, derived from the instance's: it is stored nowhere, so
 * a leak of the database alone does not tell it. `round` counts how often the site asked for a new one.
 */
export function siteSecret(instance_secret: string, site: string, round = 0): string {
  const digest = createHmac('sha256', instance_secret)
    .update(`identify\0${site}\0${round}`)
    .digest('base64url');
  return `tlp_${digest}`;
}

/** HMAC-SHA256 of the user id, 64 lower-case hex characters: what the shop's server puts into the page beside it. */
export function proofOf(site_secret: string, user_id: string): string {
  return createHmac('sha256', site_secret).update(user_id, 'utf8').digest('hex');
}

/** Whether `proof` is that of this user id. Takes the same time for every wrong one. */
export function isProof(site_secret: string, user_id: string, proof: unknown): boolean {
  if (typeof proof !== 'string' || !/^[0-9a-fA-F]{64}$/.test(proof)) return false;
  return timingSafeEqual(Buffer.from(proof, 'hex'), Buffer.from(proofOf(site_secret, user_id), 'hex'));
}

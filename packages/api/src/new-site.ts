import { ProblemError, type Site } from '@throughline/contract';
import { z } from 'zod';
import { keyText } from './key-text.ts';

const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

const request = z.strictObject({
  name: z.string().trim().min(1).max(100),
  hosts: z.array(z.string().trim().toLowerCase().max(253).regex(HOST)).max(50).default([]),
  timezone: z.string().refine(isTimeZone).default('UTC'),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  plain_identifiers: z.boolean().default(false),
});

const EXPECTED: Readonly<Record<string, string>> = {
  name: '`name` must be 1 to 100 characters.',
  hosts: '`hosts` must be host names such as shop.example or *.shop.example, without https:// and path.',
  timezone: '`timezone` must be an IANA zone such as Asia/Ho_Chi_Minh.',
  currency: '`currency` must be an ISO 4217 code such as VND.',
  plain_identifiers: '`plain_identifiers` must be true or false.',
};

/** A site as asked for, with a public key of its own. Throws 400 that names the field. */
export function newSite(body: unknown, random: (bytes: number) => Uint8Array): Site {
  const parsed = request.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const unknown = issue.code === 'unrecognized_keys';
    const at = unknown ? issue.keys[0]! : issue.path.map(String).join('.');
    const message = unknown
      ? 'This field is not one of name, hosts, timezone, currency, plain_identifiers.'
      : (EXPECTED[String(issue.path[0])] ?? 'The body must be an object with a `name`.');
    throw new ProblemError(400, { code: 'bad_site', message, at });
  }
  const { plain_identifiers, ...told } = parsed.data;
  return { site: keyText(random, 12), ...told, settings: plain_identifiers ? { plain_identifiers } : {} };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

import { IDENTIFIER_KINDS, type IdentityRules, LIMITS, ProblemError } from '@throughline/contract';
import { z } from 'zod';

const kind = z.strictObject({
  strength: z.enum(['strong', 'weak']),
  max_customers: z.number().int().min(0).max(10_000),
});
const rules = z.strictObject({
  kinds: z.partialRecord(z.enum(IDENTIFIER_KINDS), kind).optional(),
  blocked_values: z
    .array(z.string().trim().toLowerCase().min(1).max(LIMITS.identifier_chars_max))
    .max(1_000)
    .optional(),
  look_back_days: z.number().int().min(0).max(3_660).optional(),
  look_back_alone_days: z.number().int().min(0).max(3_660).optional(),
  visitor_customers_max: z.number().int().min(1).max(10_000).optional(),
  logout_ends_ownership: z.boolean().optional(),
  proof_required: z.boolean().optional(),
});
const request = z.strictObject({ rules });

const EXPECTED: Readonly<Record<string, string>> = {
  kinds: `\`kinds\` maps ${IDENTIFIER_KINDS.join(', ')} to {strength: "strong" or "weak", max_customers: 0 to 10,000}.`,
  blocked_values: '`blocked_values` is a list of at most 1,000 values that name nobody.',
  look_back_days: '`look_back_days` is a whole number from 0 to 3,660.',
  look_back_alone_days: '`look_back_alone_days` is a whole number from 0 to 3,660.',
  visitor_customers_max: '`visitor_customers_max` is a whole number from 1 to 10,000.',
  logout_ends_ownership: '`logout_ends_ownership` is true or false.',
  proof_required: '`proof_required` is true or false.',
};

/** The rules a site is to have of its own; what is left out keeps its default. Throws ProblemError 400 that names the field. */
export function rulesRequest(body: unknown): Partial<IdentityRules> {
  const parsed = request.safeParse(body);
  if (parsed.success) {
    const { kinds, ...rest } = parsed.data.rules;
    return { ...rest, ...(kinds === undefined ? {} : { kinds: kinds as IdentityRules['kinds'] }) };
  }
  const path = parsed.error.issues[0]!.path.map(String);
  throw new ProblemError(400, {
    code: 'bad_rules',
    message:
      EXPECTED[path[1] ?? ''] ??
      `Send {"rules": {…}} with any of ${Object.keys(EXPECTED).join(', ')}; what is left out keeps its default.`,
    at: path.join('.'),
  });
}

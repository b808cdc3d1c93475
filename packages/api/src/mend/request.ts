import { IDENTIFIER_KINDS, LIMITS, type MendRequest, ProblemError } from '@throughline/contract';
import { z } from 'zod';

const id = z.string().min(1).max(LIMITS.id_chars_max);
const WHAT = ['cut', 'join', 'forget', 'disown', 'undo'] as const;

const schema = z
  .strictObject({
    cut: z.strictObject({ event_id: id, all: z.boolean().optional() }).optional(),
    join: z.strictObject({ people: z.tuple([id, id]) }).optional(),
    forget: z
      .strictObject({
        person: id,
        kind: z.enum(IDENTIFIER_KINDS),
        value: z.string().min(1).max(LIMITS.identifier_chars_max),
      })
      .optional(),
    disown: z.strictObject({ visitor_id: id, session_id: id }).optional(),
    undo: z.strictObject({ mend: id }).optional(),
    reason: z.string().trim().min(1).max(500),
    author: z.string().trim().min(1).max(100).optional(),
  })
  .refine((request) => WHAT.filter((what) => request[what] !== undefined).length === 1);

/** Throws ProblemError 400 that names the field. */
export function mendRequest(body: unknown): MendRequest {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]!.path.map(String).join('.');
  throw new ProblemError(400, {
    code: 'bad_mend',
    message:
      at === 'reason'
        ? '`reason` must say in 1 to 500 characters why; it stays with the change.'
        : 'Send exactly one of cut {event_id, all?}, join {people: [id, id]}, forget {person, kind, value}, disown {visitor_id, session_id} and undo {mend}, with a reason.',
    at,
  });
}

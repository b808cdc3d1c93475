import { type Customer, IDENTIFIER_KINDS, type Identifier, ProblemError } from '@throughline/contract';
import { identifier } from '@throughline/identity';
import { assignmentsOf, customersByIdentifier, findCustomer } from '@throughline/store';
import { z } from 'zod';
import { jsonBody } from '../body.ts';
import { knowsVisitor } from '../erase-person.ts';
import { erasePerson } from '../erasure.ts';
import type { ApiOptions } from '../options.ts';
import type { Call } from '../route.ts';

const request = z.union([
  z.strictObject({ person: z.string().min(1).max(128) }),
  z.strictObject({
    identifier: z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), value: z.string().min(1).max(256) }),
  }),
]);

/**
 * Deletes a person and everything recorded of them, for good: by person id, by visitor id of a stranger, or by an
 * identifier (an e-mail may be given as it is). Answers with how many events went.
 */
export async function erase({ context, options, site }: Call): Promise<Response> {
  const parsed = request.safeParse(await jsonBody(context));
  if (!parsed.success)
    throw new ProblemError(400, {
      code: 'bad_person',
      message: 'Send {"person": "<id>"} or {"identifier": {"kind": "email", "value": "…"}}.',
      at: '',
    });
  // What is still in the spool would come back after the deletion.
  await options.settled();
  const wanted = parsed.data;
  const found =
    'person' in wanted
      ? await customerOrVisitor(options, site.site, wanted.person)
      : await byIdentifier(options, site.site, wanted.identifier);
  const { events, visitors } = await erasePerson(options, site.site, found);
  return context.json({ events, visitors: visitors.length });
}

async function customerOrVisitor(
  { store }: ApiOptions,
  site: string,
  id: string,
): Promise<Customer | string> {
  if (id.startsWith('p_')) {
    const customer = await findCustomer(store, site, id);
    if (customer === undefined) throw nobody();
    return customer;
  }
  const [assignment] = await assignmentsOf(store, site, [id]);
  if (assignment?.spans.some(({ person_id }) => person_id !== ''))
    throw new ProblemError(409, {
      code: 'visitor_is_known',
      message: 'This visitor belongs to a customer; erase the customer instead.',
      at: 'person',
    });
  if (!(await knowsVisitor(store, site, id))) throw nobody();
  return id;
}

async function byIdentifier({ store }: ApiOptions, site: string, given: Identifier): Promise<Customer> {
  const values = new Set([given.value]);
  for (const plain of [true, false]) {
    const read = identifier(given.kind, given.value, { plain });
    if (read.ok) values.add(read.identifier.value);
  }
  const customers = await customersByIdentifier(
    store,
    site,
    [...values].map((value) => ({ kind: given.kind, value })),
  );
  if (customers.length > 1)
    throw new ProblemError(409, {
      code: 'several_people',
      message: `${customers.length} people carry this identifier; erase each by its person id.`,
      at: 'identifier',
    });
  if (customers[0] === undefined) throw nobody();
  return customers[0];
}

const nobody = () =>
  new ProblemError(404, {
    code: 'unknown_person',
    message: 'Nobody here is known by that; nothing was erased.',
    at: '',
  });

import type { Access } from '../access.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { requestSchemas } from './requests.ts';
import { note, ref, type Schema } from './schema.ts';
import { viewSchemas } from './views.ts';

const SECURITY: Readonly<Record<Access, readonly object[]>> = {
  public: [],
  signed_in: [{ session: [] }, { admin_token: [] }],
  site: [{ secret_key: [] }, { session: [] }, { admin_token: [] }],
  admin: [{ admin_token: [] }],
};

const json = (schema: Schema, type = 'application/json') => ({ content: { [type]: { schema } } });

function parameters({ path, query = {} }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: name === 'site' ? 'Public key of the site.' : 'Id.',
  }));
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
    description,
  }));
  return [...inPath, ...inQuery];
}

const described = (operation: Operation) => ({
  summary: operation.summary,
  operationId: `${operation.method}_${operation.path.replace(/\W+/g, '_').replace(/^_|_$/g, '')}`,
  security: SECURITY[operation.access],
  parameters: parameters(operation),
  ...(operation.body === undefined ? {} : { requestBody: { required: true, ...json(ref(operation.body)) } }),
  responses: {
    [operation.status ?? 200]: {
      description: operation.summary,
      ...json(ref(operation.answer), operation.type),
    },
    default: { description: 'Why not, and what to do', ...json(ref('Problem')) },
  },
});

function paths(): Record<string, Record<string, object>> {
  const found: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS)
    found[operation.path] = { ...found[operation.path], [operation.method]: described(operation) };
  return found;
}

/** OpenAPI 3.1 of the query API. */
export const openapiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Throughline query API',
    version: '0.1.0',
    description:
      'Reports of a shop’s journeys. Dates are in the site’s time zone; `from` is inclusive, `to` exclusive. Every count of a report equals the `total` of `people` for it.',
  },
  paths: paths(),
  components: {
    securitySchemes: {
      secret_key: { type: 'http', scheme: 'bearer', description: 'A secret key of that very site.' },
      admin_token: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN.' },
      session: { type: 'apiKey', in: 'cookie', name: 'tl_session' },
    },
    schemas: {
      ...requestSchemas,
      ...viewSchemas,
      ExportedEvent: note(
        { type: 'object' },
        'A row of the events table; the columns are described in the schema files.',
      ),
    },
  },
};

import { openapiDocument } from '../openapi/document.ts';
import type { Call } from '../route.ts';

/** The description of this API. */
export const openapi = ({ context }: Call): Response => context.json(openapiDocument);

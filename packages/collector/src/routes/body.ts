import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { LIMITS } from '@throughline/contract';
import type { Context } from 'hono';
import { type Fields, fieldsOf } from '../steps/text.ts';
import { refusal } from './failure.ts';
import { headerOf } from './request.ts';

const inflaters = { gzip: promisify(gunzip), deflate: promisify(inflate) };

const tooLarge = () =>
  refusal(
    413,
    'too_large',
    `The body is larger than ${LIMITS.body_bytes_max} bytes; send fewer events in one request.`,
  );

/** The body as one JSON object, at most LIMITS.body_bytes_max bytes after inflation. Throws Failure. */
export async function readJson(context: Context): Promise<Fields> {
  const text = await readText(context);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refusal(400, 'malformed', 'The body is not JSON.');
  }
  const fields = fieldsOf(parsed);
  if (!fields) throw refusal(400, 'malformed', 'The body is JSON, but not an object.');
  return fields;
}

async function readText(context: Context): Promise<string> {
  const length = headerOf(context, 'content-length');
  if (length !== undefined && Number(length) > LIMITS.body_bytes_max) throw tooLarge();
  const encoding = headerOf(context, 'content-encoding')?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') {
    // Node holds a sender to its content-length, so this reads no more than was allowed.
    return length === undefined ? (await readBytes(context)).toString('utf8') : context.req.text();
  }
  if (encoding !== 'gzip' && encoding !== 'deflate')
    throw refusal(415, 'malformed', 'The content-encoding is not one of gzip, deflate, identity.');
  try {
    const bytes = await inflaters[encoding](await readBytes(context), {
      maxOutputLength: LIMITS.body_bytes_max,
    });
    return bytes.toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    if (error instanceof Error && error.name === 'Failure') throw error;
    throw refusal(400, 'malformed', `The body is not ${encoding}.`);
  }
}

/** Reads a body of unknown length and stops at the limit. */
async function readBytes(context: Context): Promise<Buffer> {
  const { body } = context.req.raw;
  if (!body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > LIMITS.body_bytes_max) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

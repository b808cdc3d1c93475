import { LIMITS } from '@throughline/contract';
import { type Fields, fieldsOf } from '../steps/text.ts';
import { ADVICE } from './advice.ts';
import type { Call } from './call.ts';
import { refusal } from './failure.ts';
import { ENCODINGS, type Encoding, inflated } from './inflate.ts';

const tooLarge = () => refusal(413, 'too_large', ADVICE.too_large);

/** The body as one JSON object, at most LIMITS.body_bytes_max bytes after inflation; `read` may make one of a shorter way to write it. Throws Failure. */
export async function readJson(call: Call, read?: (body: unknown) => unknown): Promise<Fields> {
  return parseJson(await readBytes(call), read);
}

/** These bytes as one JSON object. Throws Failure. */
export function parseJson(bytes: Buffer, read = (body: unknown): unknown => body): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(withoutMark(bytes.toString('utf8')));
  } catch (error) {
    const message = `The body is not JSON${placeIn(error)}; send one JSON object.`;
    throw refusal(400, 'malformed', message);
  }
  const fields = fieldsOf(read(parsed));
  if (!fields) throw refusal(400, 'malformed', 'The body is JSON, but not an object; send one object.');
  return fields;
}

/** Where JSON.parse stopped, when it says so. Its own sentence may quote the body, which is nobody's to repeat. */
function placeIn(error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  if (said === 'Unexpected end of JSON input') return ': it ends too early';
  const position = /in JSON at position (\d{1,9})(?: \(line \d+ column \d+\))?$/.exec(said)?.[1];
  return position === undefined ? '' : ` at position ${position}`;
}

/** Some Windows programs put a byte order mark in front. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** The body's bytes, at most LIMITS.body_bytes_max after inflation. Throws Failure. */
export async function readBytes(call: Call): Promise<Buffer> {
  const length = call.header('content-length');
  if (length !== undefined && Number(length) > LIMITS.body_bytes_max) throw tooLarge();
  const encoding = call.header('content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity' && !ENCODINGS.includes(encoding))
    throw refusal(415, 'malformed', 'The content-encoding is unknown here; use gzip, deflate, br, or none.');
  const sent = await call.body(LIMITS.body_bytes_max);
  if (!sent) throw tooLarge();
  if (encoding === 'identity') return sent;
  const bytes = await inflated(sent, encoding as Encoding);
  call.hold(bytes.length);
  return bytes;
}

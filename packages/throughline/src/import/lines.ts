import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PlainError } from '../plain-error.ts';

/** A line longer than this is refused, not read into memory. */
export const LINE_CHARS_MAX = 1024 * 1024;

export interface Line {
  /** From 1, as an editor counts. */
  number: number;
  /** Undefined when the line is longer than `LINE_CHARS_MAX`. */
  text: string | undefined;
}

/** The lines of a file, plain or gzip (told by its content, not its name). Throws `PlainError` when it cannot be read. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let number = 0;
  let rest = '';
  let skipping = false;
  try {
    const stream = await openText(file);
    for await (const chunk of stream) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop()!;
      for (const part of parts) {
        number += 1;
        yield {
          number,
          text: skipping || part.length > LINE_CHARS_MAX ? undefined : part.replace(/\r$/, ''),
        };
        skipping = false;
      }
      if (rest.length > LINE_CHARS_MAX) {
        skipping = true;
        rest = '';
      }
    }
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
  if (rest !== '' || skipping) yield { number: number + 1, text: skipping ? undefined : rest };
}

async function openText(file: string): Promise<Readable> {
  const handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  const bytes = createReadStream(file);
  const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (!isGzip) return bytes.setEncoding('utf8');
  const unzipped = createGunzip();
  bytes.on('error', (error) => unzipped.destroy(error));
  return bytes.pipe(unzipped).setEncoding('utf8');
}

function unreadable(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new PlainError(`There is no file ${file}.`);
  if (error.code === 'EISDIR') return new PlainError(`${file} is a folder; name a file.`);
  if (error.code === 'EACCES') return new PlainError(`${file} may not be read by this user.`);
  if (error.code?.startsWith('Z_'))
    return new PlainError(`${file} is damaged or cut off gzip; what came before the damage is imported.`);
  return error;
}

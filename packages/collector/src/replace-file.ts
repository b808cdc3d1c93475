import { open, rename } from 'node:fs/promises';

/** Puts a text in place of a file's whole content, for its owner alone: a reader, or a crash, meets the old one or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

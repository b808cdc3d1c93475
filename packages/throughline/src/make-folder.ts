import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { PlainError } from './plain-error.ts';

/**
 * Makes a folder and those above it, for its owner alone; one that is there stays as it is. Throws `PlainError` when
 * that cannot be; `mend` says what to do then.
 */
export async function makeFolder(folder: string, mend = 'set DATA_DIR to another one'): Promise<void> {
  try {
    await make(folder);
  } catch (error) {
    throw new PlainError(`The data folder ${folder} cannot be made: ${why(error)}; ${mend}.`, {
      cause: error,
    });
  }
}

/** Makes a folder to write into, and proves that it can be written. Throws `PlainError` like `makeFolder`. */
export async function makeWritable(folder: string, mend = 'set DATA_DIR to another one'): Promise<void> {
  await makeFolder(folder, mend);
  try {
    await rmdir(await mkdtemp(path.join(folder, '.probe-')));
  } catch (error) {
    throw new PlainError(`The data folder ${folder} cannot be written: ${why(error)}; ${mend}.`, {
      cause: error,
    });
  }
}

/** Folder by folder: below /proc, where making one answers ENOENT, mkdir's own `recursive` never returns. */
async function make(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) await make(above);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await isFolder(folder))) return;
    throw error;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/** What the system said, in words and with the place where it went wrong. */
export function why(error: unknown): string {
  const { code = 'unknown error', path: place = 'it' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `${place} is not a folder`;
    case 'EACCES':
    case 'EPERM':
      return `this user may not write ${place}`;
    case 'EROFS':
      return `${place} is on a file system that is read-only`;
    case 'ENOSPC':
      return 'the disk is full';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'ENOENT':
      return `the system lets nobody make ${place}`;
    default:
      return `${place} (${code})`;
  }
}

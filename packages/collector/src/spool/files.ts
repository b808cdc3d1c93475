import { constants, fdatasync, write } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';

/** What the spool needs of a disk, so that tests can hand it one that fails. Errors are Node's, with their `code`. */
export interface SpoolFiles {
  /** Makes a new file; fails when it exists. */
  create(file: string): Promise<SpoolFile>;
  read(file: string): Promise<Buffer>;
  /** Bytes of a file. */
  size(file: string): Promise<number>;
  /** Writes a whole new file and syncs it. */
  put(file: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Makes created and renamed names durable. */
  syncFolder(folder: string): Promise<void>;
  freeBytes(folder: string): Promise<number>;
}

export interface SpoolFile {
  /** May write less than it was given, without an error: that is how a full disk begins. */
  write(bytes: Uint8Array, offset: number, position: number): Promise<number>;
  /** Resolves when everything that was written is durable. */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

async function synced(file: string, flags: string, use: (handle: fs.FileHandle) => Promise<void>) {
  const handle = await fs.open(file, flags);
  try {
    await use(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const { O_WRONLY, O_CREAT, O_EXCL, O_DSYNC } = constants;
/**
 * On Linux a file opened with O_DSYNC makes each write durable as fdatasync would (open(2)), for one way to the
 * thread pool and back instead of two. Elsewhere Node's fdatasync knows more: on macOS it also empties the disk's cache.
 */
const WRITES_ARE_SYNCED = process.platform === 'linux' && O_DSYNC !== undefined;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | (WRITES_ARE_SYNCED ? O_DSYNC : 0);

/** Without FileHandle's own methods, whose bookkeeping is a good part of a commit. */
const writeTo = (fd: number, bytes: Uint8Array, offset: number, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    write(fd, bytes, offset, bytes.length - offset, position, (error, written) =>
      error ? reject(error) : resolve(written),
    );
  });
const datasync = (fd: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fdatasync(fd, (error) => (error ? reject(error) : resolve()));
  });

export const nodeFiles: SpoolFiles = {
  async create(file) {
    const handle = await fs.open(file, NEW_FILE, 0o600);
    return {
      write: (bytes, offset, position) => writeTo(handle.fd, bytes, offset, position),
      sync: () => (WRITES_ARE_SYNCED ? Promise.resolve() : datasync(handle.fd)),
      truncate: (bytes) => handle.truncate(bytes),
      close: () => handle.close(),
    };
  },
  read: (file) => fs.readFile(file),
  size: async (file) => (await fs.stat(file)).size,
  async put(file, bytes) {
    const half = `${file}.half`;
    await synced(half, 'w', async (handle) => {
      await handle.writeFile(bytes);
    });
    await fs.rename(half, file);
    await nodeFiles.syncFolder(path.dirname(file));
  },
  rename: (from, to) => fs.rename(from, to),
  remove: (file) => fs.rm(file, { force: true }),
  list: (folder) => fs.readdir(folder),
  syncFolder: (folder) => synced(folder, 'r', async () => {}),
  async freeBytes(folder) {
    const { bavail, bsize } = await fs.statfs(folder);
    return bavail * bsize;
  },
};

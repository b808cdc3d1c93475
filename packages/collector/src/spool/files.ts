import * as fs from 'node:fs/promises';
import path from 'node:path';

/** What the spool needs of a disk, so that tests can hand it one that fails. Errors are Node's, with their `code`. */
export interface SpoolFiles {
  /** Makes a new file; fails when it exists. */
  create(file: string): Promise<SpoolFile>;
  read(file: string): Promise<Buffer>;
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

export const nodeFiles: SpoolFiles = {
  async create(file) {
    const handle = await fs.open(file, 'wx', 0o600);
    return {
      write: async (bytes, offset, position) =>
        (await handle.write(bytes, offset, bytes.length - offset, position)).bytesWritten,
      sync: () => handle.datasync(),
      truncate: (bytes) => handle.truncate(bytes),
      close: () => handle.close(),
    };
  },
  read: (file) => fs.readFile(file),
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

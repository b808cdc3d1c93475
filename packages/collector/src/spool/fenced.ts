import type { SpoolFile, SpoolFiles } from './files.ts';
import type { Lock } from './lock.ts';

/** A disk that changes and confirms nothing while somebody else may have taken the folder over. */
export function fenced(files: SpoolFiles, lock: Pick<Lock, 'isSure'>): SpoolFiles {
  const check = () => {
    if (!lock.isSure)
      throw Object.assign(new Error('Another process may have taken the spool over.'), { code: 'ELOCK' });
  };
  const guarded = (file: SpoolFile): SpoolFile => ({
    async write(bytes, offset, position) {
      check();
      return file.write(bytes, offset, position);
    },
    async sync() {
      await file.sync();
      // After it: what is confirmed was on the disk before anybody else may have looked.
      check();
    },
    async truncate(bytes) {
      check();
      await file.truncate(bytes);
    },
    close: () => file.close(),
  });
  return {
    async create(file) {
      check();
      return guarded(await files.create(file));
    },
    async put(file, bytes) {
      check();
      await files.put(file, bytes);
    },
    async rename(from, to) {
      check();
      await files.rename(from, to);
    },
    async remove(file) {
      check();
      await files.remove(file);
    },
    read: (file) => files.read(file),
    size: (file) => files.size(file),
    list: (folder) => files.list(folder),
    syncFolder: (folder) => files.syncFolder(folder),
    freeBytes: (folder) => files.freeBytes(folder),
  };
}

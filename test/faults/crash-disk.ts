import path from 'node:path';
import type { CollectorOptions } from '@throughline/collector';
import type { Chance } from './chance.ts';

export type SpoolFiles = NonNullable<CollectorOptions['files']>;
type SpoolFile = Awaited<ReturnType<SpoolFiles['create']>>;
export type Operation = 'create' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncFolder' | 'put';

/** Small, so that one record spans several of them. */
const PAGE_BYTES = 512;

/** What a file is called; '' once it has no name. */
interface Name {
  name: string;
  /** The file that took the name by a rename, at this state of its own names. */
  taken?: { by: Inode; at: number };
}

interface Inode {
  /** What a read sees. */
  bytes: Buffer;
  /** What the disk holds for certain. */
  durable: Buffer;
  /** Pages whose write-back failed: no later sync writes them, as on Linux. */
  dropped: Set<number>;
  /** Since the folder was synced last; the first one is certain. */
  names: Name[];
}

/**
 * One folder on a disk whose power can go. Until a sync returns, each page of a file may be kept, lost or torn at any
 * byte, and its length may be the old one, the new one or between; until the folder is synced, each file's creation,
 * renames and removal may be kept or lost, each file for itself. A rename is atomic.
 */
export class CrashDisk implements SpoolFiles {
  readonly #chance: Chance;
  #inodes: Inode[];
  #cut = false;
  #operations = 0;
  /** The power goes at this operation. */
  cut_at = Number.POSITIVE_INFINITY;
  /** Resolves when the power goes. */
  readonly gone: Promise<void>;
  #goes: () => void = () => {};
  /** Asked before each operation; what it returns is thrown. */
  fail: (operation: Operation, file: string) => Error | undefined = () => undefined;
  /** The most one write takes without an error. */
  write_bytes_max = Number.POSITIVE_INFINITY;
  free_bytes = 1e12;

  constructor(chance: Chance, inodes: Inode[] = []) {
    this.#chance = chance;
    this.#inodes = inodes;
    this.gone = new Promise((resolve) => {
      this.#goes = resolve;
    });
  }

  /** Whether the power is gone. */
  get dead(): boolean {
    return this.#cut;
  }

  get operations(): number {
    return this.#operations;
  }

  async create(file: string): Promise<SpoolFile> {
    await this.#step('create', file);
    const name = path.basename(file);
    if (this.#named(name)) throw fault('EEXIST');
    return this.#handle(this.#make(name), file);
  }

  async read(file: string): Promise<Buffer> {
    await this.#turn();
    return Buffer.from(this.#find(file).bytes);
  }

  async size(file: string): Promise<number> {
    return (await this.read(file)).length;
  }

  async put(file: string, bytes: Uint8Array): Promise<void> {
    await this.#step('put', file);
    const half = `${file}.half`;
    const handle = this.#handle(this.#named(path.basename(half)) ?? this.#make(path.basename(half)), half);
    await handle.truncate(0);
    let written = 0;
    while (written < bytes.length) written += await handle.write(bytes, written, written);
    await handle.sync();
    await this.rename(half, file);
    await this.syncFolder();
  }

  async rename(from: string, to: string): Promise<void> {
    const inode = this.#find(from);
    await this.#step('rename', from);
    const name = path.basename(to);
    const taken = { by: inode, at: inode.names.length };
    this.#named(name)?.names.push({ name: '', taken });
    inode.names.push({ name });
  }

  async remove(file: string): Promise<void> {
    await this.#step('remove', file);
    this.#named(path.basename(file))?.names.push({ name: '' });
  }

  async list(): Promise<string[]> {
    await this.#turn();
    return this.#inodes.map((inode) => nameOf(inode)).filter((name) => name !== '');
  }

  async syncFolder(): Promise<void> {
    await this.#step('syncFolder', '');
    for (const inode of this.#inodes) inode.names = [{ name: nameOf(inode) }];
    this.#inodes = this.#inodes.filter((inode) => nameOf(inode) !== '');
  }

  async freeBytes(): Promise<number> {
    await this.#turn();
    return this.free_bytes;
  }

  /** The power goes now. */
  cut(): void {
    this.#cut = true;
    this.#goes();
  }

  /** The disk as the next process finds it. */
  afterwards(chance: Chance): CrashDisk {
    this.cut();
    const chosen = new Map(this.#inodes.map((inode) => [inode, chance.between(0, inode.names.length - 1)]));
    const left = this.#inodes.flatMap((inode): Inode[] => {
      const name = survivingName(inode, chosen);
      if (name === '') return [];
      const bytes = survivingBytes(inode, chance);
      return [{ bytes, durable: bytes, dropped: new Set(), names: [{ name }] }];
    });
    return new CrashDisk(chance, left);
  }

  /** The same disk after the process alone was killed: nothing is lost. */
  copy(chance: Chance): CrashDisk {
    const left = this.#inodes.map((inode) => {
      const bytes = Buffer.from(inode.bytes);
      return { bytes, durable: bytes, dropped: new Set<number>(), names: [{ name: nameOf(inode) }] };
    });
    return new CrashDisk(
      chance,
      left.filter((inode) => nameOf(inode) !== ''),
    );
  }

  /** Names and bytes as a read sees them. */
  contents(): Map<string, Buffer> {
    const named = this.#inodes.filter((inode) => nameOf(inode) !== '');
    return new Map(named.map((inode) => [nameOf(inode), inode.bytes]));
  }

  /** Puts a whole file there, durable. */
  place(name: string, bytes: Buffer): void {
    this.#named(name)?.names.push({ name: '' });
    this.#inodes = this.#inodes.filter((inode) => nameOf(inode) !== '');
    this.#inodes.push({ bytes, durable: bytes, dropped: new Set(), names: [{ name }] });
  }

  #handle(inode: Inode, file: string): SpoolFile {
    return {
      write: async (bytes, offset, position) => {
        const room = Math.min(bytes.length, offset + this.write_bytes_max);
        const part = bytes.subarray(offset, room);
        const apply = () => {
          const grown = Buffer.alloc(Math.max(inode.bytes.length, position + part.length));
          inode.bytes.copy(grown);
          grown.set(part, position);
          inode.bytes = grown;
          for (const page of pagesOf(position, position + part.length)) inode.dropped.delete(page);
        };
        await this.#step('write', file, apply);
        return part.length;
      },
      sync: async () => {
        try {
          await this.#step('sync', file);
        } catch (error) {
          // What could not be written back is marked clean all the same: a second sync says yes and keeps nothing.
          for (const page of pagesOf(0, inode.bytes.length))
            if (isDirty(inode, page)) inode.dropped.add(page);
          throw error;
        }
        inode.durable = synced(inode);
      },
      truncate: async (bytes) => {
        await this.#step('truncate', file, () => {
          inode.bytes = Buffer.from(inode.bytes.subarray(0, bytes));
        });
      },
      close: async () => this.#turn(),
    };
  }

  #make(name: string): Inode {
    const inode: Inode = {
      bytes: Buffer.alloc(0),
      durable: Buffer.alloc(0),
      dropped: new Set(),
      names: [{ name: '' }, { name }],
    };
    this.#inodes.push(inode);
    return inode;
  }

  #named(name: string): Inode | undefined {
    return this.#inodes.find((inode) => nameOf(inode) === name);
  }

  #find(file: string): Inode {
    const inode = this.#named(path.basename(file));
    if (!inode) throw fault('ENOENT');
    return inode;
  }

  /** One operation that changes something: it takes a while, may fail, and the power may go before or after `apply`. */
  async #step(operation: Operation, file: string, apply: () => void = () => {}): Promise<void> {
    await this.#turn();
    const error = this.fail(operation, path.basename(file));
    if (error) throw error;
    this.#operations += 1;
    if (this.#operations >= this.cut_at) {
      if (this.#chance.happens(0.5)) apply();
      this.cut();
      throw fault('EIO');
    }
    apply();
  }

  async #turn(): Promise<void> {
    if (this.#cut) throw fault('EIO');
    if (this.#chance.happens(0.3)) await new Promise((resolve) => setImmediate(resolve));
    if (this.#cut) throw fault('EIO');
  }
}

export const fault = (code: string): Error => Object.assign(new Error(`${code}, as told`), { code });

const nameOf = (inode: Inode): string => inode.names.at(-1)!.name;

function* pagesOf(start: number, end: number): Generator<number> {
  for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES < end; page += 1) yield page;
}

const pageIn = (bytes: Buffer, page: number) => bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
const isDirty = ({ bytes, durable }: Inode, page: number) =>
  !pageIn(bytes, page).equals(pageIn(durable, page));

/** What a sync makes certain: all but the pages that were dropped. */
function synced({ bytes, durable, dropped }: Inode): Buffer {
  if (dropped.size === 0) return bytes;
  const kept = Buffer.from(bytes);
  for (const page of dropped) {
    // The file was cut shorter since.
    if (page * PAGE_BYTES >= kept.length) continue;
    pageIn(kept, page).fill(0);
    kept.set(pageIn(durable, page).subarray(0, pageIn(kept, page).length), page * PAGE_BYTES);
  }
  return kept;
}

function survivingBytes(inode: Inode, chance: Chance): Buffer {
  const { bytes, durable, dropped } = inode;
  if (bytes.equals(durable) || chance.happens(0.1)) return durable;
  if (chance.happens(0.1)) return synced(inode);
  const [low, high] = [bytes.length, durable.length].sort((a, b) => a - b) as [number, number];
  const left = Buffer.alloc(chance.pick([low, high, chance.between(low, high)]));
  // Where nothing was written yet, the disk may show what stood there before.
  if (chance.happens(0.2)) left.fill(chance.between(1, 255));
  durable.copy(left);
  for (const page of pagesOf(0, left.length)) {
    if (dropped.has(page) || !isDirty(inode, page) || chance.happens(0.5)) continue;
    const written = pageIn(bytes, page);
    const torn_at = chance.happens(0.2) ? chance.between(0, written.length) : written.length;
    written.copy(left, page * PAGE_BYTES, 0, torn_at);
  }
  return left;
}

/** The name that is left; who lost it to a rename keeps it when that rename was lost. */
function survivingName(inode: Inode, chosen: ReadonlyMap<Inode, number>): string {
  let at = chosen.get(inode)!;
  for (const [place, { taken }] of inode.names.entries()) {
    if (!taken) continue;
    const renamed = (chosen.get(taken.by) ?? Number.POSITIVE_INFINITY) >= taken.at;
    if (renamed && at < place) at = place;
    if (!renamed && at >= place) at = place - 1;
  }
  return inode.names[at]!.name;
}

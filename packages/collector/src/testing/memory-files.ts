import type { SpoolFile, SpoolFiles } from '../spool/files.ts';

interface Content {
  bytes: Buffer;
  /** What a power cut would leave. */
  durable: Buffer;
}

type Operation = 'create' | 'write' | 'sync' | 'truncate' | 'rename' | 'freeBytes';

/** A disk in memory that tells what is durable and fails when it is told to. */
export class MemoryFiles implements SpoolFiles {
  readonly files = new Map<string, Content>();
  /** Asked before each operation; what it returns is thrown. */
  fail: (operation: Operation, file: string) => Error | undefined = () => undefined;
  /** The most one write takes. */
  write_bytes_max = Number.POSITIVE_INFINITY;
  free_bytes = 1e12;
  /** Syncs that were begun wait for this. */
  syncGate: Promise<void> = Promise.resolve();
  syncs = 0;
  readonly log: string[] = [];

  #check(operation: Operation, file: string): void {
    const error = this.fail(operation, file);
    if (error) throw error;
  }

  async create(file: string): Promise<SpoolFile> {
    this.#check('create', file);
    if (this.files.has(file)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    const content: Content = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) };
    this.files.set(file, content);
    return {
      write: async (bytes, offset, position) => {
        this.#check('write', file);
        const part = bytes.subarray(offset, Math.min(bytes.length, offset + this.write_bytes_max));
        const before = content.bytes.subarray(0, position);
        content.bytes = Buffer.concat([before, part, content.bytes.subarray(position + part.length)]);
        return part.length;
      },
      sync: async () => {
        await this.syncGate;
        this.#check('sync', file);
        this.syncs += 1;
        content.durable = content.bytes;
      },
      truncate: async (bytes) => {
        this.#check('truncate', file);
        content.bytes = content.bytes.subarray(0, bytes);
      },
      close: async () => {},
    };
  }

  async read(file: string): Promise<Buffer> {
    const content = this.files.get(file);
    if (!content) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return content.bytes;
  }

  async size(file: string): Promise<number> {
    return (await this.read(file)).length;
  }

  async put(file: string, bytes: Uint8Array): Promise<void> {
    this.files.set(file, { bytes: Buffer.from(bytes), durable: Buffer.from(bytes) });
  }

  async rename(from: string, to: string): Promise<void> {
    this.#check('rename', from);
    this.files.set(to, this.files.get(from)!);
    this.files.delete(from);
  }

  async remove(file: string): Promise<void> {
    this.files.delete(file);
  }

  async list(folder: string): Promise<string[]> {
    return [...this.files.keys()]
      .filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(folder.length + 1));
  }

  async syncFolder(): Promise<void> {}

  async freeBytes(folder: string): Promise<number> {
    this.#check('freeBytes', folder);
    return this.free_bytes;
  }

  /** What is left after a power cut: names stay, unsynced bytes do not. */
  powerCut(): void {
    for (const content of this.files.values()) content.bytes = content.durable;
  }

  /** The bytes of the only file that ends so. */
  only(ending: string): Buffer {
    const found = [...this.files].filter(([file]) => file.endsWith(ending));
    if (found.length !== 1) throw new Error(`${found.length} files end in ${ending}`);
    return found[0]![1].bytes;
  }
}

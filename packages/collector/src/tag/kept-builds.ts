import { lstat, mkdir, open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { faultOf, type Log } from '../log.ts';
import { TagScript } from './script.ts';

/** Two an upgrade. What is beyond is removed at the start, the longest unused first. */
export const BUILDS_MAX = 100;
export const BUILD_BYTES_MAX = 64 * 1024;
/** How often the folder is looked into for a build that is not known. */
const LOOK_MS = 1_000;
const NAME = /^t\.([0-9a-f]{12})\.js$/;

export interface KeptBuildsOptions {
  /** `<data_dir>/tags`; made when it is not there. */
  folder: string;
  /** The builds of this version. */
  current: readonly TagScript[];
  now: () => number;
  log: Log;
}

/**
 * Every build of the tag that was served from here, by hash: pages that pin one by Subresource Integrity name it in their
 * mark-up, and record nothing when it is gone after an upgrade. Each is a file `t.<hash>.js` of its content, written whole and
 * never changed, so that the folder may be copied to another collector or shared by several, at any time. Not kept in
 * ClickHouse: what shops' pages run must neither wait for the store nor come from whoever may write to it.
 */
export class KeptBuilds {
  readonly #options: KeptBuildsOptions;
  #builds: ReadonlyMap<string, TagScript>;
  readonly #told = new Set<string>();
  #looked_ms = Number.NEGATIVE_INFINITY;
  #look: Promise<void> = Promise.resolve();

  private constructor(options: KeptBuildsOptions) {
    this.#options = options;
    this.#builds = new Map(options.current.map((script) => [script.hash, script]));
  }

  /** Keeps the current builds, and knows the kept ones. A folder that cannot be used is told in the log and stops nothing. */
  static async open(options: KeptBuildsOptions): Promise<KeptBuilds> {
    const kept = new KeptBuilds(options);
    const { folder, current, now, log } = options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const script of current) await keep(folder, script, new Date(now()));
      for (const { file } of (await newestFirst(folder)).slice(BUILDS_MAX)) await rm(file, { force: true });
    } catch (error) {
      log.warn(
        'The builds of the tag cannot be kept; pages that pin one by its hash will get 404 after the next upgrade. Make the folder writable.',
        { folder, ...faultOf(error) },
      );
    }
    await kept.#lookAgain();
    return kept;
  }

  /** The build of this hash; one that was put into the folder a second ago is found. */
  async find(hash: string): Promise<TagScript | undefined> {
    if (!this.#builds.has(hash) && Math.abs(this.#options.now() - this.#looked_ms) >= LOOK_MS)
      this.#look = this.#lookAgain();
    if (!this.#builds.has(hash)) await this.#look;
    return this.#builds.get(hash);
  }

  async #lookAgain(): Promise<void> {
    const { folder, current, now } = this.#options;
    this.#looked_ms = now();
    const builds = new Map(current.map((script) => [script.hash, script]));
    try {
      for (const { file, hash, bytes } of (await newestFirst(folder)).slice(0, BUILDS_MAX)) {
        const script = this.#builds.get(hash) ?? (await this.#read(file, hash, bytes));
        if (script) builds.set(hash, script);
      }
      this.#builds = builds;
    } catch (error) {
      this.#tell(folder, 'The folder of kept builds of the tag cannot be read.', error);
    }
  }

  /** Undefined, and told once, when the file is not the build that its name says. */
  async #read(file: string, hash: string, bytes: number): Promise<TagScript | undefined> {
    try {
      const script = bytes > BUILD_BYTES_MAX ? undefined : new TagScript(await readFile(file));
      if (script?.hash === hash) return script;
      this.#tell(
        file,
        'A kept build of the tag is not what its name says, and is not served; remove the file.',
      );
    } catch (error) {
      this.#tell(file, 'A kept build of the tag cannot be read, and is not served.', error);
    }
    return undefined;
  }

  #tell(place: string, message: string, error?: unknown): void {
    if (this.#told.has(place)) return;
    this.#told.add(place);
    this.#options.log.warn(message, { place, ...(error === undefined ? {} : faultOf(error)) });
  }
}

interface Found {
  file: string;
  hash: string;
  bytes: number;
  used_ms: number;
}

/** Files with the name of a build, whatever is in them. The time of each is when a collector last started with it. */
async function newestFirst(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of await readdir(folder)) {
    const hash = NAME.exec(name)?.[1];
    const file = path.join(folder, name);
    // Another collector may have removed it meanwhile.
    const about = hash === undefined ? undefined : await lstat(file).catch(() => undefined);
    if (hash !== undefined && about?.isFile())
      found.push({ file, hash, bytes: about.size, used_ms: about.mtimeMs });
  }
  return found.sort((a, b) => b.used_ms - a.used_ms);
}

/** Writes the build beside its place and moves it there, so that nobody ever reads half of it. */
async function keep(folder: string, script: TagScript, at: Date): Promise<void> {
  const file = path.join(folder, `t.${script.hash}.js`);
  const half = path.join(folder, `.${script.hash}.${nanoid()}`);
  const bytes = script.body('identity');
  const there = await readFile(file).catch(() => undefined);
  if (there?.equals(bytes)) return utimes(file, at, at);
  try {
    const handle = await open(half, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.utimes(at, at);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

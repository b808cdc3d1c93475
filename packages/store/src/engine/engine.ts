import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { chdbInstalled, inPackage } from '../place.ts';
import { EngineError, type EngineProcess, startProcess } from './process.ts';

/** Where ClickHouse answers, and as whom to ask. */
export interface Endpoint {
  url: string;
  user: string;
  password: string;
}

const RESTART_MS_MIN = 50;
const RESTART_MS_MAX = 5_000;
/** An engine that lived shorter than this is started again only after a pause, longer each time. */
const STABLE_MS = 2_000;
/** A broken connection and the end of the process are told apart in this time. */
const NOTICE_MS_MAX = 1_000;

/** Keeps one engine process alive on one folder. */
export class Supervisor {
  readonly #data_dir: string;
  readonly #file: string;
  readonly #log: Log;
  readonly #user = 'throughline';
  /** Known to this process and its child only: handed over by IPC, kept across restarts. */
  readonly #password = randomBytes(24).toString('base64url');
  #running: Promise<EngineProcess>;
  #pid: number | undefined;
  #stopped = false;
  #pause_ms = 0;
  readonly #stop = new AbortController();

  private constructor(options: { data_dir: string; file: string; log: Log }) {
    this.#data_dir = options.data_dir;
    this.#file = options.file;
    this.#log = options.log;
    this.#running = this.#start();
  }

  /** Starts the engine on a folder, which is made if it is not there. Rejects with `EngineError`: one sentence. */
  static async start(options: { data_dir: string; log: Log; file?: string }): Promise<Supervisor> {
    const file = options.file ?? inPackage('dist', 'engine.mjs');
    if (!chdbInstalled()) {
      throw new EngineError(
        'The embedded engine (the optional package chdb) is not installed here. Set CLICKHOUSE_URL to use a ' +
          'ClickHouse server, or run npm install without --omit=optional on Linux (glibc) or macOS.',
        true,
      );
    }
    if (!existsSync(file)) {
      throw new EngineError('The embedded engine is not built. Run npm run build.', true);
    }
    const data_dir = path.resolve(options.data_dir);
    await mkdir(data_dir, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      throw new EngineError(
        `The data folder ${data_dir} cannot be made (${error.code}). Check its permissions, or set DATA_DIR to another.`,
        true,
      );
    });
    const supervisor = new Supervisor({ data_dir, file, log: options.log });
    await supervisor.#running;
    return supervisor;
  }

  /** Of the process that runs now; undefined while it restarts. */
  get pid(): number | undefined {
    return this.#pid;
  }

  /** Where the engine answers, once it does. Rejects with `EngineError` when it cannot be started or was stopped. */
  async endpoint(): Promise<Endpoint> {
    if (this.#stopped) throw new EngineError('The store is closed.', true);
    const { port } = await this.#running;
    return { url: `http://127.0.0.1:${port}`, user: this.#user, password: this.#password };
  }

  /** The same after a statement on `failed` broke off: gives an engine that just died the time to be noticed. */
  async endpointAfter(failed: Endpoint): Promise<Endpoint> {
    const running = await this.#running;
    if (failed.url.endsWith(`:${running.port}`)) {
      await Promise.race([running.gone, wait(NOTICE_MS_MAX, undefined, { ref: false })]);
    }
    return this.endpoint();
  }

  /** Kills the engine as a crash would; it is started again by itself. For tests. */
  async kill(): Promise<void> {
    const running = await this.#running;
    running.kill();
    await running.gone;
  }

  /** Lets running statements finish and ends the process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stop.abort();
    const running = await this.#running.catch(() => undefined);
    await running?.stop();
  }

  async #start(): Promise<EngineProcess> {
    const running = await startProcess({
      file: this.#file,
      data_dir: this.#data_dir,
      user: this.#user,
      password: this.#password,
    });
    this.#pid = running.pid;
    const started_ms = performance.now();
    void running.gone.then((how) => {
      this.#pid = undefined;
      if (this.#stopped) return;
      this.#log.error(`The embedded engine ${how}; starting it again.`);
      const stable = performance.now() - started_ms > STABLE_MS;
      this.#pause_ms = stable ? 0 : longer(this.#pause_ms);
      this.#running = this.#restart();
      // Whoever asks for the endpoint meets the error; nobody may be asking just now.
      this.#running.catch(() => {});
    });
    return running;
  }

  async #restart(): Promise<EngineProcess> {
    for (;;) {
      await wait(this.#pause_ms, undefined, { signal: this.#stop.signal }).catch(() => {});
      if (this.#stopped) throw new EngineError('The store is closed.', true);
      try {
        return await this.#start();
      } catch (error) {
        if (!(error instanceof EngineError) || error.final) throw error;
        this.#pause_ms = longer(this.#pause_ms);
        this.#log.error(`${error.message} Trying again in ${this.#pause_ms} ms.`);
      }
    }
  }
}

const longer = (pause_ms: number) => Math.min(Math.max(pause_ms * 2, RESTART_MS_MIN), RESTART_MS_MAX);

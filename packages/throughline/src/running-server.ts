import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a running server leaves in its data folder for commands to find it. */
export interface RunningServer {
  /** Base address that reaches it from this machine. */
  url: string;
  pid: number;
  /** `GET /api/instance` answers with this; another program on the same port cannot. */
  instance: string;
}

const fileIn = (dataDir: string) => path.join(dataDir, 'server.json');

export async function announceServer(dataDir: string, server: RunningServer): Promise<void> {
  await writeFile(fileIn(dataDir), `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

export const withdrawServer = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });

/** The server that holds this data folder, if it answers; a file left by a crash is not believed. */
export async function findServer(dataDir: string): Promise<RunningServer | undefined> {
  const server = parse(await readFile(fileIn(dataDir), 'utf8').catch(() => ''));
  if (server === undefined) return undefined;
  try {
    const response = await fetch(`${server.url}/api/instance`, { signal: AbortSignal.timeout(3_000) });
    const { instance } = (await response.json()) as { instance?: unknown };
    return instance === server.instance ? server : undefined;
  } catch {
    // Nothing listens there, or something that is not ours: the caller opens the store itself.
    return undefined;
  }
}

function parse(text: string): RunningServer | undefined {
  try {
    const { url, pid, instance } = JSON.parse(text) as Partial<RunningServer>;
    if (typeof url === 'string' && typeof pid === 'number' && typeof instance === 'string')
      return { url, pid, instance };
  } catch {
    // A half-written file is the same as none.
  }
  return undefined;
}

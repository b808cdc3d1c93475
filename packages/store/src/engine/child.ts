/**
 * The embedded engine: a process of its own that holds chdb and speaks ClickHouse's HTTP protocol on loopback.
 * Its own process because chdb crashes in worker threads, stalls the event loop on big inserts, and because a
 * crash of the engine must take no request of ours with it. Started by engine.ts; ends with its parent.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chdb, Engine } from './carry.ts';
import { createDoor } from './door.ts';
import type { FromEngine, ToEngine } from './message.ts';

const ORPHAN_MS_MAX = 2_000;

let door: Server | undefined;
let engine: Engine | undefined;
let stopping = false;

const tell = (message: FromEngine) => process.send?.(message);

async function open(order: Extract<ToEngine, { do: 'open' }>) {
  let chdb: Chdb;
  try {
    chdb = await import('chdb');
  } catch (error) {
    fail('chdb_missing', error);
    return;
  }
  try {
    const opened = new Engine(chdb, order.data_dir);
    engine = opened;
    const server = createDoor({
      user: order.user,
      password: order.password,
      carry: (request, body) => opened.carry(request, body),
    });
    door = server;
    server.listen(0, '127.0.0.1', () => {
      tell({ did: 'ready', port: (server.address() as AddressInfo).port });
    });
  } catch (error) {
    fail('open_failed', error);
  }
}

function fail(why: 'chdb_missing' | 'open_failed', error: unknown) {
  process.exitCode = 1;
  tell({ did: 'fail', why, detail: error instanceof Error ? error.message : String(error) });
  process.disconnect?.();
}

/** Takes no more requests, finishes those that run, closes the directory. */
async function stop() {
  if (stopping) return;
  stopping = true;
  const closed = new Promise<void>((resolve) => (door ? door.close(() => resolve()) : resolve()));
  // A kept-alive connection that was busy just now would hold the server open.
  const sweep = setInterval(() => door?.closeIdleConnections(), 50);
  await closed;
  clearInterval(sweep);
  await engine?.close();
  process.exit(process.exitCode ?? 0);
}

process.on('message', (order: ToEngine) => {
  void (order.do === 'open' ? open(order) : stop());
});
// The parent is gone, and its successor may already want the folder. Being killed loses nothing that was answered.
process.on('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), ORPHAN_MS_MAX).unref();
  void stop();
});
process.on('SIGTERM', () => void stop());
// Ctrl-C reaches the whole process group; the parent drains first and then stops us.
process.on('SIGINT', () => {});

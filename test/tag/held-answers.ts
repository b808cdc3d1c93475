// A way to the shop on which the collector's answers can be held up, as on a slow network.
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeldAnswers {
  /** Of the way, in place of the shop's. */
  port: number;
  /** From here on answers to batches are held; resolves when one is. */
  hold(): Promise<void>;
  /** Lets go of all that are held; resolves with what they would have the browser keep. */
  release(): string[];
  close(): Promise<void>;
}

/** Opens the way to a server on this machine. */
export async function heldAnswers(to: string): Promise<HeldAnswers> {
  const { port } = new URL(to);
  let held: { answer: IncomingMessage; go(): void }[] | undefined;
  let onHeld = () => {};
  const server = createServer((asked, given) => {
    const { method, url, headers } = asked;
    const on = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      const go = () => {
        given.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(given);
      };
      if (url !== '/e' || !held) return go();
      held.push({ answer, go });
      onHeld();
    });
    on.on('error', () => given.destroy());
    asked.pipe(on);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hold() {
      held = [];
      return new Promise((resolve) => {
        onHeld = resolve;
      });
    },
    release() {
      const all = held ?? [];
      held = undefined;
      for (const { go } of all) go();
      return all.flatMap(({ answer }) => answer.headers['set-cookie'] ?? []);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

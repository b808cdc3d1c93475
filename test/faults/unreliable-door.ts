import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type TestStore, testStore } from '@throughline/store/testing';

/** What the door does with a request. */
export type Behaviour =
  | 'pass'
  /** Carries it out and cuts the connection instead of answering. */
  | 'drop the answer'
  /** The same after half of the answer's head and body. */
  | 'cut the answer'
  /** Cuts the connection before anything is carried out. */
  | 'reset'
  /** Neither answers nor carries it out until the behaviour changes. */
  | 'hang'
  | 'answer 500'
  | 'wrong password'
  | 'read-only'
  | 'out of disk';

/** As the engine's own: values of a query travel in its URL. */
const URL_BYTES_MAX = 4 * 1024 * 1024;

export interface Passing {
  /** The statement's beginning: `INSERT INTO events`. */
  query: string;
  insert: boolean;
  url: URL;
}

/** ClickHouse's HTTP protocol in front of an engine of its own, as a server that fails when it is told to. */
export class UnreliableDoor {
  /** Asked for each request. It may change the settings in `url`, as an operator changes those of a server. */
  behave: (passing: Passing) => Behaviour = () => 'pass';
  readonly store: TestStore;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #hanging = new Set<Socket>();
  #port = 0;

  private constructor(store: TestStore) {
    this.store = store;
    this.#server = createServer({ maxHeaderSize: URL_BYTES_MAX }, (incoming, outgoing) => {
      this.#carry(incoming, outgoing).catch(() => incoming.socket.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(): Promise<UnreliableDoor> {
    const store = await testStore();
    if (!store.engine) throw new Error('This needs the embedded engine: run without CLICKHOUSE_URL.');
    const door = new UnreliableDoor(store);
    await door.up();
    return door;
  }

  /** What makes a server use it. */
  async environment(): Promise<Record<string, string>> {
    const { user, password } = await this.store.engine!.endpoint();
    return {
      CLICKHOUSE_URL: `http://127.0.0.1:${this.#port}`,
      CLICKHOUSE_USER: user,
      CLICKHOUSE_PASSWORD: password,
      CLICKHOUSE_DATABASE: 'throughline',
    };
  }

  /** Connections are refused from now on, and those that stand are cut. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async up(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts the connections that hang. */
  release(): void {
    for (const socket of this.#hanging) socket.destroy();
    this.#hanging.clear();
  }

  async close(): Promise<void> {
    this.release();
    if (this.#server.listening) await this.down();
    this.#agent.destroy();
    await this.store.close();
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url!, 'http://door');
    const body = await buffer(incoming);
    const query = (url.searchParams.get('query') ?? body.toString('utf8', 0, 200)).trim().slice(0, 200);
    const how = this.behave({ query, insert: /^INSERT/i.test(query), url });
    if (how === 'hang') this.#hanging.add(incoming.socket);
    else if (how === 'reset') incoming.socket.destroy();
    else if (how === 'answer 500') refuse(outgoing, 1002, 'Code: 1002. DB::Exception: Something is wrong.');
    else if (how === 'out of disk')
      refuse(
        outgoing,
        243,
        'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
      );
    else {
      if (how === 'read-only') url.searchParams.set('readonly', '1');
      const answer = await this.#ask(incoming, url, body, how === 'wrong password');
      if (how === 'drop the answer') incoming.socket.destroy();
      else if (how === 'cut the answer') {
        incoming.socket.end(
          `HTTP/1.1 ${answer.status} OK\r\ncontent-length: ${answer.body.length + 10}\r\n\r\n`,
        );
      } else outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    }
  }

  async #ask(incoming: IncomingMessage, url: URL, body: Buffer, anonymous: boolean) {
    const engine = await this.store.engine!.endpoint();
    const headers = { ...incoming.headers };
    if (anonymous) headers.authorization = `Basic ${Buffer.from('somebody:else').toString('base64')}`;
    // The body is whole here, whatever way it came.
    delete headers['transfer-encoding'];
    headers['content-length'] = String(body.length);
    return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
      (resolve, reject) => {
        const sent = request(`${engine.url}${url.pathname}${url.search}`, {
          method: incoming.method,
          headers,
          agent: this.#agent,
        });
        sent.on('error', reject);
        sent.on('response', async (answer) => {
          try {
            resolve({ status: answer.statusCode!, headers: answer.headers, body: await buffer(answer) });
          } catch (error) {
            reject(error);
          }
        });
        sent.end(body);
      },
    );
  }
}

function refuse(outgoing: ServerResponse, code: number, text: string): void {
  outgoing.writeHead(500, { 'x-clickhouse-exception-code': String(code) }).end(text);
}

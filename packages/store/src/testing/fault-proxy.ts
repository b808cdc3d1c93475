import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { REFUSALS } from './refusals.ts';

/** What goes wrong with a request. */
export type Fault =
  /** It is taken and never answered. */
  | { kind: 'hang' }
  /** It is passed on after this time. */
  | { kind: 'slow'; ms: number }
  /**
   * The connection is reset: `before` the request is passed on; `after` it was carried out, so that the answer is
   * lost; `within` the answer.
   */
  | { kind: 'reset'; when: 'before' | 'after' | 'within' }
  /** ClickHouse refuses with this code (refusals.ts), and carries nothing out. */
  | { kind: 'refusal'; code: number }
  /** Something between us and ClickHouse answers in its stead. */
  | { kind: 'gateway'; status: number };

/** Which requests: those that read, that write (inserts and commands), or inserts into one table. */
export type Concerned = 'all' | 'reads' | 'writes' | { insert_into: string };

interface Rule {
  concerned: Concerned;
  fault: Fault;
  left: number;
}

/** One request as the proxy saw it: `SELECT`, `INSERT INTO events`, `ALTER`. */
interface Seen {
  does: string;
  table: string | undefined;
}

/**
 * Stands between a client and ClickHouse's HTTP interface and breaks what it is told to, which can be changed at any
 * time. The address stays the same over `down` and `up`. For tests only: requests and answers are held in memory.
 */
export class FaultProxy {
  /** Every request that came in, in order, whatever became of it. */
  readonly seen: Seen[] = [];
  /** May change the settings of a request that is passed on, as an operator changes those of a server. */
  alter: (url: URL) => void = () => {};
  readonly #target: () => Promise<string>;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #rules: Rule[] = [];

  private constructor(target: () => Promise<string>) {
    this.#target = target;
  }

  /** `target` gives the address to pass requests on to, and is asked for each of them. */
  static async start(target: () => Promise<string>): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.up();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Connections are refused, and those that are open break off. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async up(): Promise<void> {
    if (this.#server) return;
    const server = createServer(
      { maxHeaderSize: 4 * 1024 * 1024, requestTimeout: 0 },
      (request, response) => {
        this.#serve(request, response).catch(() => request.socket.destroy());
      },
    );
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** From now on, until `heal`; or for the next `times` requests that it concerns. The latest rule comes first. */
  break(concerned: Concerned, fault: Fault, { times = Number.POSITIVE_INFINITY } = {}): void {
    this.#rules.unshift({ concerned, fault, left: times });
  }

  /** Everything is passed on again. Requests that hang are cut. */
  heal(): void {
    this.#rules = [];
    for (const cut of this.#hanging.splice(0)) cut();
  }

  async close(): Promise<void> {
    this.heal();
    await this.down();
  }

  readonly #hanging: (() => void)[] = [];

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const seen = read(request, body);
    this.seen.push(seen);
    const fault = this.#take(seen);
    const reset = () => request.socket.resetAndDestroy();
    switch (fault?.kind) {
      case 'hang':
        this.#hanging.push(reset);
        return;
      case 'refusal':
        refuse(response, fault.code);
        return;
      case 'gateway':
        response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
        return;
      case 'reset':
        if (fault.when === 'before') {
          reset();
          return;
        }
        break;
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
    }
    const answer = await this.#passOn(request, body);
    if (fault?.kind === 'reset' && fault.when === 'after') {
      reset();
      return;
    }
    const cut = fault?.kind === 'reset' && fault.when === 'within';
    const headers = { ...answer.headers, 'content-length': answer.body.length + (cut ? 1 : 0) };
    delete headers['transfer-encoding'];
    response.writeHead(answer.status, headers);
    if (cut) response.write(answer.body.subarray(0, answer.body.length >> 1), reset);
    else response.end(answer.body);
  }

  #take(seen: Seen): Fault | undefined {
    const rule = this.#rules.find((one) => one.left > 0 && concerns(one.concerned, seen));
    if (rule) rule.left -= 1;
    return rule?.fault;
  }

  async #passOn(request: IncomingMessage, body: Buffer) {
    const url = new URL(request.url ?? '/', await this.#target());
    this.alter(url);
    return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
      (resolve, reject) => {
        const { host: _, 'transfer-encoding': __, ...headers } = request.headers;
        const onward = ask(url, {
          method: request.method,
          headers: { ...headers, 'content-length': body.length },
        });
        onward.once('error', reject).once('response', (answer) => {
          bodyOf(answer).then(
            (bytes) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: bytes }),
            reject,
          );
        });
        onward.end(body);
      },
    );
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** The statement stands in the URL, or at the beginning of the body. */
function read(request: IncomingMessage, body: Buffer): Seen {
  const url = new URL(request.url ?? '/', 'http://proxy');
  const sql = `${url.searchParams.get('query') ?? ''}\n${body.toString('utf8', 0, 1000)}`;
  const [, table] = /^\s*INSERT\s+INTO\s+(\w+)/i.exec(sql) ?? [];
  const verb = /\b[A-Z]+\b/.exec(sql)?.[0] ?? (url.pathname === '/ping' ? 'PING' : '');
  return { does: table === undefined ? verb : `INSERT INTO ${table}`, table };
}

function concerns(concerned: Concerned, { does, table }: Seen): boolean {
  if (typeof concerned === 'object') return table === concerned.insert_into;
  const reads = /^(SELECT|WITH|EXPLAIN|SHOW|PING)$/.test(does);
  return concerned === 'all' || (concerned === 'reads') === reads;
}

function refuse(response: ServerResponse, code: number): void {
  const { status, text } = REFUSALS[code] ?? {
    status: 500,
    text: `Code: ${code}. DB::Exception: Refused. (OTHER)`,
  };
  response
    .writeHead(status, { 'x-clickhouse-exception-code': String(code) })
    .end(`${text} (version 26.7.2.1)\n`);
}

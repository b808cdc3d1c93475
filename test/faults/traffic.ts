import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from './chance.ts';

/** One request's worth of events. */
interface Parcel {
  ids: string[];
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface TrafficOptions {
  chance: Chance;
  connections: number;
  /** Of each connection between two requests. Default: none. */
  rest_ms?: number;
  /** Most events in one request. */
  events_max?: number;
  site: string;
  write_key?: string | undefined;
  /** In front of every event id. */
  prefix?: string;
}

/**
 * A load that knows what it was promised: every connection sends a request, notes its answer, and sends the next.
 * What got no answer, or a 503, is sent again later, as the tag does.
 */
export class Traffic {
  readonly acknowledged = new Set<string>();
  /** Answers by status; 0: none came. */
  readonly statuses = new Map<number, number>();
  readonly latencies_ms: number[] = [];
  readonly #options: TrafficOptions;
  readonly #again: Parcel[] = [];
  readonly #loops: Promise<void>[] = [];
  #agent = new Agent({ keepAlive: true });
  #next = 0;
  #url: string | undefined;
  #ended = false;
  #wake: (() => void)[] = [];

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  /** Sends to this address from now on. */
  aim(url: string): void {
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true });
    this.#url = url;
    for (const wake of this.#wake.splice(0)) wake();
    for (let at = this.#loops.length; at < this.#options.connections; at += 1) this.#loops.push(this.#loop());
  }

  /**
   * Waits until the server has met the site and the key: those that it never asked the store for it cannot know while
   * the store is away, and says 503.
   */
  async known(): Promise<void> {
    while (this.acknowledged.size < 100) await delay(20);
  }

  /** Sends nothing more until the next `aim`; requests on their way go on. */
  pause(): void {
    this.#url = undefined;
  }

  /** Ends when every request got its answer or lost its connection. */
  async end(): Promise<void> {
    this.#ended = true;
    for (const wake of this.#wake.splice(0)) wake();
    await Promise.all(this.#loops);
    this.#agent.destroy();
  }

  /** Requests answered otherwise than 2xx. */
  get refused(): number {
    return [...this.statuses].reduce(
      (sum, [status, count]) => sum + (status >= 200 && status < 300 ? 0 : count),
      0,
    );
  }

  async #loop(): Promise<void> {
    while (!this.#ended) {
      const url = this.#url;
      if (url === undefined) {
        await new Promise<void>((resolve) => this.#wake.push(resolve));
        continue;
      }
      if (this.#options.rest_ms !== undefined) await delay(this.#options.rest_ms);
      const parcel = this.#nextParcel();
      const begun = performance.now();
      const status = await post(url, parcel, this.#agent);
      this.latencies_ms.push(performance.now() - begun);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status >= 200 && status < 300) for (const id of parcel.ids) this.acknowledged.add(id);
      else {
        this.#again.push(parcel);
        // Nobody listens there until the next `aim`.
        if (status === 0 && this.#url === url) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  #nextParcel(): Parcel {
    const { chance, events_max = 5, site, write_key, prefix = 'e' } = this.#options;
    if (this.#again.length > 0 && chance.happens(0.3)) return this.#again.shift()!;
    const ids = Array.from({ length: chance.between(1, events_max) }, () => `${prefix}${this.#next++}`);
    return write_key !== undefined && chance.happens(0.2)
      ? trackParcel(write_key, ids)
      : tagParcel({ site, ids, visitor: `v${chance.between(1, 500)}` });
  }
}

function tagParcel({ site, ids, visitor }: { site: string; ids: string[]; visitor: string }): Parcel {
  const now = Date.now();
  const session = `${now.toString(36)}.${visitor}`;
  const events = ids.map((id, seq) => ({
    id,
    name: 'page_viewed',
    at: now - 10 + seq,
    seq,
    session,
    url: 'https://shop.example/collections/green-tea?utm_source=newsletter',
    title: 'Green tea',
  }));
  const body = JSON.stringify({ site, visitor, sent_at: now, events });
  return { ids, path: '/e', headers: { 'content-type': 'text/plain' }, body };
}

function trackParcel(write_key: string, ids: string[]): Parcel {
  const batch = ids.map((messageId, n) => ({
    type: n === 0 ? 'identify' : 'track',
    event: 'Product Viewed',
    messageId,
    anonymousId: `a_${messageId}`,
    // Ten browsers a customer, however long it runs.
    userId: `u_${messageId.slice(0, -1)}`,
  }));
  const authorization = `Basic ${Buffer.from(`${write_key}:`).toString('base64')}`;
  const headers = { 'content-type': 'application/json', authorization };
  return { ids, path: '/v1/batch', headers, body: JSON.stringify({ batch }) };
}

/** The status of the answer; 0 when none came. */
function post(url: string, { path, headers, body }: Parcel, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(`${url}${path}`, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sent.on('response', (answer) => {
      answer.resume();
      // An answer that breaks off was still a promise: its status stood in it.
      answer.on('close', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}

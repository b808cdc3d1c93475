import type { Identifier } from '@throughline/contract';
import { rulesOf } from '@throughline/identity';
import {
  type Debt,
  findSite,
  owedStitches,
  oweStitch,
  paidStitch,
  type Store,
  StoreError,
  storeClock,
  visitorsWithLinks,
} from '@throughline/store';
import { faultOf, type Log } from './log.ts';
import { Mutex } from './mutex.ts';
import { stitch } from './stitch.ts';

/** Visitors that are resolved in one go when everybody is. */
const VISITORS_AT_ONCE = 2_000;
const RETRY_MS = 5_000;
/** Each look but the last one found that somebody had written meanwhile. */
const LOOKS_MAX = 100;

export interface Touched {
  visitors: readonly string[];
  identifiers: readonly Identifier[];
}

/** Keeps assignments and customers in step with the facts and the rules. One at a time, whoever asks. */
export class Stitching {
  readonly #store: Store;
  readonly #log: Log;
  readonly #mutex = new Mutex();
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ store, log }: { store: Store; log: Log }) {
    this.#store = store;
    this.#log = log;
  }

  /**
   * Resolves again who these belong to. Where others write too, until a look finds nothing left to write: whoever was
   * overtaken between reading and writing sees it in the look after, and puts it right. The one who read least is the one
   * who reads again, so none has to be told.
   */
  now(site: string, touched: Touched): Promise<void> {
    return this.#mutex.run(async () => {
      for (let look = 0; look < LOOKS_MAX; look += 1) {
        const settled = await this.#look(site, touched);
        if (settled || this.#alone) return;
      }
      throw new Error(`Who is who of a site was still changing after ${LOOKS_MAX} looks.`);
    });
  }

  /** Gives whether there was nothing to write. */
  async #look(site: string, { visitors, identifiers }: Touched): Promise<boolean> {
    // The site not from a cache: rules that have just been changed count at once.
    const [clock, found] = await Promise.all([storeClock(this.#store), findSite(this.#store, site)]);
    if (!found) return true;
    const request = { site, rules: rulesOf(found.settings), visitors, identifiers, clock };
    const { complete, assignments, customers, gone } = await stitch(this.#store, request);
    if (!complete) this.#log.warn('A person hangs together with more links than are read at once.', { site });
    return assignments + customers + gone === 0;
  }

  /** In an engine of its own nobody else writes, and this process does one stitch after the other. */
  get #alone(): boolean {
    return this.#store.kind === 'embedded';
  }

  /** Resolves everybody of the site again, some at a time, so that what arrives meanwhile is not held up. */
  async everybody(site: string): Promise<void> {
    for (let after = ''; ; ) {
      const visitors = await visitorsWithLinks(this.#store, site, { after, limit: VISITORS_AT_ONCE });
      if (visitors.length === 0 || this.#closed) return;
      await this.now(site, { visitors, identifiers: [] });
      after = visitors.at(-1)!;
    }
  }

  /** Does what is owed and puts that on record. */
  async pay(debt: Debt): Promise<void> {
    if (debt.everybody) await this.everybody(debt.site);
    else await this.now(debt.site, debt);
    if (!this.#closed) await paidStitch(this.#store, debt);
  }

  /** Puts on record what could not be done now; the next start tries again. */
  async owe(site: string, { visitors, identifiers }: Touched): Promise<void> {
    await oweStitch(this.#store, {
      site,
      visitors: [...visitors],
      identifiers: [...identifiers],
      everybody: false,
    });
  }

  /** Makes good what a crash left undone. Waits for a store that is away. */
  async heal(): Promise<void> {
    try {
      for (const debt of await owedStitches(this.#store)) {
        if (this.#closed) return;
        await this.pay(debt);
      }
    } catch (error) {
      this.#log.warn('Who is who could not be made good yet.', faultOf(error));
      if (this.#closed || !(error instanceof StoreError)) return;
      this.#retry = setTimeout(() => void this.heal(), RETRY_MS).unref();
    }
  }

  /** Stops after the part at hand; what is left stays owed. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#mutex.run(async () => {});
  }
}

import type { DeadLetterView, Link, ReplayView } from '@throughline/contract';
import {
  claimEvents,
  claimsBlock,
  eventKey,
  eventsBlock,
  insertEvents,
  insertLinks,
  knownEvents,
  ledgerRowsOf,
  putLedger,
  type Store,
  sipHex,
  storedSeqs,
} from '@throughline/store';
import type { LetterFiles } from './letter-files.ts';
import { settleClaims } from './loader/contested.ts';
import { type DeadLetter, deadLetterFiles, type LinkLetter, linkLetterFiles } from './loader/dead-letter.ts';
import { insertStorable } from './loader/insert.ts';
import { type Touched, touchedBy } from './loader/load.ts';
import type { SeenIds } from './loader/seen-ids.ts';
import { tokenOf } from './loader/token.ts';
import type { Mutex } from './mutex.ts';
import type { SpoolFiles } from './spool/files.ts';

export interface DeadLettersOptions {
  store: Store;
  files: SpoolFiles;
  folder: string;
  seen: SeenIds | undefined;
  /** Held while the ledger's rows change. */
  ledgerLock: Mutex;
  stitch(touched: Touched): Promise<void>;
  /** Does this while nothing is being loaded here. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Events and links that the store refused, in files beside the spool: shown, sent again, and gone with the person they tell of. */
export class DeadLetters {
  readonly #options: DeadLettersOptions;
  readonly #events: LetterFiles<DeadLetter>;
  readonly #links: LetterFiles<LinkLetter>;

  constructor(options: DeadLettersOptions) {
    this.#options = options;
    this.#events = deadLetterFiles(options);
    this.#links = linkLetterFiles(options);
  }

  /** Of one site, or of all. */
  async list(site?: string): Promise<DeadLetterView[]> {
    const all: DeadLetterView[] = [];
    for (const [segment, letters] of await this.#events.all())
      for (const { reason, hour, row } of letters) {
        const { event_id, name } = row;
        all.push({ kind: 'event', site: row.site, event_id, name, segment, hour, reason, row });
      }
    for (const [segment, letters] of await this.#links.all())
      for (const { reason, hour, link } of letters) {
        const { event_id, kind: name } = link;
        all.push({ kind: 'link', site: link.site, event_id, name, segment, hour, reason, row: link });
      }
    return site === undefined ? all : all.filter((letter) => letter.site === site);
  }

  /**
   * Sends all of them to the store once more, after what it stumbled over was mended. Those that it takes now count as
   * stored in the hour in which they arrived, or as duplicates when their id has come again meanwhile.
   */
  async replay(): Promise<ReplayView> {
    const view: ReplayView = {
      stored: 0,
      duplicates: 0,
      still_refused: 0,
      links_stored: 0,
      links_refused: 0,
    };
    for (const [segment, letters] of await this.#events.all()) {
      const outcome = await this.#options.alone(() => this.#replaySegment(segment, letters));
      view.stored += outcome.stored;
      view.duplicates += outcome.duplicates;
      view.still_refused += outcome.still_refused;
    }
    for (const [segment, letters] of await this.#links.all()) {
      const still = await this.#replayLinks(segment, letters);
      view.links_stored += letters.length - still;
      view.links_refused += still;
    }
    return view;
  }

  /** Removes the letters of these visitors. */
  async forget(site: string, visitors: readonly string[]): Promise<void> {
    const gone = new Set(visitors);
    const stays = (one: { site: string; visitor_id: string }) =>
      one.site !== site || !gone.has(one.visitor_id);
    await this.#events.keep(({ row }) => stays(row));
    await this.#links.keep(({ link }) => stays(link));
  }

  async #replaySegment(
    segment: string,
    letters: readonly DeadLetter[],
  ): Promise<Pick<ReplayView, 'stored' | 'duplicates' | 'still_refused'>> {
    const { store, seen } = this.#options;
    const owners = await knownEvents(
      store,
      letters.map(({ row }) => ({ site: row.site, event_ids: [row.event_id] })),
    );
    const ownedBy = ({ row }: DeadLetter) => owners.get(eventKey(row.site, row.event_id));
    const duplicates = letters.filter((letter) => ownedBy(letter) && !ownedBy(letter)?.includes(segment));
    const mine = letters.filter((letter) => !duplicates.includes(letter));
    // An earlier replay may have died after its insert.
    const there = await storedSeqs(store, segment);
    const missing = mine.filter(({ row }) => !there.has(row.segment_seq));
    const refused = await insertStorable(missing, (part) =>
      insertEvents(store, eventsBlock(part.map(({ row }) => row)), tokenOf(segment, 'again', placesOf(part))),
    );
    const reasons = new Map(refused.map(({ row, reason }) => [row, reason]));
    const stored = mine.filter((letter) => !reasons.has(letter));
    const claims = stored.map(({ row }) => ({
      site: row.site,
      hashes: Buffer.from(sipHex(row.event_id), 'hex'),
    }));
    for (const { hashes } of claims) seen?.add(hashes.readUInt32LE(0), hashes.readUInt32LE(4));
    if (claims.length > 0)
      await claimEvents(store, claimsBlock(claims, segment), tokenOf(segment, 'claims', placesOf(stored)));
    // Others load into a shared store at the same time, and may have claimed an id in the same moment.
    if (!seen) await settleClaims(store, claims);
    const links = stored.flatMap((letter) => letter.links);
    await insertLinks(store, links);
    // Before the letters go: a crash sends them once more, which changes nothing.
    await this.#stitch(links);
    const still = missing
      .filter((letter) => reasons.has(letter))
      .map((letter) => ({ ...letter, reason: reasons.get(letter)! }));
    await this.#settle(segment, { stored, duplicates, still });
    return { stored: stored.length, duplicates: duplicates.length, still_refused: still.length };
  }

  /** Gives how many are refused again. */
  async #replayLinks(segment: string, letters: readonly LinkLetter[]): Promise<number> {
    const { store } = this.#options;
    const refused = await insertStorable(letters, (part) =>
      insertLinks(
        store,
        part.map(({ link }) => link),
      ),
    );
    const reasons = new Map(refused.map(({ row, reason }) => [row, reason]));
    // Before they are let go of: a crash sends the links once more, which changes nothing.
    await this.#stitch(letters.filter((letter) => !reasons.has(letter)).map(({ link }) => link));
    await this.#links.put(
      segment,
      letters.flatMap((letter) => {
        const reason = reasons.get(letter);
        return reason === undefined ? [] : [{ ...letter, reason }];
      }),
    );
    return refused.length;
  }

  /** All of a site in one go: letters of one cause are often of the same people. */
  async #stitch(links: readonly Link[]): Promise<void> {
    for (const touched of touchedBy(links)) await this.#options.stitch(touched);
  }

  /** The ledger follows from what is left in the file, so that settling again after a crash changes nothing. */
  async #settle(
    segment: string,
    { stored, duplicates, still }: Record<'stored' | 'duplicates' | 'still', readonly DeadLetter[]>,
  ): Promise<void> {
    const { store, ledgerLock } = this.#options;
    await ledgerLock.run(async () => {
      const rows = await ledgerRowsOf(store, segment);
      const of = (letters: readonly DeadLetter[], row: { site: string; hour: string }) =>
        letters.filter((letter) => letter.row.site === row.site && letter.hour === row.hour).length;
      const changed = rows.map((row) => {
        const before = row.refused.store_refused ?? 0;
        const left = of(still, row);
        const moved = before - left;
        const doubled = Math.min(moved, of(duplicates, row));
        const refused = { ...row.refused, store_refused: left };
        return {
          ...row,
          stored: row.stored + moved - doubled,
          duplicates: row.duplicates + doubled,
          refused: left === 0 ? without(refused) : refused,
          version: row.version + 1,
        };
      });
      if (stored.length + duplicates.length > 0) await putLedger(store, changed);
      await this.#events.put(segment, still);
    });
  }
}

const placesOf = (letters: readonly DeadLetter[]) => letters.map(({ row }) => row.segment_seq);

function without({ store_refused: _, ...others }: Record<string, number>): Record<string, number> {
  return others;
}

import path from 'node:path';
import type { DeadLetterView, ReplayView } from '@throughline/contract';
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
import { type DeadLetter, deadLetterText, REFUSED, readDeadLetters } from './loader/dead-letter.ts';
import { insertStorable } from './loader/insert.ts';
import type { Touched } from './loader/load.ts';
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
}

/** Events that the store refused, in files beside the spool: shown, sent again, and gone with the person they tell of. */
export class DeadLetters {
  readonly #options: DeadLettersOptions;

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  /** Of one site, or of all. */
  async list(site?: string): Promise<DeadLetterView[]> {
    const all: DeadLetterView[] = [];
    for (const [segment, letters] of await this.#read())
      for (const { reason, hour, row } of letters)
        if (site === undefined || row.site === site)
          all.push({ site: row.site, event_id: row.event_id, name: row.name, segment, hour, reason, row });
    return all;
  }

  /**
   * Sends all of them to the store once more, after what it stumbled over was mended. Those that it takes now count as
   * stored in the hour in which they arrived, or as duplicates when their id has come again meanwhile.
   */
  async replay(): Promise<ReplayView> {
    const view: ReplayView = { stored: 0, duplicates: 0, still_refused: 0 };
    for (const [segment, letters] of await this.#read()) {
      const outcome = await this.#replaySegment(segment, letters);
      view.stored += outcome.stored;
      view.duplicates += outcome.duplicates;
      view.still_refused += outcome.still_refused;
    }
    return view;
  }

  /** Removes the letters of these visitors. */
  async forget(site: string, visitors: readonly string[]): Promise<void> {
    const gone = new Set(visitors);
    for (const [segment, letters] of await this.#read()) {
      const kept = letters.filter(({ row }) => row.site !== site || !gone.has(row.visitor_id));
      if (kept.length < letters.length) await this.#write(segment, kept);
    }
  }

  async #replaySegment(segment: string, letters: readonly DeadLetter[]): Promise<ReplayView> {
    const { store, seen, stitch } = this.#options;
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
    const links = stored.flatMap(({ link }) => (link ? [link] : []));
    await insertLinks(store, links);
    const still = missing
      .filter((letter) => reasons.has(letter))
      .map((letter) => ({ ...letter, reason: reasons.get(letter)! }));
    await this.#settle(segment, { stored, duplicates, still });
    for (const { site, visitor_id, identifiers } of links)
      await stitch({
        site,
        visitors: new Set([visitor_id]),
        identifiers: new Map(identifiers.map((one) => [`${one.kind}\0${one.value}`, one])),
      });
    return { stored: stored.length, duplicates: duplicates.length, still_refused: still.length };
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
      await this.#write(segment, still);
    });
  }

  async #read(): Promise<Map<string, DeadLetter[]>> {
    const { files, folder } = this.#options;
    const found = new Map<string, DeadLetter[]>();
    for (const name of (await files.list(folder)).sort())
      if (name.endsWith(REFUSED)) {
        const text = (await files.read(path.join(folder, name))).toString('utf8');
        found.set(name.slice(0, -REFUSED.length), readDeadLetters(text));
      }
    return found;
  }

  async #write(segment: string, letters: readonly DeadLetter[]): Promise<void> {
    const { files, folder } = this.#options;
    const file = path.join(folder, segment + REFUSED);
    if (letters.length === 0) await files.remove(file);
    else await files.put(file, Buffer.from(deadLetterText(letters)));
  }
}

const placesOf = (letters: readonly DeadLetter[]) => letters.map(({ row }) => row.segment_seq);

function without({ store_refused: _, ...others }: Record<string, number>): Record<string, number> {
  return others;
}

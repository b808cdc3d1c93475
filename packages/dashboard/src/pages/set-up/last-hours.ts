import type { LedgerView } from '@throughline/contract';

const HOUR_MS = 3_600_000;
/** A week. */
export const HOURS_MAX = 168;

type Hour = LedgerView['hours'][number];

/** Every hour from the first in which anything arrived up to the present one, at most `HOURS_MAX`; those in which nothing did as well. */
export function lastHours(hours: readonly Hour[], now: Date): Hour[] {
  const known = new Map(hours.map((hour) => [Date.parse(hour.hour), hour]));
  const present = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const first = Math.max(Math.min(present, ...known.keys()), present - (HOURS_MAX - 1) * HOUR_MS);
  return Array.from({ length: (present - first) / HOUR_MS + 1 }, (_, index) => {
    const at = first + index * HOUR_MS;
    const hour = new Date(at).toISOString();
    return known.get(at) ?? { hour, received: 0, stored: 0, duplicates: 0, refused: {}, waiting: 0 };
  });
}

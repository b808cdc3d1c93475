import type { SeenView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';
import { LATEST_HOURS, latestStatement, SEEN_DAYS, seenStatement } from './statement.ts';

/** For `GET …/seen`: what was recorded in the last weeks by name and reader, and the latest events one by one. */
export async function runSeen(reader: Reader, context: ReportContext): Promise<Omit<SeenView, 'lost'>> {
  const [seen, latest] = await Promise.all([
    reader.query(seenStatement(context)),
    reader.query(latestStatement(context)),
  ]);
  return {
    days: SEEN_DAYS,
    latest_hours: LATEST_HOURS,
    seen: seen.map(({ called, is_bot, ...row }) => ({ name: called, ...row, robot: is_bot === 1 })),
    latest: latest.map(({ is_bot, ...row }) => ({ ...row, robot: is_bot === 1 })),
  };
}

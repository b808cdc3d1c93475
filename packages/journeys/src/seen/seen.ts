import type { SeenView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';
import { dayStatement, latestStatement, seenStatement, windowFor } from './statement.ts';

/** For `GET …/seen`: what was recorded lately by name and reader, and the latest events one by one; of a busy shop over less time. */
export async function runSeen(reader: Reader, context: ReportContext): Promise<Omit<SeenView, 'lost'>> {
  const [day] = await reader.query(dayStatement(context));
  const { days, latest_hours } = windowFor(day?.events ?? 0);
  const [seen, latest] = await Promise.all([
    reader.query(seenStatement(context, days)),
    reader.query(latestStatement(context, latest_hours)),
  ]);
  return {
    days,
    latest_hours,
    seen: seen.map(({ called, is_bot, ...row }) => ({ name: called, ...row, robot: is_bot === 1 })),
    latest: latest.map(({ is_bot, ...row }) => ({ ...row, robot: is_bot === 1 })),
  };
}

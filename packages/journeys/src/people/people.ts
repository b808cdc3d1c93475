import type { PeopleView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runPeople(
  _reader: Reader,
  _context: ReportContext,
  _body: unknown,
): Promise<PeopleView> {
  throw new Error('runPeople is not built yet');
}

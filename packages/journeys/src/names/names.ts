import type { NamesView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runNames(
  _reader: Reader,
  _context: ReportContext,
  _body?: unknown,
): Promise<NamesView> {
  throw new Error('runNames is not built yet');
}

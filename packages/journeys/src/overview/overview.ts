import type { OverviewView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runOverview(
  _reader: Reader,
  _context: ReportContext,
  _body: unknown,
): Promise<OverviewView> {
  throw new Error('runOverview is not built yet');
}

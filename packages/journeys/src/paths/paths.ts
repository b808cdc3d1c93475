import type { PathsView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runPaths(_reader: Reader, _context: ReportContext, _body: unknown): Promise<PathsView> {
  throw new Error('runPaths is not built yet');
}

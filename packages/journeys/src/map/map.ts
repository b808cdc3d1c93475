import type { MapView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runMap(_reader: Reader, _context: ReportContext, _body: unknown): Promise<MapView> {
  throw new Error('runMap is not built yet');
}

import type { FunnelView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runFunnel(
  _reader: Reader,
  _context: ReportContext,
  _body: unknown,
): Promise<FunnelView> {
  throw new Error('runFunnel is not built yet');
}

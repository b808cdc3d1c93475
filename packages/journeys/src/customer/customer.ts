import type { CustomerView } from '@throughline/contract';
import type { Reader, ReportContext } from '../reader.ts';

export async function runCustomer(
  _reader: Reader,
  _context: ReportContext,
  _id: string,
  _page: { after?: string } = {},
): Promise<CustomerView> {
  throw new Error('runCustomer is not built yet');
}

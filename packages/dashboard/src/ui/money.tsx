import { useFormat } from '../format/use-format.ts';

/** An amount; short where the place is `tight`, always exact in the title. */
export function Money({ value, currency, tight }: { value: number; currency?: string; tight?: boolean }) {
  const format = useFormat();
  const exact = format.money(value, currency);
  const shown = tight ? format.moneyShort(value, currency) : exact;
  return <span title={shown === exact ? undefined : exact}>{shown}</span>;
}

import type { LedgerView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';

/** received = stored + duplicates + refused + waiting, checked here once more. */
export function LedgerSum({ ledger }: { ledger: LedgerView }) {
  const t = words.value.set_up;
  const refused = Object.values(ledger.refused).reduce((sum, count) => sum + count, 0);
  const balanced = ledger.received === ledger.stored + ledger.duplicates + refused + ledger.waiting;
  return (
    <>
      <div class="ledger">
        <Part label={t.received} value={ledger.received} />
        <Sign text="=" />
        <Part label={t.stored} value={ledger.stored} />
        <Sign text="+" />
        <Part label={t.duplicates} value={ledger.duplicates} />
        <Sign text="+" />
        <Part label={t.refused} value={refused} />
        <Sign text="+" />
        <Part label={t.waiting} value={ledger.waiting} />
      </div>
      <p class={balanced ? 'quiet' : 'ledger-bad'} role={balanced ? undefined : 'alert'}>
        {balanced ? t.balanced : t.unbalanced}
      </p>
      {ledger.duplicates > 0 && <p class="quiet">{t.duplicates_why}</p>}
    </>
  );
}

function Part({ label, value }: { label: string; value: number }) {
  const format = useFormat();
  return (
    <div class="ledger-part">
      <span>{label}</span>
      <strong>{format.exact(value)}</strong>
    </div>
  );
}

function Sign({ text }: { text: '=' | '+' }) {
  return (
    <span class="ledger-sign" aria-hidden="true">
      {text}
    </span>
  );
}

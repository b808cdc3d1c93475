import type { LedgerView, SeenView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Arrivals } from './arrivals.tsx';
import { LedgerSum } from './ledger-sum.tsx';
import { RefusalTable } from './refusal-table.tsx';

interface DeliveryProps {
  ledger: LedgerView;
  lost: SeenView['lost'] | undefined;
  refresh(): void;
}

/** The delivery ledger, or, when nothing has arrived, where to look. */
export function Delivery({ ledger, lost, refresh }: DeliveryProps) {
  const format = useFormat();
  const t = words.value.set_up;
  const nothing = ledger.received === 0;
  return (
    <>
      <Card
        title={nothing ? t.nothing_title : t.ledger}
        {...(nothing ? {} : { hint: t.ledger_text })}
        actions={
          <Button kind="quiet" onClick={refresh}>
            {t.refresh}
          </Button>
        }
      >
        {nothing ? <Nothing /> : <LedgerSum ledger={ledger} />}
        {lost && lost.events > 0 && (
          <p class="quiet">
            {t.lost(
              words.value.counts.events(lost.events, format.exact(lost.events)),
              format.moment(lost.since),
            )}
          </p>
        )}
        {Object.keys(ledger.refused).length > 0 && <RefusalTable refused={ledger.refused} />}
      </Card>
      {ledger.hours.length > 0 && <Arrivals ledger={ledger} />}
    </>
  );
}

function Nothing() {
  return (
    <ol class="nothing">
      {words.value.set_up.nothing.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

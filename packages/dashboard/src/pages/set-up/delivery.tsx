import type { LedgerView } from '@throughline/contract';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { usePlace } from '../../url/place.ts';
import { Arrivals } from './arrivals.tsx';
import { LedgerSum } from './ledger-sum.tsx';
import { RefusalTable } from './refusal-table.tsx';

/** The delivery ledger, or, when nothing has arrived, where to look. */
export function Delivery() {
  const { site } = usePlace();
  const t = words.value.set_up;
  const report = useReport(site.site, (signal) => reports.ledger(site.site, signal));
  return (
    <Loaded report={report} heights={[120]}>
      {(ledger) => (
        <>
          <Card
            title={ledger.received === 0 ? t.nothing_title : t.ledger}
            {...(ledger.received === 0 ? {} : { hint: t.ledger_text })}
            actions={
              <Button kind="quiet" onClick={report.retry}>
                {t.refresh}
              </Button>
            }
          >
            {ledger.received === 0 ? <Nothing /> : <Numbers ledger={ledger} />}
          </Card>
          {ledger.hours.length > 0 && <Arrivals ledger={ledger} />}
        </>
      )}
    </Loaded>
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

function Numbers({ ledger }: { ledger: LedgerView }) {
  return (
    <>
      <LedgerSum ledger={ledger} />
      {Object.keys(ledger.refused).length > 0 && <RefusalTable refused={ledger.refused} />}
    </>
  );
}

import type { Site } from '@throughline/contract';
import { useEffect, useReducer } from 'preact/hooks';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Delivery } from './delivery.tsx';
import { Latest } from './latest.tsx';
import { Seen } from './seen.tsx';

/** Up to so many events somebody is likely to be trying it out, and the answer costs next to nothing. */
const LIVE_EVENTS_MAX = 10_000;
const LOOK_AGAIN_MS = 3_000;
/** The ledger is longer: asked for again when more was seen, and every so many looks for what was refused. */
const LEDGER_LOOKS = 10;

const oneMore = (count: number, _action: undefined) => count + 1;

/** What has been seen and what became of it. A shop at its beginning is looked at again every few seconds, while the page is in sight. */
export function Arrived({ site }: { site: Site }) {
  const [look, again] = useReducer(oneMore, 0);
  const [clicks, click] = useReducer(oneMore, 0);
  const seen = useReport(`${clicks} ${look}`, (signal) => reports.seen(site.site, signal));
  const events = (seen.data?.seen ?? []).reduce((sum, row) => sum + row.events, 0);
  const live = seen.data !== undefined && events <= LIVE_EVENTS_MAX;
  const ledger_looks = Math.floor(look / LEDGER_LOOKS);
  const ledger = useReport(`${clicks} ${ledger_looks} ${live ? events : ''}`, (signal) =>
    reports.ledger(site.site, signal),
  );
  const settled = !seen.loading && !ledger.loading;

  useEffect(() => {
    if (!live || !settled) return;
    const next = () => again(undefined);
    if (document.hidden) {
      document.addEventListener('visibilitychange', next, { once: true });
      return () => document.removeEventListener('visibilitychange', next);
    }
    const timer = setTimeout(next, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [look, clicks, live, settled]);

  const refresh = () => click(undefined);
  return (
    <>
      <Loaded report={{ ...seen, retry: refresh }} heights={[320]} quiet>
        {(view) => (
          <>
            <Seen view={view} core={site.settings.tag === 'core'} live={live} refresh={refresh} />
            {view.latest.length > 0 && <Latest view={view} />}
          </>
        )}
      </Loaded>
      {!(seen.error && ledger.error) && (
        <Loaded report={{ ...ledger, retry: refresh }} heights={[120]} quiet>
          {(view) => <Delivery ledger={view} lost={seen.data?.lost} refresh={refresh} />}
        </Loaded>
      )}
    </>
  );
}

import type { SeenView, Site } from '@throughline/contract';
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

const isLive = (seen: SeenView) => seen.seen.reduce((sum, { events }) => sum + events, 0) <= LIVE_EVENTS_MAX;

/** What has been seen and what became of it. A shop at its beginning is looked at again every few seconds, while the page is in sight. */
export function Arrived({ site }: { site: Site }) {
  const [look, again] = useReducer((count: number, _action: undefined) => count + 1, 0);
  const key = `${site.site} ${look}`;
  const seen = useReport(key, (signal) => reports.seen(site.site, signal));
  const ledger = useReport(key, (signal) => reports.ledger(site.site, signal));
  const live = seen.data !== undefined && isLive(seen.data);
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
  }, [look, live, settled]);

  const refresh = () => again(undefined);
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

import { useEffect, useState } from 'preact/hooks';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { usePlace } from '../../url/place.ts';

const ASK_AGAIN_MS = 1_000;

/** Says that changed rules are still being applied, for as long as they are. `applying`: whether they were when the rules came. */
export function Applying({ applying }: { applying: boolean }) {
  const { site } = usePlace();
  const [asked, setAsked] = useState(0);
  const report = useReport(
    `${site.site} ${asked}`,
    asked === 0 ? undefined : (signal) => reports.rules(site.site, signal),
  );
  const going = report.data?.applying ?? applying;
  useEffect(() => {
    if (!going || report.loading) return undefined;
    const timer = setTimeout(() => setAsked(asked + 1), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [going, report.loading, asked]);
  return going ? <p role="status">{words.value.identity.applying}</p> : null;
}

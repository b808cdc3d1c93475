import type { Site } from '@throughline/contract';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { pinnedPolicy, pinnedSnippet, policy } from './examples.ts';

/** For shops that say which scripts may run: what to allow, and a line whose file can be nothing but what it names. */
export function StrictPolicy({ site }: { site: Site }) {
  const t = words.value.set_up;
  const tag = useReport(site.site, (signal) => reports.tag(site.site, signal));
  const build = site.settings.tag ?? 'complete';
  return (
    <div class="set-up-texts strict-policy">
      <p class="quiet">{t.policy}</p>
      <Copyable text={policy(location.origin)} />
      <div>
        <h3>{t.pinned}</h3>
        <p class="quiet">{t.pinned_text}</p>
      </div>
      <Loaded report={tag} heights={[64]}>
        {({ pinned: { [build]: pinned } }) => (
          <>
            <Copyable text={pinnedSnippet(location.origin, site, pinned)} />
            <p>{t.pinned_cost}</p>
            <p class="quiet">{t.pinned_policy}</p>
            <Copyable text={pinnedPolicy(location.origin, pinned)} />
          </>
        )}
      </Loaded>
    </div>
  );
}

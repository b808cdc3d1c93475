import type { OverviewView } from '@throughline/contract';
import { reports } from '../api/reports.ts';
import { useReport } from '../api/use-report.ts';
import { useFormat } from '../format/use-format.ts';
import { words } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { usePlace } from '../url/place.ts';

/**
 * A report without people: why, and what to do next. Robots may have come all the same, or people who did something else; without `view`
 * of these dates the overview is asked, which costs little where nobody came.
 */
export function Nobody({ view }: { view?: OverviewView }) {
  const place = usePlace();
  const { site, range } = place;
  const t = words.value.states;
  const report = useReport(
    `${site.site} ${range.from} ${range.to}`,
    view ? undefined : (signal) => reports.overview(site.site, range, signal),
  );
  const { title, text, to_set_up } = useReason(view ?? report.data);
  if (report.loading)
    return (
      <Card>
        <Skeleton heights={[220]} />
      </Card>
    );
  return (
    <Card>
      <EmptyState title={title} text={text}>
        {place.choice !== '12m' && <Button onClick={() => place.set({ range: '12m' })}>{t.longer}</Button>}
        {to_set_up && (
          <a class="button button-main" href={place.href('/setup')}>
            {to_set_up}
          </a>
        )}
      </EmptyState>
    </Card>
  );
}

/** In words. A question that failed leaves the plainest answer. */
function useReason(view: OverviewView | undefined): { title: string; text: string; to_set_up: string } {
  const format = useFormat();
  const { counts, states: t } = words.value;
  if (view && view.people > 0)
    return {
      title: t.others_title,
      text: t.others_text(counts.people(view.people, format.exact(view.people))),
      to_set_up: '',
    };
  if (view && view.robots.events > 0)
    return {
      title: t.robots_title,
      text: t.robots_text(
        counts.events(view.robots.events, format.exact(view.robots.events)),
        counts.sessions(view.robots.visits, format.exact(view.robots.visits)),
      ),
      to_set_up: t.to_seen,
    };
  return { title: t.empty_title, text: t.empty_text, to_set_up: t.to_set_up };
}

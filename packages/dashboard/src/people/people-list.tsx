import type { PeopleOf } from '@throughline/contract';
import './people-list.css';
import { useFormat } from '../format/use-format.ts';
import { words } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { usePlace } from '../url/place.ts';
import { ExportButton } from './export-button.tsx';
import { PeopleTable } from './people-table.tsx';
import { countedAs, perOf } from './unit.ts';
import { type PeopleList as List, usePeople } from './use-people.ts';

/**
 * Who is behind a number, with the file to take along. `clicked`: how many the reader was promised.
 * `outdated`: the reader is already typing the next search, and the list is shown dimmed.
 */
export function PeopleList({
  of,
  search,
  clicked,
  narrow,
  outdated,
}: {
  of: PeopleOf;
  search: string;
  clicked?: number;
  narrow?: boolean;
  outdated?: boolean;
}) {
  const { site } = usePlace();
  const report = usePeople(site.site, of, search);
  return (
    <Loaded
      report={{ ...report, loading: report.loading || (outdated ?? false) }}
      heights={[40, 48, 48, 48, 48]}
    >
      {(list) => (
        <>
          <Head list={list} of={of} search={search} {...(clicked === undefined ? {} : { clicked })} />
          {list.people.length === 0 ? (
            <EmptyState title={words.value.people.none_title} text={words.value.people.none_text} />
          ) : (
            <PeopleTable people={list.people} narrow={narrow ?? false} />
          )}
          {list.moreError && <ErrorState error={list.moreError} retry={() => list.more?.()} />}
          {list.more && !list.moreError && (
            <Button disabled={list.loadingMore} onClick={list.more}>
              {list.loadingMore ? words.value.states.loading : words.value.people.more}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}

function Head({ list, of, search, clicked }: { list: List; of: PeopleOf; search: string; clicked?: number }) {
  const format = useFormat();
  const t = words.value;
  return (
    <div class="people-head">
      <div>
        <p class="people-total" role="status">
          {countedAs(perOf(of), list.total, format.exact(list.total))}
        </p>
        {list.total > 0 && <p class="quiet">{t.people.ever}</p>}
        {clicked !== undefined && clicked !== list.total && search === '' && (
          <p class="quiet">{t.people.moved(format.exact(clicked))}</p>
        )}
      </div>
      {list.total > 0 && <ExportButton of={of} search={search} />}
    </div>
  );
}

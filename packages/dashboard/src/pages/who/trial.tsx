import type { RulesTrialView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { mask } from '../../people/mask.ts';
import { shortId } from '../../people/person-name.ts';
import { Money } from '../../ui/money.tsx';
import { Table } from '../../ui/table.tsx';
import { usePlace } from '../../url/place.ts';

/** What changed rules would do to the people there are. */
export function Trial({ view }: { view: RulesTrialView }) {
  const place = usePlace();
  const format = useFormat();
  const t = words.value.identity;
  const same =
    view.joined + view.split + view.lost + view.found + view.visits_moved + view.orders_moved === 0;
  const figures: [string, string][] = [
    [t.customers, `${format.exact(view.customers.before)} → ${format.exact(view.customers.after)}`],
    [t.would_join, format.exact(view.joined)],
    [t.would_split, format.exact(view.split)],
    [t.lost, format.exact(view.lost)],
    [t.found, format.exact(view.found)],
    [t.visits_moved, format.exact(view.visits_moved)],
    [t.orders_moved, format.exact(view.orders_moved)],
  ];
  return (
    <section class="trial" aria-label={t.trial}>
      <h3>{t.trial}</h3>
      {same && <p>{t.trial_none}</p>}
      {!view.complete && <p>{t.incomplete}</p>}
      {!same && (
        <dl>
          {figures.map(([label, shown]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{shown}</dd>
            </div>
          ))}
          <div>
            <dt>{t.revenue_moved}</dt>
            <dd>
              <Money value={view.revenue_moved} currency={view.currency} tight />
            </dd>
          </div>
        </dl>
      )}
      {view.top.length > 0 && (
        <Table
          caption={t.cases}
          rows={view.top}
          rowKey={({ people }) => people.join()}
          columns={[
            {
              key: 'case',
              title: t.case,
              cell: ({ kind, people, becomes }) => (
                <>
                  {kind === 'joined' ? t.joined(format.exact(people.length)) : t.split(format.exact(becomes))}
                  {people.slice(0, 3).map((id) => (
                    <span key={id}>
                      {' · '}
                      <a href={place.href(`/people/${encodeURIComponent(id)}`)}>{shortId(id)}</a>
                    </span>
                  ))}
                </>
              ),
            },
            {
              key: 'identifiers',
              title: t.hangs_by,
              extra: true,
              cell: ({ identifiers }) =>
                identifiers
                  .map(({ kind, value }) => `${named('identifiers', kind)} ${mask(value)}`)
                  .join(', '),
            },
            {
              key: 'revenue',
              title: words.value.map.revenue,
              number: true,
              cell: ({ revenue }) => <Money value={revenue} currency={view.currency} tight />,
            },
          ]}
        />
      )}
    </section>
  );
}

import type { OverviewView } from '@throughline/contract';
import type { ComponentChildren } from 'preact';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';
import { usePlace } from '../../url/place.ts';

/** The few numbers that say how it goes, each with its change against the time before. */
export function Figures({ view, before }: { view: OverviewView; before: OverviewView | undefined }) {
  const { range } = usePlace();
  const format = useFormat();
  const t = words.value.overview;
  const change = (of: (view: OverviewView) => number) => {
    const then = before ? of(before) : 0;
    return then > 0 ? of(view) / then - 1 : undefined;
  };
  const who = (what: 'people' | 'known' | 'buyers', title: string) => ({
    of: { report: 'overview' as const, request: range, what },
    title,
  });
  const share = ({ buyers, people }: OverviewView) => (people > 0 ? buyers / people : 0);
  /** Of the orders whose money is known. */
  const average = ({ orders, other_currency_orders, revenue }: OverviewView) =>
    orders > other_currency_orders ? revenue / (orders - other_currency_orders) : 0;
  const elsewhere = view.other_currency_orders;
  const { robots } = view;
  /** Nothing to compare with: no room is kept for it. */
  const first = before?.people === 0 && before.orders === 0;
  return (
    <>
      <section class={first ? 'figures figures-first' : 'figures'} aria-label={t.title}>
        <Figure label={t.people} change={change((v) => v.people)}>
          <Count value={view.people} who={who('people', words.value.people.everyone)} />
        </Figure>
        <Figure label={t.known} change={change((v) => v.known_people)}>
          <Count value={view.known_people} who={who('known', t.known)} />
        </Figure>
        <Figure label={t.sessions} change={change((v) => v.sessions)}>
          <Count value={view.sessions} />
        </Figure>
        <Figure label={t.buyers} change={change((v) => v.buyers)}>
          <Count value={view.buyers} who={who('buyers', t.buyers)} />
        </Figure>
        <Figure label={t.conversion} change={change(share)}>
          {format.share(share(view))}
        </Figure>
        <Figure label={t.orders} change={change((v) => v.orders)}>
          <Count value={view.orders} />
        </Figure>
        <Figure label={t.revenue} change={change((v) => v.revenue)}>
          <Money value={view.revenue} currency={view.currency} tight />
        </Figure>
        <Figure label={t.order_value} change={change(average)}>
          <Money value={average(view)} currency={view.currency} tight />
        </Figure>
      </section>
      {elsewhere > 0 && (
        <p class="quiet">
          {t.other_currency(words.value.counts.orders(elsewhere, format.exact(elsewhere)), view.currency)}
        </p>
      )}
      {robots.events > 0 && (
        <p class="quiet">
          {t.robots(
            words.value.counts.sessions(robots.visits, format.exact(robots.visits)),
            words.value.counts.events(robots.events, format.exact(robots.events)),
          )}
        </p>
      )}
    </>
  );
}

function Figure({
  label,
  change,
  children,
}: {
  label: string;
  change: number | undefined;
  children: ComponentChildren;
}) {
  const format = useFormat();
  const tone = change === undefined || change === 0 ? '' : change > 0 ? 'figure-up' : 'figure-down';
  const shown = change === undefined ? '' : format.change(change);
  return (
    <div class="figure">
      <span class="figure-label">{label}</span>
      <span class="figure-value">{children}</span>
      <span class={`figure-change ${tone}`} title={shown && words.value.overview.before(shown)}>
        {shown}
      </span>
    </div>
  );
}

import type { SeenView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { tellers } from '../../i18n/told-by.ts';
import { named, words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { eventIcon } from '../../ui/event-icon.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Checked, checklist, folded, robotsIn, type Wanted } from './checklist.ts';

interface SeenProps {
  view: SeenView;
  /** The core build sees less by itself. */
  core: boolean;
  live: boolean;
  refresh(): void;
}

/** Does it work? What has been seen, by whom and when; what to try for what has not. */
export function Seen({ view, core, live, refresh }: SeenProps) {
  const format = useFormat();
  const t = words.value.set_up;
  const list = checklist(view);
  const { first, rest } = folded(list);
  const robots = robotsIn(view);
  const robots_shown = words.value.counts.events(robots.events, format.exact(robots.events));
  const only_robots = robots.events > 0 && list.every(({ events }) => events === 0);
  return (
    <Card
      title={t.seen}
      hint={`${t.seen_text(view.days, format.exact(view.days))}${live ? ` ${t.seen_live}` : ''}`}
      actions={
        <Button kind="quiet" onClick={refresh}>
          {t.refresh}
        </Button>
      }
    >
      {only_robots && (
        <div class="set-up-warn" role="status">
          <strong>{t.only_robots_title}</strong>
          <p>{t.only_robots(robots_shown)}</p>
        </div>
      )}
      <Lines list={first} days={view.days} core={core} />
      {rest.length > 0 && (
        <details class="set-up-more">
          <summary>{t.seen_rest(format.exact(rest.length))}</summary>
          <Lines list={rest} days={view.days} core={core} />
        </details>
      )}
      {robots.events > 0 && !only_robots && (
        <p class="quiet">{t.robots_seen(robots_shown, format.ago(robots.last_seen))}</p>
      )}
    </Card>
  );
}

interface LinesProps {
  list: readonly Checked[];
  /** How far back was looked. */
  days: number;
  core: boolean;
}

function Lines({ list, days, core }: LinesProps) {
  return (
    <ul class="seen">
      {list.map((checked) => (
        <Line key={checked.name} checked={checked} days={days} core={core} />
      ))}
    </ul>
  );
}

/** What went wrong for a visitor: seen as well, and nothing to be glad of. */
const TROUBLE: readonly string[] = [
  'cart_refused',
  'form_abandoned',
  'rage_click',
  'error_seen',
  'page_slow',
];

/** What the core build sees, or is told by others. */
const OF_CORE: readonly string[] = ['page_viewed', 'search', 'order_completed'];

function Line({ checked, days, core }: Omit<LinesProps, 'list'> & { checked: Checked }) {
  const { name, events, last_seen, by } = checked;
  const format = useFormat();
  const t = words.value.set_up;
  const hint = core && !OF_CORE.includes(name) ? t.core_hint : t.hints[name as Wanted];
  const trouble = TROUBLE.includes(name);
  return (
    <li
      class={['seen-line', events === 0 && 'seen-never', trouble && 'seen-trouble'].filter(Boolean).join(' ')}
    >
      <span class="seen-mark">
        <Icon name={events > 0 && !trouble ? 'check' : eventIcon(name)} size={16} />
      </span>
      <strong>{name === '' ? t.seen_other : named('events', name)}</strong>
      {events > 0 ? (
        <>
          <span class="seen-by">{[...new Set(by.flatMap(tellers))].join(', ')}</span>
          <span class="seen-times">{words.value.counts.times(format.count(events))}</span>
          <time class="seen-last" dateTime={last_seen} title={format.moment(last_seen)}>
            {format.ago(last_seen)}
          </time>
        </>
      ) : (
        <>
          <span class="seen-by">{hint}</span>
          <span class="seen-last">{t.seen_never(days, format.exact(days))}</span>
        </>
      )}
    </li>
  );
}

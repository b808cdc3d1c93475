import type { MapRequest, MapTouchpoint } from '@throughline/contract';
import './touchpoint-cell.css';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { showPeople } from '../../state/people.ts';
import { eventIcon } from '../../ui/event-icon.ts';
import { Icon } from '../../ui/icon.tsx';

/** One touchpoint, tinted by how many people met it. */
export function TouchpointCell({
  touchpoint,
  share,
  stage,
  request,
}: {
  touchpoint: MapTouchpoint;
  /** 0 to 1, against the busiest touchpoint on the map. */
  share: number;
  stage: string;
  request: MapRequest;
}) {
  const format = useFormat();
  const t = words.value;
  const name = named(touchpoint.kind === 'channel' ? 'channels' : 'events', touchpoint.name);
  const title = touchpoint.kind === 'channel' ? t.map.who_channel(name) : t.map.who_touchpoint(name, stage);
  const people = t.counts.people(touchpoint.people, format.exact(touchpoint.people));
  const bought = touchpoint.people > 0 ? format.share(touchpoint.buyers / touchpoint.people) : t.none;
  return (
    <li>
      <button
        type="button"
        class="touchpoint"
        // A square root keeps the small ones apart; a few per cent remain for the very smallest.
        style={{ '--tint': `${Math.round(6 + 24 * Math.sqrt(share))}%` }}
        title={`${people} · ${t.counts.events(touchpoint.events, format.exact(touchpoint.events))}`}
        aria-label={`${title}: ${people}`}
        onClick={() =>
          showPeople({
            of: { report: 'map', request, touchpoint: touchpoint.id },
            title,
            people: touchpoint.people,
          })
        }
      >
        <Icon name={touchpoint.kind === 'channel' ? 'link' : eventIcon(touchpoint.name)} size={15} />
        <span class="touchpoint-name">{name}</span>
        <span class="touchpoint-people">{format.short(touchpoint.people)}</span>
        {touchpoint.friction > 0 && (
          <span class="touchpoint-friction" title={t.map.friction_hint}>
            <Icon name="warning" size={12} />
            {format.short(touchpoint.friction)}
          </span>
        )}
        <span class="touchpoint-bought">
          {bought} {t.map.bought}
        </span>
      </button>
    </li>
  );
}

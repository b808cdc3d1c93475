import type { CustomerSession } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EventLine } from './event-line.tsx';
import { Stitch } from './stitch.tsx';

const EVENTS_AT_FIRST = 30;

/** One visit: when, from where, on what, why it belongs here, and what happened in it. */
export function Visit({ session }: { session: CustomerSession }) {
  const format = useFormat();
  const { customer: t } = words.value;
  const [all, setAll] = useState(false);
  const seconds = (Date.parse(session.ended_at) - Date.parse(session.started_at)) / 1000;
  const events = all ? session.events : session.events.slice(0, EVENTS_AT_FIRST);
  const machine = [
    session.device && named('devices', session.device),
    session.browser,
    session.os,
    session.country && format.country(session.country),
  ].filter(Boolean);
  return (
    <li class="visit">
      <header class="visit-head">
        <span class="visit-mark">
          <Icon
            name={session.device === 'mobile' || session.device === 'tablet' ? 'mobile' : 'desktop'}
            size={16}
          />
        </span>
        <div>
          <h3>
            {format.day(session.started_at)}, {format.time(session.started_at)}
            {seconds >= 1 && <span class="quiet"> · {t.length(format.duration(seconds))}</span>}
          </h3>
          <p class="quiet">
            <span class="visit-channel">{named('channels', session.channel)}</span>
            {session.campaign && ` · ${session.campaign}`}
            {machine.map((part) => ` · ${part}`)}
          </p>
          <Stitch session={session} />
        </div>
      </header>
      <ol class="events">
        {events.map((event) => (
          <EventLine key={event.event_id} event={event} />
        ))}
      </ol>
      {events.length < session.events.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t.events_more(format.exact(session.events.length))}
        </Button>
      )}
    </li>
  );
}

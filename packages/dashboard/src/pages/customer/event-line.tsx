import type { CustomerEvent } from '@throughline/contract';
import './event-line.css';
import { useFormat } from '../../format/use-format.ts';
import { toldBy } from '../../i18n/told-by.ts';
import { named, words } from '../../i18n/words.ts';
import { eventIcon } from '../../ui/event-icon.ts';
import { Icon } from '../../ui/icon.tsx';
import { Money } from '../../ui/money.tsx';
import { safeLink } from '../../url/safe-link.ts';

/** One event. Everything in it is what somebody sent, and is shown as text; only http addresses become links. */
export function EventLine({ event }: { event: CustomerEvent }) {
  const format = useFormat();
  const t = words.value.customer;
  const properties = Object.entries(event.properties);
  const bad = event.name === 'rage_click' || event.name === 'error_seen' || event.name === 'form_abandoned';
  return (
    <li
      class={['event', event.name === 'order_completed' && 'event-order', bad && 'event-bad']
        .filter(Boolean)
        .join(' ')}
    >
      <time class="event-time" dateTime={event.time}>
        {format.time(event.time)}
      </time>
      <span class="event-mark">
        <Icon name={eventIcon(event.name)} size={15} />
      </span>
      <div class="event-body">
        <p>
          <strong>{named('events', event.name)}</strong>
          {(event.title || event.path) && (
            <span class="quiet event-page">
              {event.title} {event.path && <code>{event.path}</code>}
            </span>
          )}
          {event.order_id && <span class="quiet"> · {t.order(event.order_id)}</span>}
          {event.total !== null && (
            <strong class="event-money">
              <Money value={event.total} currency={event.currency} />
            </strong>
          )}
        </p>
        {event.products.length > 0 && (
          <ul class="event-products">
            {event.products.map((product, index) => (
              <li key={index}>
                <span>{product.name || product.product_id || words.value.unknown}</span>
                {product.quantity > 1 && (
                  <span class="quiet"> {words.value.counts.times(format.exact(product.quantity))}</span>
                )}
                {product.price > 0 && (
                  <span class="event-price">
                    <Money value={product.price} currency={event.currency} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {properties.length > 0 && (
          <details class="event-details">
            <summary>{t.details}</summary>
            <dl>
              {properties.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <Value text={value} />
                  </dd>
                </div>
              ))}
              <div>
                <dt>{words.value.properties['reader']}</dt>
                <dd>{toldBy(event)}</dd>
              </div>
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

function Value({ text }: { text: string }) {
  const link = safeLink(text);
  if (!link) return <>{text}</>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

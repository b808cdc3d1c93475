import type { CustomerView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import './profile.css';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { isHash, isPersonal, mask } from '../../people/mask.ts';
import { personName } from '../../people/person-name.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Money } from '../../ui/money.tsx';
import { Identifiers } from './identifiers.tsx';
import { PutRight } from './put-right.tsx';

export function Profile({ view }: { view: CustomerView }) {
  const format = useFormat();
  const { customer: t, counts, people, map, none } = words.value;
  const [masked, setMasked] = useState(true);
  return (
    <Card>
      <div>
        <h1 class="profile-name">{personName(view)}</h1>
        <p class="quiet">
          {view.known ? people.known : people.anonymous} · <code>{view.id}</code>
        </p>
      </div>
      <dl class="profile-facts">
        <Fact label={map.revenue}>{view.revenue === 0 ? none : <Money value={view.revenue} />}</Fact>
        <Fact label={people.orders}>{format.count(view.orders)}</Fact>
        <Fact label={people.sessions}>{format.count(view.sessions)}</Fact>
        <Fact label={t.browsers}>{format.count(view.visitors)}</Fact>
        <Fact label={t.first_touch}>{named('channels', view.first_channel)}</Fact>
        <Fact label={people.country}>{view.country ? format.country(view.country) : none}</Fact>
        <Fact label={people.first_seen}>{format.day(view.first_seen)}</Fact>
        <Fact label={people.last_seen}>{format.day(view.last_seen)}</Fact>
        <Fact label={people.events}>{counts.events(view.events, format.exact(view.events))}</Fact>
      </dl>
      <Identifiers of={view.identifiers} masked={masked} />
      {Object.keys(view.traits).length > 0 && (
        <section class="profile-list">
          <h2>{t.traits}</h2>
          <ul>
            {Object.entries(view.traits).map(([name, value]) => (
              <li key={name}>
                <span class="quiet">{name}</span>
                <span>{masked && (isPersonal(value) || isHash(value)) ? mask(value) : value}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.identifiers.length > 0 && (
        <div class="profile-reveal">
          <Button onClick={() => setMasked(!masked)}>{masked ? t.reveal : t.mask}</Button>
        </div>
      )}
      <PutRight view={view} />
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

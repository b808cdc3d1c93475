import type { PersonSummary } from '@throughline/contract';
import './people-table.css';
import { useFormat } from '../format/use-format.ts';
import { named, words } from '../i18n/words.ts';
import { clicked } from '../state/people.ts';
import { Money } from '../ui/money.tsx';
import { Table } from '../ui/table.tsx';
import { usePlace } from '../url/place.ts';
import { personName, shortId } from './person-name.ts';

export function PeopleTable({ people, narrow }: { people: readonly PersonSummary[]; narrow?: boolean }) {
  const format = useFormat();
  const t = words.value.people;
  return (
    <Table
      caption={t.title}
      rows={people}
      rowKey={(person) => `${person.id} ${person.session_id ?? ''}`}
      columns={[
        { key: 'person', title: t.person, cell: (person) => <PersonLink person={person} /> },
        {
          key: 'channel',
          title: t.channel,
          extra: true,
          cell: (person) => named('channels', person.first_channel),
        },
        ...(narrow
          ? []
          : [
              {
                key: 'country',
                title: t.country,
                extra: true,
                cell: (person: PersonSummary) =>
                  person.country ? format.country(person.country) : words.value.none,
              },
              {
                key: 'sessions',
                title: t.sessions,
                number: true,
                extra: true,
                cell: (person: PersonSummary) => format.count(person.sessions),
              },
            ]),
        { key: 'orders', title: t.orders, number: true, cell: (person) => format.count(person.orders) },
        {
          key: 'revenue',
          title: t.revenue,
          number: true,
          cell: (person) =>
            person.revenue === 0 ? (
              words.value.none
            ) : (
              <Money value={person.revenue} tight={narrow ?? false} />
            ),
        },
        {
          key: 'last',
          title: t.last_seen,
          number: true,
          extra: true,
          cell: (person) => (
            <span title={format.moment(person.last_seen)}>{format.day(person.last_seen)}</span>
          ),
        },
      ]}
    />
  );
}

function PersonLink({ person }: { person: PersonSummary }) {
  const place = usePlace();
  const t = words.value;
  return (
    <a
      class="person"
      href={place.href(`/people/${encodeURIComponent(person.id)}`)}
      onClick={() => (clicked.value = undefined)}
    >
      <span class={person.known ? 'person-dot person-known' : 'person-dot'} aria-hidden="true" />
      <span>
        <span class="person-name">{personName(person)}</span>
        <span class="person-sub">
          {person.known ? t.people.known : t.people.anonymous}
          {(person.label || !person.known) && ` · ${shortId(person.id)}`}
        </span>
      </span>
    </a>
  );
}

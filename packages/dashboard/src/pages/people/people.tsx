import { useState } from 'preact/hooks';
import './people.css';
import { words } from '../../i18n/words.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { usePlace } from '../../url/place.ts';

/** Everybody of the chosen dates, to be found by a name or an identifier. */
export function People() {
  const place = usePlace();
  const t = words.value.people;
  // Not in the address: what is searched for is often somebody's e-mail.
  const [search, setSearch] = useState('');
  return (
    <div class="page">
      <PageTitle name={t.title} />
      <Card>
        <search class="people-search">
          <Field label={t.search}>
            <input
              type="search"
              class="control"
              placeholder={t.search_hint}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value.trim())}
            />
          </Field>
        </search>
        <PeopleList of={{ report: 'everyone', request: place.range }} search={search} />
      </Card>
    </div>
  );
}

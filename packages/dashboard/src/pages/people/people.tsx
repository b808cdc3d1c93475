import { useState } from 'preact/hooks';
import './people.css';
import { words } from '../../i18n/words.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { usePlace } from '../../url/place.ts';

/** Milliseconds of rest in the typing before a search is sent. */
const REST = 250;

/** Everybody of the chosen dates, to be found by a name or an identifier. */
export function People() {
  const place = usePlace();
  const t = words.value.people;
  // Not in the address: what is searched for is often somebody's e-mail.
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), REST);
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
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </Field>
        </search>
        <PeopleList
          of={{ report: 'everyone', request: place.range }}
          search={search}
          outdated={search !== typed.trim()}
        />
      </Card>
    </div>
  );
}

import type { CustomerView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import './customer.css';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useTabTitle } from '../../ui/page-title.tsx';
import { usePlace } from '../../url/place.ts';
import { Changed } from './changed.ts';
import { Profile } from './profile.tsx';
import { Timeline } from './timeline.tsx';

/** One person: who they are, and everything they did, newest visit first. */
export function Customer() {
  const { params } = useRoute();
  const { site, href } = usePlace();
  useTabTitle(words.value.people.title);
  const id = params['id'] ?? '';
  // A change by hand makes the page ask again.
  const [changes, setChanges] = useState(0);
  const report = useReport(`${site.site} ${id} ${changes}`, (signal) =>
    reports.customer(site.site, id, undefined, signal),
  );
  return (
    <div class="page">
      <a class="customer-back" href={href('/people')}>
        <Icon name="back" size={16} />
        {words.value.customer.back}
      </a>
      <Loaded report={report} heights={[120, 400]}>
        {(view) => (
          <Changed.Provider value={() => setChanges(changes + 1)}>
            <Body key={`${view.id} ${changes}`} view={view} />
          </Changed.Provider>
        )}
      </Loaded>
    </div>
  );
}

function Body({ view }: { view: CustomerView }) {
  return (
    <div class="customer">
      <Profile view={view} />
      <Timeline view={view} />
    </div>
  );
}

import './who.css';
import { words } from '../../i18n/words.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Mends } from './mends.tsx';
import { Rules } from './rules.tsx';
import { SharedDevices } from './shared-devices.tsx';

/** How visits become people: shared browsers, what was changed by hand, and the rules. */
export function WhoIsWho() {
  const t = words.value.identity;
  return (
    <div class="page">
      <PageTitle name={t.title} />
      <p class="quiet">{t.lead}</p>
      <SharedDevices />
      <Mends />
      <Rules />
    </div>
  );
}

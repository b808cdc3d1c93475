import './set-up.css';
import { words } from '../../i18n/words.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { usePlace } from '../../url/place.ts';
import { Arrived } from './arrived.tsx';
import { ByHand } from './by-hand.tsx';
import { Consent } from './consent.tsx';
import { FromServer } from './from-server.tsx';
import { TheLine } from './the-line.tsx';

/** How events get here, whether they do, and what became of those that did. */
export function SetUp() {
  const { site } = usePlace();
  return (
    <div class="page">
      <PageTitle name={words.value.set_up.title} />
      <TheLine key={`line ${site.site}`} site={site} />
      <Arrived key={site.site} site={site} />
      <ByHand site={site} />
      <FromServer site={site} />
      <Consent core={site.settings.tag === 'core'} />
    </div>
  );
}

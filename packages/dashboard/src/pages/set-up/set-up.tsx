import './set-up.css';
import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { usePlace } from '../../url/place.ts';
import { Delivery } from './delivery.tsx';
import { calls, curl, sdk, snippet } from './examples.ts';

/** How events get here, and what became of those that did. */
export function SetUp() {
  const { site } = usePlace();
  const t = words.value.set_up;
  return (
    <div class="page">
      <PageTitle name={t.title} />
      <Card title={t.snippet} hint={t.snippet_text}>
        <Copyable text={snippet(location.origin, site)} />
        <p class="quiet">
          {t.hosts}: {site.hosts.length > 0 ? site.hosts.join(', ') : t.any_host}
        </p>
        <h3>{t.calls}</h3>
        <Copyable text={calls(site.currency)} />
      </Card>
      <Delivery />
      <Card title={t.track} hint={t.track_text}>
        <Copyable text={curl(location.origin)} />
        <h3>{t.sdk}</h3>
        <Copyable text={sdk(location.origin)} />
      </Card>
    </div>
  );
}

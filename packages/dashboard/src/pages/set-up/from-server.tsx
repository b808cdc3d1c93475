import type { Site } from '@throughline/contract';
import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { curl, sdk, webhook } from './examples.ts';

/** What comes from no browser: the shop's own server, and its platform. */
export function FromServer({ site }: { site: Site }) {
  const t = words.value.set_up;
  return (
    <Card title={t.track} hint={t.track_text}>
      <Copyable text={curl(location.origin, site.currency)} />
      <h3>{t.sdk}</h3>
      <Copyable text={sdk(location.origin, site.currency)} />
      <div>
        <h3>{t.webhook}</h3>
        <p class="quiet">{t.webhook_text}</p>
      </div>
      <Copyable text={webhook(site.site)} />
    </Card>
  );
}

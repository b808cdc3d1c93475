import type { Site } from '@throughline/contract';
import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { attributes, calls } from './examples.ts';

/** What a page says for itself, in mark-up or in script. */
export function ByHand({ site }: { site: Site }) {
  const t = words.value.set_up;
  return (
    <Card title={t.hand} hint={t.hand_text}>
      <div>
        <h3>{t.attributes}</h3>
        <p class="quiet">{t.attributes_text}</p>
      </div>
      <Copyable text={attributes(site.currency)} />
      <h3>{t.calls}</h3>
      <Copyable text={calls(site, t.code)} />
    </Card>
  );
}

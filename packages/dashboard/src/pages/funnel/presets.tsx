import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import type { FunnelDraft } from '../../url/funnel.ts';
import { FUNNEL_PRESETS } from '../../url/funnel-presets.ts';

export function Presets({ choose }: { choose(draft: FunnelDraft): void }) {
  const t = words.value.funnel;
  return (
    <>
      {(['preset_shop', 'preset_signup', 'preset_return'] as const).map((name, index) => (
        <Button key={name} kind={index === 0 ? 'main' : 'plain'} onClick={() => choose(FUNNEL_PRESETS[name])}>
          {t[name]}
        </Button>
      ))}
    </>
  );
}

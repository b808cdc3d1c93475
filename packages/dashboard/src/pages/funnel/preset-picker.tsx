import { words } from '../../i18n/words.ts';
import { Select } from '../../ui/select.tsx';
import { type FunnelDraft, formatFunnel } from '../../url/funnel.ts';
import { FUNNEL_PRESETS } from '../../url/funnel-presets.ts';

/** Replaces the funnel by a ready-made one, and shows which one it is while it is unchanged. */
export function PresetPicker({ draft, choose }: { draft: FunnelDraft; choose(draft: FunnelDraft): void }) {
  const t = words.value.funnel;
  const same = (name: keyof typeof FUNNEL_PRESETS) =>
    formatFunnel(FUNNEL_PRESETS[name]) === formatFunnel(draft);
  const names = Object.keys(FUNNEL_PRESETS) as (keyof typeof FUNNEL_PRESETS)[];
  return (
    <Select
      label={t.presets}
      hidden_label
      value={names.find(same) ?? ''}
      choices={[
        { value: '', label: `${t.presets}…` },
        ...names.map((name) => ({ value: name as string, label: t[name] })),
      ]}
      onChange={(value) => {
        const name = names.find((each) => each === value);
        if (name) choose(FUNNEL_PRESETS[name]);
      }}
    />
  );
}

import type { NamesView, Per } from '@throughline/contract';
import './funnel-options.css';
import { propertyChoices } from '../../api/use-names.ts';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Select } from '../../ui/select.tsx';
import type { FunnelDraft, FunnelOrder } from '../../url/funnel.ts';

const WINDOWS = ['1800', '86400', '604800', '2592000', '7776000'] as const;

export function FunnelOptions({
  draft,
  names,
  change,
}: {
  draft: FunnelDraft;
  names: NamesView;
  change(draft: FunnelDraft): void;
}) {
  const format = useFormat();
  const t = words.value.funnel;
  const windows = WINDOWS.map((value) => ({ value: value as string, label: t.windows[value] }));
  const window = String(draft.window_s);
  // A link may carry any window; it is shown as it is.
  if (!windows.some((choice) => choice.value === window))
    windows.push({ value: window, label: format.duration(draft.window_s) });
  return (
    <div class="funnel-options">
      <Select
        label={t.window}
        value={window}
        choices={windows}
        onChange={(value) => change({ ...draft, window_s: Number(value) })}
      />
      <Select
        label={t.per}
        value={draft.per}
        choices={Object.entries(t.pers).map(([value, label]) => ({ value, label }))}
        onChange={(value) => change({ ...draft, per: value as Per })}
      />
      <Select
        label={t.order}
        value={draft.order}
        choices={Object.entries(t.orders).map(([value, label]) => ({ value, label }))}
        onChange={(value) => change({ ...draft, order: value as FunnelOrder })}
      />
      <Select
        label={t.breakdown}
        value={draft.breakdown}
        choices={[{ value: '', label: t.no_breakdown }, ...propertyChoices(names, draft.breakdown)]}
        onChange={(value) => change({ ...draft, breakdown: value })}
      />
    </div>
  );
}

import './range-picker.css';
import { useFormat } from '../format/use-format.ts';
import { words } from '../i18n/words.ts';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { usePlace } from '../url/place.ts';
import { formatRange, PRESETS, type RangeChoice } from '../url/range.ts';

/** The dates of every report on the page, kept in the address. */
export function RangePicker() {
  const place = usePlace();
  const format = useFormat();
  const t = words.value.shell;
  const { choice, days } = place;
  const choose = (chosen: RangeChoice) => place.set({ range: formatRange(chosen) });
  const custom = typeof choice !== 'string';
  return (
    <div class="range-picker">
      {custom ? (
        <CustomDays days={days} choose={choose} />
      ) : (
        <span class="range-days">{format.days(days.first, days.last)}</span>
      )}
      <Select
        label={t.range}
        hidden_label
        value={custom ? 'custom' : choice}
        choices={[...PRESETS, 'custom' as const].map((value) => ({ value, label: t.ranges[value] }))}
        onChange={(value) => choose(value === 'custom' ? days : (value as RangeChoice))}
      />
    </div>
  );
}

function CustomDays({
  days,
  choose,
}: {
  days: { first: string; last: string };
  choose(choice: RangeChoice): void;
}) {
  const t = words.value.shell;
  const set = (changes: { first?: string; last?: string }) => {
    const next = { ...days, ...changes };
    // A cleared date says nothing; days in the wrong order are taken as one day.
    if (!next.first || !next.last) return;
    if (next.first > next.last)
      choose(changes.first ? { ...next, last: next.first } : { ...next, first: next.last });
    else choose(next);
  };
  return (
    <>
      <Field label={t.from} hidden_label>
        <input
          type="date"
          class="control"
          value={days.first}
          onChange={(event) => set({ first: event.currentTarget.value })}
        />
      </Field>
      <Field label={t.to} hidden_label>
        <input
          type="date"
          class="control"
          value={days.last}
          onChange={(event) => set({ last: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}

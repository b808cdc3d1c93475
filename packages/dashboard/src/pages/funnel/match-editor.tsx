import { type EventMatch, type Filter, LIMITS, type NamesView } from '@throughline/contract';
import { eventChoices } from '../../api/use-names.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { FilterEditor } from './filter-editor.tsx';

/** One event of a step, with what must be true of it. */
export function MatchEditor({
  match,
  first,
  names,
  change,
  remove,
}: {
  match: EventMatch;
  first: boolean;
  names: NamesView;
  change(match: EventMatch): void;
  /** Absent for the only event of a step. */
  remove?(): void;
}) {
  const t = words.value.funnel;
  const where = match.where ?? [];
  const setWhere = (next: Filter[]) =>
    change({ event: match.event, ...(next.length > 0 ? { where: next } : {}) });
  return (
    <div class="match">
      <div class="match-event">
        {!first && <span class="match-or">{t.or}</span>}
        <Select
          label={t.event}
          hidden_label
          value={match.event}
          choices={eventChoices(names, [match.event])}
          onChange={(event) => change({ ...match, event })}
        />
        {where.length < LIMITS.filters_max && (
          <Button
            kind="quiet"
            icon="funnel"
            label={t.add_filter}
            onClick={() => setWhere([...where, { property: 'channel', op: 'eq', value: '' }])}
          />
        )}
        {remove && <Button kind="quiet" icon="close" label={t.remove_event} onClick={remove} />}
      </div>
      {where.map((filter, at) => (
        <FilterEditor
          key={at}
          filter={filter}
          names={names}
          change={(next) => setWhere(where.with(at, next))}
          remove={() => setWhere(where.toSpliced(at, 1))}
        />
      ))}
    </div>
  );
}

import './count.css';
import { useFormat } from '../format/use-format.ts';
import { countedAs, perOf } from '../people/unit.ts';
import { type Clicked, showPeople } from '../state/people.ts';

/** A number of people behind which the people are. `tight` shortens it from 100,000 on; the title is always exact. */
export function Count({
  value,
  who,
  tight,
}: {
  value: number;
  /** Absent where the API lists nobody for this number. */
  who?: Omit<Clicked, 'people'>;
  tight?: boolean;
}) {
  const format = useFormat();
  const shown = tight ? format.short(value) : format.count(value);
  const exact = format.exact(value);
  if (!who || value === 0) return <span title={shown === exact ? undefined : exact}>{shown}</span>;
  return (
    <button
      type="button"
      class="count"
      title={exact}
      aria-label={`${who.title}: ${countedAs(perOf(who.of), value, exact)}`}
      onClick={() => showPeople({ ...who, people: value })}
    >
      {shown}
    </button>
  );
}

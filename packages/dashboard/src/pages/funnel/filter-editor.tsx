import { type Filter, type NamesView, OPERATORS, type Operator } from '@throughline/contract';
import { propertyChoices } from '../../api/use-names.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { operandOf, operandText } from './operand.ts';

export function FilterEditor({
  filter,
  names,
  change,
  remove,
}: {
  filter: Filter;
  names: NamesView;
  change(filter: Filter): void;
  remove(): void;
}) {
  const t = words.value.funnel;
  const text = operandText(filter);
  const list = filter.op === 'in' || filter.op === 'not_in';
  const label = list ? t.value_list : t.value;
  return (
    <div class="filter">
      <Select
        label={t.property}
        hidden_label
        value={filter.property}
        choices={propertyChoices(names, filter.property)}
        onChange={(property) => change({ ...filter, property })}
      />
      <Select
        label={t.operator}
        hidden_label
        value={filter.op}
        choices={OPERATORS.map((value) => ({ value, label: words.value.operators[value] }))}
        onChange={(op) => change(operandOf(filter.property, op as Operator, text))}
      />
      <Button kind="quiet" icon="close" label={t.remove_filter} onClick={remove} />
      {filter.op !== 'exists' && filter.op !== 'not_exists' && (
        <span class="filter-value">
          <Field label={label} hidden_label>
            <input
              class="control"
              placeholder={label}
              value={text}
              onChange={(event) => change(operandOf(filter.property, filter.op, event.currentTarget.value))}
            />
          </Field>
        </span>
      )}
    </div>
  );
}

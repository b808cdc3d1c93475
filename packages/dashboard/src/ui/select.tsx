import { Field } from './field.tsx';

export interface Choice {
  value: string;
  label: string;
  /** Choices with the same group stand together under its name. */
  group?: string;
}

interface SelectProps {
  label: string;
  hidden_label?: boolean;
  value: string;
  choices: readonly Choice[];
  onChange(value: string): void;
}

/** The browser's own select: it works by keyboard, by touch and by voice, on every device. */
export function Select({ label, hidden_label, value, choices, onChange }: SelectProps) {
  const groups = [...new Set(choices.map((choice) => choice.group ?? ''))];
  return (
    <Field label={label} hidden_label={hidden_label ?? false}>
      <select class="control" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {groups.map((group) => {
          const options = choices
            .filter((choice) => (choice.group ?? '') === group)
            .map((choice) => (
              <option key={choice.value} value={choice.value} selected={choice.value === value}>
                {choice.label}
              </option>
            ));
          return group === '' ? (
            options
          ) : (
            <optgroup key={group} label={group}>
              {options}
            </optgroup>
          );
        })}
      </select>
    </Field>
  );
}

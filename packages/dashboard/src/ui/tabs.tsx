import './tabs.css';

/** A choice of one among few, all in sight: radio buttons that look like tabs, so the arrow keys work by themselves. */
export function Tabs({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange(value: string): void;
}) {
  return (
    <fieldset class="tabs">
      <legend class="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="tab">
          <input
            type="radio"
            name={label}
            class="unseen"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

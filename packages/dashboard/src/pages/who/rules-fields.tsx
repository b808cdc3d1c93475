import { IDENTIFIER_KINDS, type IdentityRules } from '@throughline/contract';
import { named, words } from '../../i18n/words.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';

interface Props {
  rules: IdentityRules;
  onChange(rules: IdentityRules): void;
}

/** Every rule as a control. */
export function RulesFields({ rules, onChange }: Props) {
  const t = words.value.identity;
  const set = (changes: Partial<IdentityRules>) => onChange({ ...rules, ...changes });
  return (
    <>
      <div class="rules-fields">
        <div>
          <Whole
            label={t.look_back}
            value={rules.look_back_days}
            onChange={(look_back_days) => set({ look_back_days })}
          />
          <p class="quiet">{t.look_back_hint}</p>
        </div>
        <div>
          <Whole
            label={t.look_back_alone}
            value={rules.look_back_alone_days}
            onChange={(look_back_alone_days) => set({ look_back_alone_days })}
          />
          <p class="quiet">{t.look_back_alone_hint}</p>
        </div>
        <div>
          <Whole
            label={t.public_from}
            value={rules.visitor_customers_max}
            onChange={(visitor_customers_max) => set({ visitor_customers_max })}
          />
          <p class="quiet">{t.public_hint}</p>
        </div>
        <Field label={t.blocked}>
          <textarea
            class="control"
            value={rules.blocked_values.join('\n')}
            onInput={(event) => set({ blocked_values: event.currentTarget.value.split('\n') })}
          />
        </Field>
      </div>
      <div class="rules-switches">
        <Switch
          label={t.logout}
          on={rules.logout_ends_ownership}
          onChange={(logout_ends_ownership) => set({ logout_ends_ownership })}
        />
        <Switch
          label={t.proof}
          on={rules.proof_required}
          onChange={(proof_required) => set({ proof_required })}
        />
      </div>
      <Kinds rules={rules} onChange={onChange} />
      <p class="quiet">{t.off}</p>
    </>
  );
}

function Kinds({ rules, onChange }: Props) {
  const t = words.value.identity;
  const of = (kind: (typeof IDENTIFIER_KINDS)[number]) =>
    rules.kinds[kind] ?? { strength: 'weak' as const, max_customers: 0 };
  const set = (kind: (typeof IDENTIFIER_KINDS)[number], changes: Partial<ReturnType<typeof of>>) =>
    onChange({ ...rules, kinds: { ...rules.kinds, [kind]: { ...of(kind), ...changes } } });
  return (
    <div class="rules-kinds">
      <Table
        caption={t.kinds}
        rows={IDENTIFIER_KINDS}
        rowKey={(kind) => kind}
        columns={[
          { key: 'kind', title: t.kind, cell: (kind) => named('identifiers', kind) },
          {
            key: 'strength',
            title: t.strength,
            cell: (kind) => (
              <Select
                label={`${t.strength}: ${named('identifiers', kind)}`}
                hidden_label
                value={of(kind).strength}
                choices={[
                  { value: 'strong', label: t.strong },
                  { value: 'weak', label: t.weak },
                ]}
                onChange={(value) => set(kind, { strength: value === 'strong' ? 'strong' : 'weak' })}
              />
            ),
          },
          {
            key: 'shared',
            title: t.shared_by,
            cell: (kind) => (
              <Whole
                label={`${t.shared_by}: ${named('identifiers', kind)}`}
                hidden_label
                value={of(kind).max_customers}
                onChange={(max_customers) => set(kind, { max_customers })}
              />
            ),
          },
        ]}
      />
    </div>
  );
}

function Whole(props: {
  label: string;
  hidden_label?: boolean;
  value: number;
  onChange(value: number): void;
}) {
  return (
    <Field label={props.label} hidden_label={props.hidden_label ?? false}>
      <input
        class="control"
        type="number"
        min={0}
        step={1}
        value={props.value}
        onInput={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isInteger(value)) props.onChange(value);
        }}
      />
    </Field>
  );
}

function Switch({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

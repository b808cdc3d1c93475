import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Table } from '../../ui/table.tsx';
import { consentCalls } from './examples.ts';

/** What may be recorded before a visitor has chosen, and how a banner tells the choice. `core`: that build knows no Consent Mode. */
export function Consent({ core }: { core: boolean }) {
  const t = words.value.set_up;
  const modes = [
    { mode: '', means: t.consent_none_means },
    { mode: 'required', means: t.consent_required_means },
    { mode: 'cookieless', means: t.consent_cookieless_means },
  ];
  return (
    <Card title={t.consent} hint={t.consent_text}>
      <Table
        caption={t.consent}
        rows={modes}
        rowKey={({ mode }) => mode}
        columns={[
          {
            key: 'mode',
            title: t.consent_mode,
            cell: ({ mode }) => (mode === '' ? t.consent_none : <Attribute value={mode} />),
          },
          { key: 'means', title: t.consent_meaning, cell: ({ means }) => means },
        ]}
      />
      <div>
        <h3>{t.consent_calls}</h3>
        {!core && <p class="quiet">{t.consent_google}</p>}
      </div>
      <Copyable text={consentCalls(t.code)} />
    </Card>
  );
}

/** On a narrow screen it is broken before the value alone. */
function Attribute({ value }: { value: string }) {
  return (
    <code>
      <span class="unbroken">{`data-consent=`}</span>
      <wbr />
      <span class="unbroken">{`"${value}"`}</span>
    </code>
  );
}

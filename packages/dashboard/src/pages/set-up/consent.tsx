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
    { mode: 'data-consent="required"', means: t.consent_required_means },
    { mode: 'data-consent="cookieless"', means: t.consent_cookieless_means },
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
            cell: ({ mode }) => (mode === '' ? t.consent_none : <code class="unbroken">{mode}</code>),
          },
          { key: 'means', title: t.consent_meaning, cell: ({ means }) => means },
        ]}
      />
      <div>
        <h3>{t.consent_calls}</h3>
        {!core && <p class="quiet">{t.consent_google}</p>}
      </div>
      <Copyable text={consentCalls} />
    </Card>
  );
}

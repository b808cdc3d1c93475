import type { Mend } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { mask } from '../../people/mask.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Table } from '../../ui/table.tsx';
import { usePlace } from '../../url/place.ts';
import { MendForm } from '../customer/mend-form.tsx';

/** What was changed by hand, by whom and why; each can be taken back. */
export function Mends() {
  const { site } = usePlace();
  const format = useFormat();
  const { identity: t, mend: words_of_mend } = words.value;
  const [changes, setChanges] = useState(0);
  const [undoing, setUndoing] = useState<string>();
  const report = useReport(`${site.site} ${changes}`, (signal) => reports.mends(site.site, signal));
  const by = (author: string) =>
    author === 'session' ? t.by_dashboard : author === 'admin' ? t.by_api : author;
  const what = ({ kind, identifiers, visit, time, author }: Mend) => (
    <>
      {Object.hasOwn(t.kinds_of_mend, kind) ? t.kinds_of_mend[kind] : kind}
      {visit && ` · ${format.moment(visit.began)}`}
      {identifiers.map((one) => ` · ${named('identifiers', one.kind)} ${mask(one.value)}`)}
      <span class="who-when quiet">
        {format.moment(time)} · {by(author)}
      </span>
    </>
  );
  const undo = ({ mend, undone }: Mend) =>
    undone ? (
      <span class="quiet">{words_of_mend.undone}</span>
    ) : (
      <Button kind="quiet" onClick={() => setUndoing(mend)}>
        {words_of_mend.undo}
      </Button>
    );
  return (
    <Card title={t.mends}>
      {undoing !== undefined && (
        <MendForm
          key={undoing}
          request={{ undo: { mend: undoing } }}
          onDone={() => {
            setUndoing(undefined);
            setChanges(changes + 1);
          }}
          onCancel={() => setUndoing(undefined)}
        />
      )}
      <Loaded report={report} heights={[80]}>
        {({ mends }) =>
          mends.length === 0 ? (
            <p class="quiet">{t.mends_none}</p>
          ) : (
            <Table
              caption={t.mends}
              rows={mends}
              rowKey={({ mend }) => mend}
              columns={[
                { key: 'what', title: t.what, cell: what },
                { key: 'why', title: t.why, cell: ({ reason }) => <span class="who-why">{reason}</span> },
                { key: 'undo', title: words_of_mend.undo, cell: undo },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

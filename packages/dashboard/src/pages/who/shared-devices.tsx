import type { SharedDevice } from '@throughline/contract';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { personName } from '../../people/person-name.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Table } from '../../ui/table.tsx';
import { usePlace } from '../../url/place.ts';

/** Browsers that several people were identified on, and whose events they have. */
export function SharedDevices() {
  const place = usePlace();
  const format = useFormat();
  const { identity: t, counts } = words.value;
  const report = useReport(place.site.site, (signal) => reports.sharedDevices(place.site.site, signal));
  const hands = (device: SharedDevice) => (
    <span class="who-hands">
      {device.people.map((person) => (
        <span key={person.id}>
          <a href={place.href(`/people/${encodeURIComponent(person.id)}`)}>{personName(person)}</a>{' '}
          <span class="quiet">{counts.events(person.events, format.exact(person.events))}</span>
        </span>
      ))}
    </span>
  );
  const did = ({ rules }: SharedDevice) =>
    rules.map(({ rule, stretches }) => (
      <span key={rule} class="who-did quiet">
        {t.rules_of_devices[rule]?.(stretches, format.exact(stretches)) ??
          `${format.exact(stretches)} ${rule}`}
      </span>
    ));
  return (
    <Card title={t.shared}>
      <Loaded report={report} heights={[80]}>
        {(view) =>
          view.shared === 0 ? (
            <p class="quiet">{t.shared_none}</p>
          ) : (
            <>
              <p>
                {t.shared_line(
                  format.exact(view.shared),
                  format.exact(view.known),
                  view.people,
                  format.exact(view.people),
                )}{' '}
                {view.public > 0 && t.public_line(view.public, format.exact(view.public))}
              </p>
              <Table
                caption={t.shared}
                rows={view.devices}
                rowKey={(device) => device.visitor_id}
                columns={[
                  {
                    key: 'browser',
                    title: t.browser,
                    cell: (device) => (
                      <>
                        {device.device === '' ? t.no_device : named('devices', device.device)}
                        {device.public && <span class="who-public">{t.public}</span>}
                      </>
                    ),
                  },
                  { key: 'hands', title: t.hands, cell: hands },
                  { key: 'rules', title: t.by_rules, cell: did, extra: true },
                  {
                    key: 'last_seen',
                    title: t.last_seen,
                    extra: true,
                    cell: (device) => (
                      <span class="who-date">
                        {device.last_seen ? format.day(device.last_seen) : words.value.none}
                      </span>
                    ),
                  },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

import type { PeopleOf, PersonSummary } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { ApiError } from '../api/call.ts';
import { reports } from '../api/reports.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useFormat } from '../format/use-format.ts';
import type { Catalogue } from '../i18n/en.ts';
import { named, words } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { usePlace } from '../url/place.ts';
import { csv } from './csv.ts';
import { collectPeople, EXPORT_PEOPLE_MAX } from './export-people.ts';

export function ExportButton({ of, search }: { of: PeopleOf; search: string }) {
  const { site, days } = usePlace();
  const format = useFormat();
  const [state, setState] = useState<{ running: boolean; note: string }>({ running: false, note: '' });
  const t = words.value.people;

  const run = async () => {
    setState({ running: true, note: t.exporting(format.exact(0)) });
    const { people, cut } = await collectPeople(
      (request) => reports.people(site.site, request),
      { of, ...(search ? { search } : {}) },
      (so_far) => setState({ running: true, note: t.exporting(format.exact(so_far)) }),
    );
    download(`throughline-${site.site}-${days.first}-${days.last}.csv`, table(people, words.value));
    setState({ running: false, note: cut ? t.export_cut(format.exact(EXPORT_PEOPLE_MAX)) : '' });
  };
  const failed = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    setState({ running: false, note: sentenceOf(error) });
  };

  return (
    <div class="export">
      <span class="quiet" role="status">
        {state.note}
      </span>
      <Button icon="download" disabled={state.running} onClick={() => void run().catch(failed)}>
        {t.export}
      </Button>
    </div>
  );
}

function table(people: readonly PersonSummary[], words: Catalogue): string {
  const t = words.people;
  const head = [t.id, t.label, t.known, t.first_seen, t.last_seen, t.channel, t.country];
  const numbers = [t.visitors, t.sessions, t.events, t.orders, t.revenue].map(t.ever_of);
  return csv([
    [...head, ...numbers],
    ...people.map((person) => [
      person.id,
      person.label,
      person.known ? t.known : t.anonymous,
      person.first_seen,
      person.last_seen,
      named('channels', person.first_channel),
      person.country,
      person.visitors,
      person.sessions,
      person.events,
      person.orders,
      person.revenue,
    ]),
  ]);
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

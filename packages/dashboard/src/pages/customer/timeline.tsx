import type { CustomerSession, CustomerView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import './timeline.css';
import { ApiError } from '../../api/call.ts';
import { reports } from '../../api/reports.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { usePlace } from '../../url/place.ts';
import { Visit } from './visit.tsx';

export function Timeline({ view }: { view: CustomerView }) {
  const { site } = usePlace();
  const t = words.value;
  const [earlier, setEarlier] = useState<{ sessions: CustomerSession[]; next: string | undefined }>({
    sessions: [],
    next: view.next,
  });
  const [state, setState] = useState<{ loading: boolean; error?: ApiError }>({ loading: false });
  const more = () => {
    setState({ loading: true });
    reports.customer(site.site, view.id, earlier.next).then(
      (page) => {
        setEarlier({ sessions: [...earlier.sessions, ...page.sessions_list], next: page.next });
        setState({ loading: false });
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setState({ loading: false, error });
      },
    );
  };
  return (
    <Card title={t.customer.timeline}>
      <ol class="visits">
        {[...view.sessions_list, ...earlier.sessions].map((session) => (
          <Visit
            key={`${session.visitor_id} ${session.session_id} ${session.started_at}`}
            session={session}
          />
        ))}
      </ol>
      {state.error && <ErrorState error={state.error} retry={more} />}
      {earlier.next && !state.error && (
        <Button disabled={state.loading} onClick={more}>
          {state.loading ? t.states.loading : t.customer.more}
        </Button>
      )}
    </Card>
  );
}

import { useEffect, useState } from 'preact/hooks';
import './sign-in.css';
import { ApiError } from '../api/call.ts';
import { reports } from '../api/reports.ts';
import { words } from '../i18n/words.ts';
import { Preferences } from '../shell/preferences.tsx';
import { loadSession } from '../state/session.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Logo } from '../ui/logo.tsx';
import { address } from '../url/address.ts';

const COMMAND = 'npx throughline sign-in';

/** Takes the one-time token out of the address, so that neither history nor a shared screen keeps it, and trades it for the cookie. */
export function SignIn() {
  const [token] = useState(takeToken);
  const [error, setError] = useState<ApiError>();
  const working = token !== '' && error === undefined;

  const signIn = () => {
    setError(undefined);
    reports
      .signIn(token)
      .then(() => {
        history.replaceState(null, '', address('/', {}));
        return loadSession();
      })
      .catch((reason: unknown) => {
        if (!(reason instanceof ApiError)) throw reason;
        setError(reason);
      });
  };
  useEffect(() => {
    if (token !== '') signIn();
  }, []);

  // A used link is the reader's to replace; anything else, like a server that is down, may be tried again.
  const refused = error !== undefined && error.status >= 400 && error.status < 500 && error.status !== 429;
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <div class="sign-in-brand">
          <Logo size={36} />
          <span>{words.value.name}</span>
        </div>
        {error && !refused ? (
          <ErrorState error={error} retry={signIn} />
        ) : (
          <Help working={working} refused={refused} />
        )}
      </div>
      <Preferences />
    </main>
  );
}

function Help({ working, refused }: { working: boolean; refused: boolean }) {
  const t = words.value.sign_in;
  if (working) return <p role="status">{t.working}</p>;
  return (
    <>
      <h1>{refused ? t.used_title : t.title}</h1>
      {!refused && <p>{t.lead}</p>}
      <p role={refused ? 'alert' : undefined}>{refused ? t.used_text : t.how}</p>
      <pre>
        <code>{COMMAND}</code>
      </pre>
      <p class="quiet">{t.open_it}</p>
    </>
  );
}

function takeToken(): string {
  if (location.pathname !== '/sign-in') return '';
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', '/sign-in');
  return token;
}

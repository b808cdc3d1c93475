import { useEffect } from 'preact/hooks';
import { LocationProvider } from 'preact-iso';
import { NoSite } from './pages/no-site.tsx';
import { Pages } from './pages/pages.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { loadSession, session } from './state/session.ts';
import { ErrorState } from './ui/error-state.tsx';
import { Skeleton } from './ui/skeleton.tsx';

/** The door: who has a session sees the pages, everybody else how to get one. */
export function App() {
  return (
    <LocationProvider>
      <Door />
    </LocationProvider>
  );
}

function Door() {
  const { state, sites, error } = session.value;
  const signingIn = location.pathname === '/sign-in' && state !== 'signed_in';
  useEffect(() => {
    if (!signingIn) void loadSession();
  }, []);
  if (signingIn || state === 'signed_out') return <SignIn />;
  if (state === 'failed' && error) return <ErrorState error={error} retry={() => void loadSession()} />;
  if (state === 'loading') return <Skeleton heights={[56, 96, 320]} />;
  return sites.length === 0 ? <NoSite /> : <Pages />;
}

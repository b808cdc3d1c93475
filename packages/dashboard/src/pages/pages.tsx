import { DASHBOARD_PAGES, type DashboardPage } from '@throughline/contract';
import type { ComponentType } from 'preact';
import { Route, Router } from 'preact-iso';
import { Shell } from '../shell/shell.tsx';
import { Customer } from './customer/customer.tsx';
import { Funnel } from './funnel/funnel.tsx';
import { JourneyMap } from './map/journey-map.tsx';
import { NotFound } from './not-found.tsx';
import { Overview } from './overview/overview.tsx';
import { Paths } from './paths/paths.tsx';
import { People } from './people/people.tsx';
import { SetUp } from './set-up/set-up.tsx';
import { WhoIsWho } from './who/who-is-who.tsx';

/** Every address the server answers with this page has its component here, or this does not compile. */
const COMPONENTS: Record<DashboardPage, ComponentType> = {
  '/': Overview,
  '/overview': Overview,
  '/sign-in': Overview,
  '/map': JourneyMap,
  '/funnel': Funnel,
  '/paths': Paths,
  '/people': People,
  '/people/:id': Customer,
  '/who': WhoIsWho,
  '/setup': SetUp,
};

export function Pages() {
  return (
    <Shell>
      <Router>
        {DASHBOARD_PAGES.map((path) => (
          <Route key={path} path={path} component={COMPONENTS[path]} />
        ))}
        <Route default component={NotFound} />
      </Router>
    </Shell>
  );
}

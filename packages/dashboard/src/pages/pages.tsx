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

export function Pages() {
  return (
    <Shell>
      <Router>
        <Route path="/" component={Overview} />
        <Route path="/overview" component={Overview} />
        <Route path="/sign-in" component={Overview} />
        <Route path="/map" component={JourneyMap} />
        <Route path="/funnel" component={Funnel} />
        <Route path="/paths" component={Paths} />
        <Route path="/people" component={People} />
        <Route path="/people/:id" component={Customer} />
        <Route path="/setup" component={SetUp} />
        <Route default component={NotFound} />
      </Router>
    </Shell>
  );
}

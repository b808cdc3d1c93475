import { everyScenario } from './every-scenario.ts';
import { findWebKit, launchWebKit } from './webkit.ts';

everyScenario({
  name: 'WebKit',
  file: findWebKit(),
  launch: launchWebKit,
  lacks: { status: true, paint: true },
});

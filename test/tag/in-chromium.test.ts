import { openChromium } from './chromium.ts';
import { everyScenario } from './every-scenario.ts';

// Found or brought along by itself, so never skipped.
everyScenario({ name: 'Chromium', file: 'chromium', launch: openChromium, lacks: {} });

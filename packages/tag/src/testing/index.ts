export { findChromium, launchChromium } from './chromium.ts';

export { CHROMIUM_FLAGS, findChromium, launchChromium } from './chromium.ts';

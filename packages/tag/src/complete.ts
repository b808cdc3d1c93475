// biome-ignore-all assist/source/organizeImports: of some hundred orders tried, in this one the build takes the fewest bytes.
import { forms } from './features/forms.ts';
import { stop } from './features/stop.ts';
import { cartFetches, cartForms } from './features/cart.ts';
import { linker } from './features/linker.ts';
import { errors } from './features/errors.ts';
import { pages } from './features/pages.ts';
import { engagement } from './features/engagement.ts';
import { clicks } from './features/clicks.ts';
import { accounts } from './features/accounts.ts';
import { dataLayer } from './features/data-layer.ts';
import { once } from './features/once.ts';
import { paste } from './snippet.ts';
import { see } from './recorder.ts';
import { whenUsed } from './used.ts';
import { attributes } from './features/attributes.ts';
import { peers } from './features/peers.ts';
import { debug } from './features/debug.ts';
import { identity } from './features/identity.ts';

// `stop` hears of all changes to the page, `clicks` sees a link before `linker` changes it, and `once` looks at a sighting before
// the other watchers do. `forms` has a last word when the page is left, so it does not wait for the first touch.
//# ahead: cleanUrl decide keepCookie on patch see settle start visitorId whenThere
paste(() => {
  stop(see);
  engagement(see);
  identity(see);
  accounts(see);
  peers(see);
  pages(see);
  debug(see);
  errors(see);
  whenUsed(() => {
    clicks(see);
    linker(see);
    attributes(see);
    cartForms(see);
  });
  once(see);
  forms(see);
  cartFetches(see);
  dataLayer(see);
});

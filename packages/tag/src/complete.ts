// biome-ignore-all assist/source/organizeImports: in this order the build takes the fewest bytes, 20 below the middle.
import { forms } from './features/forms.ts';
import { dataLayer } from './features/data-layer.ts';
import { stop } from './features/stop.ts';
import { attributes } from './features/attributes.ts';
import { peers } from './features/peers.ts';
import { engagement } from './features/engagement.ts';
import { debug } from './features/debug.ts';
import { pages } from './features/pages.ts';
import { linker } from './features/linker.ts';
import { clicks } from './features/clicks.ts';
import { identity } from './features/identity.ts';
import { paste } from './snippet.ts';
import { errors } from './features/errors.ts';
import { once } from './features/once.ts';
import { cart } from './features/cart.ts';

// `stop` hears of all changes to the page, `clicks` sees a link before `linker` changes it, `once` looks at a sighting before
// the other watchers do, and what is told of a page that is left comes before the next page.
//# allFunctionsCalledOnLoad
paste([
  stop,
  engagement,
  identity,
  peers,
  clicks,
  linker,
  debug,
  forms,
  once,
  pages,
  errors,
  cart,
  dataLayer,
  attributes,
]);

import { attributes } from './features/attributes.ts';
import { pages } from './features/pages.ts';
import { see } from './recorder.ts';
import { paste } from './snippet.ts';

// In this order it takes the fewest bytes.
//# ahead: cleanUrl decide guarded idle keepCookie on patch schedule see seen settle start view visitorId
paste(() => {
  attributes(see);
  pages(see);
});

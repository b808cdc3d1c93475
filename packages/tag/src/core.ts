import { attributes } from './features/attributes.ts';
import { pages } from './features/pages.ts';
import { see } from './recorder.ts';
import { paste } from './snippet.ts';

// In this order it takes the fewest bytes.
//# ahead: cleanUrl decide keepCookie on patch see settle start visitorId
paste(() => {
  attributes(see);
  pages(see);
});

import { attributes } from './features/attributes.ts';
import { noContacts } from './features/no-contacts.ts';
import { pages } from './features/pages.ts';
import { see } from './recorder.ts';
import { paste } from './snippet.ts';

// In this order it takes the fewest bytes.
//# ahead: cleanUrl decide guarded idle keepCookie on patch schedule see seen settle start view visitorId
paste(() => {
  pages(see);
  attributes(see);
  noContacts(see);
});

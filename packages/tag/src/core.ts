import { attributes } from './features/attributes.ts';
import { pages } from './features/pages.ts';
import { paste } from './snippet.ts';

paste([pages, attributes]);

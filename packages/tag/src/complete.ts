import { attributes } from './features/attributes.ts';
import { debug } from './features/debug.ts';
import { pages } from './features/pages.ts';
import { stop } from './features/stop.ts';
import { paste } from './snippet.ts';

paste([stop, debug, pages, attributes]);

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Context, Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The shop's own pages: its scripts, its styles, the tag, and the tag's batches; all from here. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface Storefront {
  app: Hono;
  /** Names the site whose key stands in the snippet. */
  feed(site: string): void;
}

/** The demo shop of examples/storefront under /demo/, with the tag pasted in. */
export function createStorefront(folder: string): Storefront {
  const app = new Hono();
  let key = '';
  const serve = async (context: Context, name: string) => {
    const file = await readShopFile(folder, name);
    if (file === undefined) return context.text('There is no such page in the demo shop.', 404);
    return context.body(file.text.replaceAll('SITE_KEY', key), 200, {
      'content-type': file.type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
  };
  app.get('/demo', (context) => context.redirect('/demo/', 308));
  app.get('/demo/', (context) => serve(context, 'index.html'));
  app.get('/demo/products/:id', (context) => serve(context, 'product.html'));
  app.get('/demo/js/:file', (context) => serve(context, `js/${context.req.param('file')}`));
  app.get('/demo/:file', (context) => serve(context, context.req.param('file')));
  return {
    app,
    feed: (site) => {
      key = site;
    },
  };
}

async function readShopFile(
  folder: string,
  name: string,
): Promise<{ type: string; text: string } | undefined> {
  const type = TYPES[path.extname(name)];
  // A name of these characters cannot leave the folder.
  if (type === undefined || !/^(js\/)?[a-z0-9-]+\.[a-z]+$/.test(name)) return undefined;
  try {
    return { type, text: await readFile(path.join(folder, name), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

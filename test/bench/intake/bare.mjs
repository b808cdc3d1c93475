// The plainest alternative: a Hono route that reads the body and answers 202. Nothing is kept.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.post('/e', async (c) => {
  await c.req.text();
  return c.body(null, 202);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);

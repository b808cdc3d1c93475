import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { noLog } from './log.ts';
import { openStore } from './open.ts';
import { StoreError } from './store.ts';

const on = (url: string, more = {}) => openStore({ clickhouse: { url, ...more }, log: noLog });

/** A server that answers everything with one status and text. */
async function answering(status: number, code: string, text: string) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'X-ClickHouse-Exception-Code': code }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('an address where nothing answers is named, without the password in it', async () => {
  const error = await on('http://me:hunter2@127.0.0.1:9/').catch((thrown) => thrown);
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({
    ambiguous: false,
    message:
      'ClickHouse did not answer at http://127.0.0.1:9 during the query (ECONNREFUSED). ' +
      'Check CLICKHOUSE_URL, and that the server runs and can be reached from here.',
  });
});

test('a wrong password points to the settings that hold it', async () => {
  const text =
    'Code: 516. DB::Exception: me: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)';
  const server = await answering(403, '516', text);
  await expect(on(server.url, { user: 'me', password: 'hunter2' })).rejects.toThrow(
    `ClickHouse at ${server.url} refused the user me (code 516). Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.`,
  );
  server.close();
});

test('something else at the address is told as such', async () => {
  const server = await answering(404, '', '<html>not here</html>');
  await expect(on(server.url)).rejects.toThrow(
    /^What answered at http:\/\/127\.0\.0\.1:\d+ is not ClickHouse\. Check CLICKHOUSE_URL/,
  );
  server.close();
});

test.each([
  ['no address', { url: 'clickhouse' }, 'CLICKHOUSE_URL is not an address like http://localhost:8123.'],
  [
    'another protocol',
    { url: 'tcp://h:9000' },
    'CLICKHOUSE_URL is not an address like http://localhost:8123.',
  ],
  [
    'a hostile database',
    { url: 'http://h:8123', database: 'a; DROP' },
    'CLICKHOUSE_DATABASE may hold letters',
  ],
])('%s stops the start with one sentence', async (_name, clickhouse, message) => {
  await expect(openStore({ clickhouse, log: noLog })).rejects.toThrow(message);
});

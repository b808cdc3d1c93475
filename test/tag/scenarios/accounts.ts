import { createHash } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import { expect, it } from 'vitest';
import { ACCOUNTS } from '../platform-acts.ts';
import { example } from '../recorded-shop.ts';
import { type Stage, TAG } from '../stage.ts';

const EMAIL_SHA256 = createHash('sha256').update('an.nguyen@mail.example').digest('hex');

/** Fills in one of a platform's forms and sends it; the shop leads on to `leads_to`, where the tag finds what was tried. */
export async function sendAccountForm(
  { shop, browser, open, run, settled, until }: Stage,
  { platform, form, leads_to }: { platform: string; form: string; leads_to: string },
): Promise<void> {
  await open(example(platform), `/${platform}`);
  const at = await run<string>(
    `new URL(document.querySelector('${form}').getAttribute('action') || location, location).pathname`,
  );
  // It takes a moment to make the hash, and less than any shop takes to answer.
  shop.answers = { [at]: { location: leads_to, after_ms: 100 } };
  if (await run(`!!document.querySelector('${form} [type=email]')`))
    await browser.type(`${form} [type=email]`, 'An.Nguyen@Mail.example');
  for (const id of await run<string[]>(
    `[...document.querySelectorAll('${form} [type=password]')].map(({ id }) => id)`,
  ))
    await browser.type(`#${id}`, 'a-long-secret');
  await settled();
  await run(`window.before = true`);
  await browser.click(`${form} button`);
  // Another document, which has found what was tried on the one before.
  await until(`!window.before && window.throughline && !localStorage['tl_t']`);
}

export function accounts(stage: Stage): void {
  it('records every platform’s sign-up that goes well, naming the customer by a hash, and log-ins, but none that fails', async () => {
    const { shop } = stage;
    const send = (platform: string, form: string, leads_to: string) =>
      sendAccountForm(stage, { platform, form, leads_to });
    for (const { platform, sign_up } of ACCOUNTS) await send(platform, sign_up, '/welcome');
    // By an e-mail address and by a name.
    const logIns = ACCOUNTS.slice(0, 2);
    for (const { platform, log_in } of logIns) await send(platform, log_in, '/welcome');
    for (const { platform, log_in } of logIns.slice(0, 1)) await send(platform, log_in, `/${platform}`);

    const signUps = await shop.recorded('signup_completed', ACCOUNTS.length);
    expect(new Set(signUps.map(({ reader }) => reader))).toEqual(new Set(['form']));
    await shop.recorded('login', logIns.length);
    const links = await shop.store.query<{ identifiers: Identifier[] }>({
      sql: 'SELECT identifiers FROM links WHERE event_id IN {ids:Array(String)}',
      params: { ids: signUps.map(({ event_id }) => event_id) },
    });
    expect(links).toEqual(ACCOUNTS.map(() => ({ identifiers: [{ kind: 'email', value: EMAIL_SHA256 }] })));
    expect(JSON.stringify(await shop.all())).not.toMatch(/secret|Mail\.example/i);
  });

  it('records no log-in that failed when the page that it was tried from is gone back to', async () => {
    const { shop, browser, open, run, until } = stage;
    await open(TAG, '/home');
    await open(
      `${TAG}<form id="customer_login"><input type="email" value="an@mail.example"><input type="password" value="wrong"><button>in</button></form><script>document.forms[0].onsubmit = () => false;</script>`,
      '/login',
    );
    await browser.click('button');
    await until(`localStorage['tl_t']`);
    await run(`setTimeout(() => history.back())`);
    await until(`location.pathname === '/home'`);
    await stage.settled();
    await open(TAG, '/last');
    await shop.recorded('page_viewed', 4);
    await shop.recorded('login', 0);
    await shop.recorded('signup_completed', 0);
  });

  it('records a log-in that is sent right after the page came, and answered late', async () => {
    const { shop, open, until } = stage;
    shop.answers['/account/login'] = { location: '/account', after_ms: 600 };
    await open(
      `${TAG}<form id="customer_login" action="/account/login" method="post"><input type="email" value="an@mail.example"><input type="password" name="p" value="secret"><button>in</button></form><script>addEventListener('load', () => setTimeout(() => document.querySelector('button').click(), 200))</script>`,
    );
    await until(`location.pathname === '/account'`);
    await shop.recorded('login');
  });
}

import { createHash } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import { expect, it } from 'vitest';
import { personOf } from '../person-of.ts';
import { type Stage, TAG, tagWith } from '../stage.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Lets the page see what leaves it. */
const OVERHEAR = `<script>window.sent = []; const plain = fetch; window.fetch = (to, options) => (sent.push(options.body), plain(to, options));</script>`;

export function identity(stage: Stage): void {
  it('names the customer by hashes made in the browser; an alias joins two ids, a log-out begins another visitor', async () => {
    const { shop, open, run, call } = stage;
    await open(OVERHEAR + tagWith('data-calling="+84"'));
    await call('identify', 'guest-3');
    await shop.recorded('identify');
    await call('identify', 'customer-7', { email: ' An.Nguyen@Mail.example ', phone: '0912 345 678' });
    const [, named] = await shop.recorded('identify', 2);
    const [link] = await shop.store.query<{ identifiers: Identifier[] }>({
      sql: 'SELECT identifiers FROM links WHERE event_id = {id:String}',
      params: { id: named!.event_id },
    });
    await call('alias', 'customer-7', 'guest-3');
    await shop.recorded('alias');
    const [person] = await shop.store.query<{ ids: string[] }>({
      sql: `SELECT arraySort(arrayMap(one -> one.value, arrayFilter(one -> one.kind = 'user_id', identifiers))) AS ids
            FROM customers FINAL WHERE gone = 0 AND person_id = {id:String}`,
      params: { id: (await personOf(shop, named!.visitor_id))! },
    });
    await call('reset');
    await call('track', 'later');
    const [later] = await shop.recorded('later');
    const [out] = await shop.recorded('logout');
    expect(link!.identifiers).toEqual([
      { kind: 'user_id', value: 'customer-7' },
      { kind: 'email', value: sha256('an.nguyen@mail.example') },
      { kind: 'phone', value: sha256('+84912345678') },
    ]);
    expect(await run<string[]>('sent').then((bodies) => bodies.join())).not.toMatch(
      /mail\.example|912\D{0,3}345/i,
    );
    expect(person!.ids).toEqual(['customer-7', 'guest-3']);
    expect(out!.visitor_id).toBe(named!.visitor_id);
    expect(later!.visitor_id).not.toBe(named!.visitor_id);
    expect(later!.session_id).not.toBe(named!.session_id);
  });

  it('takes everything back when it is stopped', async () => {
    const { shop, browser, open, run, call } = stage;
    await open(
      `<p>Tea</p><script>window.methods = () => [history.pushState, history.replaceState, fetch, XMLHttpRequest.prototype.send]; const before = methods();</script>${TAG}`,
    );
    await shop.recorded('page_viewed');
    // What only a visitor brings about is watched from their first touch.
    await browser.click('p');
    const SAME = `methods().map((method, i) => method === before[i])`;
    expect(await run(SAME)).toEqual([false, false, false, false]);
    await call('stop');
    expect(await run(SAME)).toEqual([true, true, true, true]);
    await call('track', 'no');
    await run(`history.pushState({}, '', '/after')`);
    await open(TAG, '/next');
    const viewed = await shop.recorded('page_viewed', 2);
    await shop.recorded('no', 0);
    expect(viewed.map(({ url }) => new URL(url).pathname)).toEqual(['/page', '/next']);
  });
}

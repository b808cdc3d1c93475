import { expect, it } from 'vitest';
import { NO_LOCK, type Stage, TAG, tagWith } from '../stage.ts';

/** What the browser keeps of the tag. */
const KEPT = `[document.cookie, ...Object.keys(localStorage)]`;
/** The same once the visitor has said no: that and when, and nothing else. */
const DENIED = [expect.stringMatching(/^tl_c=denied\.\d+$/), 'tl_c'];
const GPC = `<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true });</script>`;

export function consent(stage: Stage): void {
  it('that is required: stores and sends nothing until it is granted, then what waited; denied again: forgets', async () => {
    const { shop, open, run, call } = stage;
    await open(tagWith('data-consent="required"'), '/page?utm_source=news');
    await call('track', 'early');
    expect(await run(KEPT)).toEqual(['']);
    await call('consent', 'granted');
    const [viewed] = await shop.recorded('page_viewed');
    await shop.recorded('early');
    expect(viewed!.utm_source).toBe('news');
    expect(await run(KEPT)).not.toEqual(['']);
    await call('consent', 'denied');
    await call('track', 'no');
    expect(await run(KEPT)).toEqual(DENIED);
    await open(TAG, '/next');
    await call('track', 'no');
    await stage.leave();
    await open(TAG, '/last');
    await call('consent', 'granted');
    await call('track', 'yes');
    await shop.recorded('yes');
    await shop.recorded('no', 0);
  });

  it('that is not asked for: counts pages with nothing kept, each a visitor of its own', async () => {
    const { shop, open, run } = stage;
    await open(tagWith('data-consent="cookieless"'), '/one');
    await open(tagWith('data-consent="cookieless"'), '/two');
    const viewed = await shop.recorded('page_viewed', 2);
    expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(2);
    expect(await run(KEPT)).toEqual(['']);
  });

  it('that is given on a later page than the first: the campaign of the first counts', async () => {
    const { shop, open, run, until, call } = stage;
    await open(
      `${tagWith('data-consent="required"')}<a href="/two">on</a>`,
      '/one?utm_source=google&utm_medium=cpc&utm_campaign=tet',
    );
    shop.pages['/two'] = tagWith('data-consent="required"');
    await run(`document.querySelector('a').click()`);
    await until(`location.pathname === '/two' && window.throughline && !throughline.q`);
    await call('consent', 'granted');
    await call('track', 'here');
    await shop.recorded('here');
    const events = await shop.all();
    expect(events.map(({ name, channel, utm_campaign }) => [name, channel, utm_campaign])).toEqual([
      ['page_viewed', 'paid_search', 'tet'],
      ['here', 'paid_search', 'tet'],
    ]);
  });

  it('by Google’s Consent Mode decides what is recorded', async () => {
    const { shop, open, run, call } = stage;
    const denied = `{ ad_storage: 'denied', analytics_storage: 'denied' }`;
    await open(
      `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', ${denied});</script>${TAG}`,
    );
    await call('track', 'early');
    expect(await run(KEPT)).toEqual(['']);
    await run(`gtag('consent', 'update', { analytics_storage: 'granted' })`);
    await shop.recorded('early');
    await shop.recorded('page_viewed');
    await run(`gtag('consent', 'update', ${denied})`);
    expect(await run(KEPT)).toEqual(DENIED);
  });

  it('that a script after the tag makes its default is heard before anything is stored, however long the page loads', async () => {
    const { shop, open, run, until, call } = stage;
    await open(
      `<script>
  Object.defineProperty(document, 'readyState', { get: () => 'interactive' });
  setTimeout(() => { document.title = 'Later'; }, 1000);
</script>${TAG.replace('defer ', '')}
<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', { analytics_storage: 'denied' });</script>`,
    );
    await call('track', 'early');
    await until(`document.title === 'Later'`);
    expect(await run(KEPT)).toEqual(['']);
    await run(`gtag('consent', 'update', { analytics_storage: 'granted' })`);
    await shop.recorded('early');
  });

  it('that is denied on the next page holds on the page that comes back whole', async () => {
    const { shop, open, run, until, call } = stage;
    await open(TAG, '/one');
    await run(`window.kept = true`);
    await shop.recorded('page_viewed');
    await until(NO_LOCK);
    await open(TAG, '/two');
    await shop.recorded('page_viewed', 2);
    await call('consent', 'denied');
    await until(`/denied/.test(localStorage.tl_c)`);
    await run(`setTimeout(() => history.back())`);
    await until(`location.pathname === '/one' && window.kept`);
    await call('track', 'no');
    await stage.settled();
    expect(await run(KEPT)).toEqual(DENIED);
    await shop.recorded('no', 0);
    await shop.recorded('page_viewed', 2);
  });

  it('is refused by Global Privacy Control, which removes what was stored, unless the site may ignore it', async () => {
    const { shop, open, until, call } = stage;
    await open(TAG);
    await until('localStorage.tl_v');
    await open(GPC + TAG, '/refused');
    await call('track', 'no');
    await until(`${KEPT}.join('') === ''`);
    await open(GPC + tagWith('data-gpc="ignore"'), '/ignored');
    const viewed = await shop.recorded('page_viewed', 2);
    await shop.recorded('no', 0);
    expect(viewed.map(({ url }) => new URL(url).pathname)).toEqual(['/page', '/ignored']);
  });
}

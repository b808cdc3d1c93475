import { expect, it } from 'vitest';
import { type Stage, TAG } from '../stage.ts';

export function engagement(stage: Stage): void {
  it('tells once how long a page was in sight, how far it was read, and what vitals the browser knows', async () => {
    const { shop, open, run, lacks } = stage;
    await open(`<!doctype html><title>Shop</title>${TAG}<div style="height: 4000px">long</div>`);
    await run(
      `new Promise((resolve) => { addEventListener('scroll', () => requestAnimationFrame(resolve)); scrollTo(0, 1000); })`,
    );
    // What was measured before an app moves on is not its next view's.
    await run(`history.pushState({}, '', '/second')`);
    await stage.leave();
    // A busy machine shows a page late, and that is slow.
    const told = async () => (await shop.all()).filter(({ name }) => /^page_(engaged|slow)$/.test(name));
    await expect.poll(told, { timeout: 8_000 }).toHaveLength(2);
    const all = await told();
    const [page, second] = ['/page', '/second'].map((path) => all.find(({ url }) => url.endsWith(path))!);
    const { visible_ms, scroll_percent, lcp_ms } = page!.properties;
    expect(Number(visible_ms)).toBeGreaterThan(0);
    expect(Number(scroll_percent)).toBeGreaterThan(30);
    expect(Number(lcp_ms) > 0).toBe(!lacks.paint);
    expect(second!.properties).toMatchObject({ scroll_percent: '0', lcp_ms: '0', inp_ms: '0' });
  });

  it('sees links that lead out, files taken, rage, searches and errors', async () => {
    const { shop, browser, open, run } = stage;
    await open(
      `<!doctype html><title>Shop</title>${TAG}<p><a id="out" href="https://other.example/x?token=1">out</a></p>
<p><a id="file" href="/list.pdf">list</a></p><p><b id="dead">Buy</b></p>`,
      '/page?q=tr%C3%A0+xanh',
    );
    await run(`addEventListener('click', (event) => event.preventDefault())`);
    await browser.click('#out');
    await browser.click('#file');
    await browser.click('#dead', 6);
    await run(`setTimeout(() => { throw new Error('broken cart'); })`);
    const [error] = await shop.recorded('error_seen');
    const [link] = await shop.recorded('link_clicked');
    const [rage] = await shop.recorded('rage_click');
    const [search] = await shop.recorded('search');
    await shop.recorded('file_clicked');
    expect(error!.properties['message']).toContain('broken cart');
    expect(link!.properties['href']).toBe('https://other.example/x');
    expect(rage!.properties['element']).toBe('dead');
    expect(search!.properties['query']).toBe('trà xanh');
  });

  it('sees forms begun, left and sent, and pages that are not there where the browser tells', async () => {
    const { shop, browser, open, run, until, lacks } = stage;
    await open(
      `<!doctype html><title>Shop</title>${TAG}<form id="newsletter"><input name="mail"></form>
<form id="contact" action="/missing" method="post"><input name="name"><button>Send</button></form>`,
    );
    await browser.type('#newsletter input', 'an@mail.example');
    await browser.type('#contact input', 'An');
    await browser.click('#contact button');
    await until(`location.pathname === '/missing' && window.throughline`);
    await shop.recorded('page_viewed', 2);
    // An app goes on from there, whose next view is there.
    await run(`history.pushState({}, '', '/home')`);
    await open(TAG, '/next');
    await shop.recorded('page_viewed', 4);
    const [abandoned] = await shop.recorded('form_abandoned');
    const [sent] = await shop.recorded('form_submitted');
    await shop.recorded('form_started', 2);
    const missing = await shop.recorded('error_seen', lacks.status ? 0 : 1);
    expect([abandoned!.properties['form'], sent!.properties['form']]).toEqual(['newsletter', 'contact']);
    expect(missing.map(({ url, properties }) => [new URL(url).pathname, properties['status']])).toEqual(
      lacks.status ? [] : [['/missing', '404']],
    );
    expect(JSON.stringify(await shop.all())).not.toContain('mail.example');
  });
}

import type { AnyBrowser } from './any-browser.ts';
import type { RecordedShop } from './recorded-shop.ts';

export const TAG = '<script defer src="/t.js" data-site="SITE_KEY"></script>';

/** The tag's line with one attribute more. */
export const tagWith = (attribute: string): string => TAG.replace('data-site', `${attribute} data-site`);

/** What a browser has not got, which is why it is recorded differently there. */
export interface Lacks {
  /** `responseStatus` of PerformanceNavigationTiming: no 404 is seen. */
  status?: true;
  /** PerformanceObserver's largest-contentful-paint and event. */
  paint?: true;
}

/** A visitor in one of the browsers, and the shop in which everything that they do is recorded. */
export interface Stage {
  shop: RecordedShop;
  browser: AnyBrowser;
  lacks: Lacks;
  /** Shows this text as a page of the shop. */
  open(html: string, path?: string): Promise<void>;
  /** Goes to a page of the shop that does not have the tag. */
  leave(): Promise<unknown>;
  /** Value of an expression in the page, or of the promise that it is, as JSON carries it. */
  run<Value>(expression: string): Promise<Value>;
  /** Waits until an expression in the page, whichever it is by then, is true. */
  until(expression: string): Promise<void>;
  /** Waits until the tag has dealt with what it saw before: it does so a quarter of a second later, in idle time. */
  settled(): Promise<void>;
  /** Calls the tag as a page does. */
  call(...parameters: unknown[]): Promise<void>;
}

/** True once no tab is sending or about to: Firefox keeps no page whole that is left in a lock, or waiting for one. */
export const NO_LOCK = 'navigator.locks.query().then(({ held, pending }) => !held.length && !pending.length)';

/** The shop's other domain: no cookie reaches from one to the other. */
export const otherHost = ({ origin }: RecordedShop): string => origin.replace('127.0.0.1', 'localhost');

const PATIENCE_MS = 10_000;
/** A page that every shop here has. */
export const BLANK = { '/blank': '<!doctype html><title>Elsewhere</title>' };

export function stageOf(shop: RecordedShop, browser: AnyBrowser, lacks: Lacks): Stage {
  const run = async <Value>(expression: string): Promise<Value> => {
    const json = `Promise.resolve(${expression}).then((value) => JSON.stringify(value) || 'null')`;
    return JSON.parse(String(await browser.evaluate(json)));
  };
  return {
    shop,
    browser,
    lacks,
    async open(html, path = '/page') {
      shop.pages[path.split(/[?#]/)[0]!] = html;
      await browser.open(shop.origin + path);
    },
    leave: () => browser.open(`${shop.origin}/blank`),
    run,
    async until(expression) {
      for (const end = Date.now() + PATIENCE_MS; ; ) {
        // While one page goes and another comes there is none to ask.
        if (await run<boolean>(`Promise.resolve(${expression}).then(Boolean)`).catch(() => false)) return;
        if (Date.now() > end) throw new Error(`still not ${expression} after ${PATIENCE_MS} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    settled: () =>
      run(
        `new Promise((resolve) => setTimeout(window.requestIdleCallback || setTimeout, 250, () => resolve(), { timeout: 250 }))`,
      ),
    call: (...parameters) => run(`throughline(...${JSON.stringify(parameters)})`),
  };
}

import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { AnyBrowser, Launch } from './any-browser.ts';
import { openRecordedShop, type RecordedShop } from './recorded-shop.ts';
import { accounts } from './scenarios/accounts.ts';
import { carts } from './scenarios/carts.ts';
import { consent } from './scenarios/consent.ts';
import { core } from './scenarios/core.ts';
import { delivery } from './scenarios/delivery.ts';
import { engagement } from './scenarios/engagement.ts';
import { hosts } from './scenarios/hosts.ts';
import { identity } from './scenarios/identity.ts';
import { told } from './scenarios/told.ts';
import { visits } from './scenarios/visits.ts';
import { BLANK, type Lacks, otherHost, type Stage, stageOf } from './stage.ts';

const ALL = [visits, delivery, carts, accounts, told, engagement, consent, identity, hosts, core];

interface Kind {
  name: string;
  /** Undefined where it is not installed. */
  file: string | undefined;
  launch: Launch;
  lacks: Lacks;
  /** Some of them, or others; all of them when they are not named. */
  scenarios?: ((stage: Stage) => void)[];
}

/** The same steps in every browser, each scenario by a visitor of its own, against the real collector and store. */
export function everyScenario({ name, file, launch, lacks, scenarios = ALL }: Kind): void {
  describe.skipIf(!file)(`${name}${file ? '' : ' (not installed here)'}`, () => {
    let shop: RecordedShop;
    let browser: AnyBrowser;
    const stage = {} as Stage;

    beforeAll(async () => {
      shop = await openRecordedShop({ hosts: ['127.0.0.1', 'localhost', '*.tea.example'] });
      browser = await launch(file!, shop.origin);
    }, 90_000);
    afterAll(async () => {
      await browser?.close();
      await shop?.close();
    });
    beforeEach(async () => {
      Object.assign(shop, { pages: { ...BLANK }, answers: {}, headers: {}, outage: 'none', turned_away: 0 });
      await browser.fresh([shop.origin, otherHost(shop)].map((origin) => `${origin}/blank`));
      await shop.forget();
      Object.assign(stage, stageOf(shop, browser, lacks));
    });

    for (const steps of scenarios) steps(stage);
  });
}

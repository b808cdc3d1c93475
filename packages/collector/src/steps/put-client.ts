import { clientOf } from './client.ts';
import type { Step } from './draft.ts';
import { textOf } from './text.ts';

/** device, browser, os and whether it is a robot: kept and marked, so that the ledger adds up and reports leave it out. */
export const putClient: Step = {
  name: 'client',
  run({ row, incoming, arrival }) {
    const client =
      incoming.source === 'tag' || incoming.source === 'pixel'
        ? clientOf(arrival.user_agent, arrival.hints)
        : clientOf(textOf(incoming.user_agent, 512), undefined);
    row.device = client.device;
    row.browser = client.browser;
    row.os = client.os;
    row.is_bot = client.is_bot;
    return undefined;
  },
};

/** country. The address itself is not kept anywhere. */
export const putCountry: Step = {
  name: 'country',
  run({ row, incoming, arrival }, tools) {
    const browser = incoming.source === 'tag' || incoming.source === 'pixel';
    row.country = tools.countryOf(browser ? arrival.address : textOf(incoming.address, 64));
    return undefined;
  },
};

import { DASHBOARD_PAGES } from '@throughline/contract';
import type { Route } from './route.ts';
import { customer } from './routes/customer.ts';
import { deadLetters, message, replayDeadLetters, spool } from './routes/delivery.ts';
import { erase } from './routes/erase.ts';
import { exportEvents } from './routes/export.ts';
import { identifySecret, renewIdentifySecret } from './routes/identify-secret.ts';
import { changeIdentityRules, identityRules, tryIdentityRules } from './routes/identity-rules.ts';
import { instance } from './routes/instance.ts';
import { addKey, listKeys, revokeKey } from './routes/keys.ts';
import { ledger } from './routes/ledger.ts';
import { addMend, listMends } from './routes/mends.ts';
import { names } from './routes/names.ts';
import { openapi } from './routes/openapi.ts';
import { asset, lost, page } from './routes/pages.ts';
import { funnel, map, overview, paths, people } from './routes/reports.ts';
import { seen } from './routes/seen.ts';
import { sharedDevices } from './routes/shared-devices.ts';
import { session, signIn, signInLink, signOut } from './routes/sign-in.ts';
import { chooseTag, tag } from './routes/site-tag.ts';
import { addSite, listSites } from './routes/sites.ts';

/** Every route there is, and who may call it: nothing is served that does not stand here. */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/api/sign-in', access: 'public', handle: signIn },
  { method: 'POST', path: '/api/sign-out', access: 'signed_in', handle: signOut },
  { method: 'POST', path: '/api/sign-in-links', access: 'admin', handle: signInLink },
  { method: 'GET', path: '/api/session', access: 'signed_in', handle: session },
  { method: 'GET', path: '/api/instance', access: 'public', handle: instance },

  { method: 'GET', path: '/api/sites', access: 'signed_in', handle: listSites },
  { method: 'POST', path: '/api/sites', access: 'admin', handle: addSite },
  { method: 'GET', path: '/api/sites/:site/tag', access: 'site', handle: tag },
  { method: 'POST', path: '/api/sites/:site/tag', access: 'signed_in', handle: chooseTag },

  { method: 'GET', path: '/api/sites/:site/keys', access: 'admin', handle: listKeys },
  { method: 'POST', path: '/api/sites/:site/keys', access: 'admin', handle: addKey },
  { method: 'DELETE', path: '/api/sites/:site/keys/:id', access: 'admin', handle: revokeKey },

  { method: 'GET', path: '/api/sites/:site/identify-secret', access: 'admin', handle: identifySecret },
  { method: 'POST', path: '/api/sites/:site/identify-secret', access: 'admin', handle: renewIdentifySecret },

  { method: 'POST', path: '/api/sites/:site/funnel', access: 'site', handle: funnel },
  { method: 'POST', path: '/api/sites/:site/paths', access: 'site', handle: paths },
  { method: 'POST', path: '/api/sites/:site/map', access: 'site', handle: map },
  { method: 'POST', path: '/api/sites/:site/people', access: 'site', handle: people },
  { method: 'POST', path: '/api/sites/:site/overview', access: 'site', handle: overview },
  { method: 'GET', path: '/api/sites/:site/customers/:id', access: 'site', handle: customer },
  { method: 'GET', path: '/api/sites/:site/mends', access: 'site', handle: listMends },
  { method: 'POST', path: '/api/sites/:site/mends', access: 'signed_in', handle: addMend },
  { method: 'GET', path: '/api/sites/:site/identity-rules', access: 'site', handle: identityRules },
  {
    method: 'POST',
    path: '/api/sites/:site/identity-rules',
    access: 'signed_in',
    handle: changeIdentityRules,
  },
  { method: 'POST', path: '/api/sites/:site/identity-rules/try', access: 'site', handle: tryIdentityRules },
  { method: 'GET', path: '/api/sites/:site/shared-devices', access: 'site', handle: sharedDevices },
  { method: 'GET', path: '/api/sites/:site/names', access: 'site', handle: names },
  { method: 'GET', path: '/api/sites/:site/seen', access: 'site', handle: seen },
  { method: 'GET', path: '/api/sites/:site/ledger', access: 'site', handle: ledger },
  { method: 'GET', path: '/api/sites/:site/messages/:id', access: 'site', handle: message },
  { method: 'GET', path: '/api/sites/:site/export', access: 'site', handle: exportEvents },
  { method: 'POST', path: '/api/sites/:site/erase', access: 'admin', handle: erase },

  { method: 'GET', path: '/api/spool', access: 'admin', handle: spool },
  { method: 'GET', path: '/api/dead-letters', access: 'admin', handle: deadLetters },
  { method: 'POST', path: '/api/dead-letters/replay', access: 'admin', handle: replayDeadLetters },

  { method: 'GET', path: '/openapi.json', access: 'public', handle: openapi },
  { method: 'GET', path: '/assets/:file', access: 'public', handle: asset },
  ...DASHBOARD_PAGES.map((path): Route => ({ method: 'GET', path, access: 'public', handle: page })),
  // Last, so that it only sees what no other route took.
  { method: 'GET', path: '/*', access: 'public', handle: lost },
];

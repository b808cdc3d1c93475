import type { Access } from '../access.ts';

/** One route as it is described: what it is for, what it takes, what it gives. Names are schemas. */
export interface Operation {
  method: 'get' | 'post' | 'delete';
  path: string;
  access: Access;
  summary: string;
  body?: string;
  answer: string;
  status?: 200 | 201 | 202;
  /** Query parameters and what they mean. */
  query?: Readonly<Record<string, string>>;
  /** Another content type than JSON. */
  type?: string;
}

const RANGE = { from: 'ISO 8601 instant, inclusive', to: 'ISO 8601 instant, exclusive' };

/** Every route but the dashboard's pages; a test holds this beside the routes themselves. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/sign-in',
    access: 'public',
    summary: 'Use a one-time link; sets the session cookie',
    body: 'SignInRequest',
    answer: 'Sites',
  },
  {
    method: 'post',
    path: '/api/sign-out',
    access: 'signed_in',
    summary: 'End the session',
    answer: 'Nothing',
  },
  {
    method: 'post',
    path: '/api/sign-in-links',
    access: 'admin',
    summary: 'Make a one-time link’s token',
    answer: 'SignInLink',
    status: 201,
  },
  {
    method: 'get',
    path: '/api/session',
    access: 'signed_in',
    summary: 'The sites this session sees',
    answer: 'Sites',
  },
  {
    method: 'get',
    path: '/api/instance',
    access: 'public',
    summary: 'Which running server this is',
    answer: 'Instance',
  },
  { method: 'get', path: '/api/sites', access: 'signed_in', summary: 'The sites', answer: 'Sites' },
  {
    method: 'post',
    path: '/api/sites',
    access: 'admin',
    summary: 'Add a site; its keys are told this once',
    body: 'SiteRequest',
    answer: 'SiteKeys',
    status: 201,
  },
  {
    method: 'post',
    path: '/api/sites/{site}/tag',
    access: 'signed_in',
    summary: 'Choose which build of the tag the site’s pages get',
    body: 'TagRequest',
    answer: 'Site',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/keys',
    access: 'admin',
    summary: 'The keys of a site, without the keys themselves',
    answer: 'Keys',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/keys',
    access: 'admin',
    summary: 'Make a key; it is told this once',
    body: 'KeyRequest',
    answer: 'Key',
    status: 201,
  },
  {
    method: 'delete',
    path: '/api/sites/{site}/keys/{id}',
    access: 'admin',
    summary: 'End a key',
    answer: 'Revoked',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/identify-secret',
    access: 'admin',
    summary: 'The secret with which the shop’s server signs who is logged in',
    answer: 'IdentifySecret',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/identify-secret',
    access: 'admin',
    summary: 'Make a new one; what was signed with the old one no longer counts',
    answer: 'IdentifySecret',
    status: 201,
  },
  {
    method: 'post',
    path: '/api/sites/{site}/funnel',
    access: 'site',
    summary: 'Funnel',
    body: 'FunnelRequest',
    answer: 'FunnelView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/paths',
    access: 'site',
    summary: 'Paths',
    body: 'PathsRequest',
    answer: 'PathsView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/map',
    access: 'site',
    summary: 'Journey map',
    body: 'MapRequest',
    answer: 'MapView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/people',
    access: 'site',
    summary: 'The exact people behind a number of a report',
    body: 'PeopleRequest',
    answer: 'PeopleView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/overview',
    access: 'site',
    summary: 'Overview',
    body: 'OverviewRequest',
    answer: 'OverviewView',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/customers/{id}',
    access: 'site',
    summary: 'One person’s profile, sessions and events, with the evidence of each stitch',
    answer: 'CustomerView',
    query: { after: '`next` of the page before' },
  },
  {
    method: 'get',
    path: '/api/sites/{site}/mends',
    access: 'site',
    summary: 'What was changed by hand in who is who, the latest first',
    answer: 'MendsView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/mends',
    access: 'signed_in',
    summary: 'Change who is who by hand; in effect in every report when the answer comes',
    body: 'MendRequest',
    answer: 'MendView',
    status: 201,
  },
  {
    method: 'get',
    path: '/api/sites/{site}/identity-rules',
    access: 'site',
    summary: 'The rules by which people are told apart',
    answer: 'IdentityRulesView',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/identity-rules',
    access: 'signed_in',
    summary: 'Put rules in place of the site’s own; everybody is resolved again behind the answer',
    body: 'IdentityRulesRequest',
    answer: 'IdentityRulesView',
    status: 202,
  },
  {
    method: 'post',
    path: '/api/sites/{site}/identity-rules/try',
    access: 'site',
    summary: 'What changed rules would do to the stored people; changes nothing',
    body: 'IdentityRulesRequest',
    answer: 'RulesTrialView',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/shared-devices',
    access: 'site',
    summary: 'Browsers that several customers were identified on, and what the rules made of them',
    answer: 'SharedDevicesView',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/names',
    access: 'site',
    summary: 'Event, property and trait names seen on the site',
    answer: 'NamesView',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/seen',
    access: 'site',
    summary: 'What was recorded lately, by name and by who saw it, and the latest events',
    answer: 'SeenView',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/ledger',
    access: 'site',
    summary: 'What became of every event',
    answer: 'LedgerView',
    query: RANGE,
  },
  {
    method: 'get',
    path: '/api/sites/{site}/export',
    access: 'site',
    summary: 'Every stored event, one JSON object a line',
    answer: 'ExportedEvent',
    query: RANGE,
    type: 'application/x-ndjson',
  },
  {
    method: 'post',
    path: '/api/sites/{site}/erase',
    access: 'admin',
    summary: 'Delete a person and everything recorded of them',
    body: 'EraseRequest',
    answer: 'Erased',
  },
  {
    method: 'get',
    path: '/api/sites/{site}/messages/{id}',
    access: 'site',
    summary: 'What became of one event, by the id that its sender gave it',
    answer: 'MessageView',
  },
  {
    method: 'get',
    path: '/api/spool',
    access: 'admin',
    summary: 'The collector’s spool: what waits, what was set aside, what is missing',
    answer: 'SpoolView',
  },
  {
    method: 'get',
    path: '/api/dead-letters',
    access: 'admin',
    summary: 'Events that the store refused, with the reason',
    answer: 'DeadLetters',
  },
  {
    method: 'post',
    path: '/api/dead-letters/replay',
    access: 'admin',
    summary: 'Send the dead letters to the store once more',
    answer: 'ReplayView',
  },
  { method: 'get', path: '/openapi.json', access: 'public', summary: 'This description', answer: 'Nothing' },
];

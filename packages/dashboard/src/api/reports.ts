import type {
  CustomerView,
  FunnelRequest,
  FunnelView,
  IdentityRulesRequest,
  IdentityRulesView,
  LedgerView,
  MapRequest,
  MapView,
  MendRequest,
  MendsView,
  MendView,
  NamesView,
  OverviewRequest,
  OverviewView,
  PathsRequest,
  PathsView,
  PeopleRequest,
  PeopleView,
  RulesTrialView,
  SeenView,
  SharedDevicesView,
  Site,
  TagView,
} from '@throughline/contract';
import { call } from './call.ts';

const at = (site: string, rest: string) => `/api/sites/${encodeURIComponent(site)}/${rest}`;

/** One function a route of the query API; see the contract's `query.ts` for what they answer. */
export const reports = {
  session: () => call<{ sites: Site[] }>('/api/session'),
  signIn: (token: string) => call<object>('/api/sign-in', { token }),
  signOut: () => call<object>('/api/sign-out', {}),
  overview: (site: string, request: OverviewRequest, signal?: AbortSignal) =>
    call<OverviewView>(at(site, 'overview'), request, signal),
  map: (site: string, request: MapRequest, signal?: AbortSignal) =>
    call<MapView>(at(site, 'map'), request, signal),
  funnel: (site: string, request: FunnelRequest, signal?: AbortSignal) =>
    call<FunnelView>(at(site, 'funnel'), request, signal),
  paths: (site: string, request: PathsRequest, signal?: AbortSignal) =>
    call<PathsView>(at(site, 'paths'), request, signal),
  people: (site: string, request: PeopleRequest, signal?: AbortSignal) =>
    call<PeopleView>(at(site, 'people'), request, signal),
  customer: (site: string, id: string, after: string | undefined, signal?: AbortSignal) =>
    call<CustomerView>(
      at(site, `customers/${encodeURIComponent(id)}${after ? `?after=${encodeURIComponent(after)}` : ''}`),
      undefined,
      signal,
    ),
  names: (site: string, signal?: AbortSignal) => call<NamesView>(at(site, 'names'), undefined, signal),
  mends: (site: string, signal?: AbortSignal) => call<MendsView>(at(site, 'mends'), undefined, signal),
  mend: (site: string, request: MendRequest) => call<MendView>(at(site, 'mends'), request),
  rules: (site: string, signal?: AbortSignal) =>
    call<IdentityRulesView>(at(site, 'identity-rules'), undefined, signal),
  changeRules: (site: string, request: IdentityRulesRequest) =>
    call<IdentityRulesView>(at(site, 'identity-rules'), request),
  tryRules: (site: string, request: IdentityRulesRequest) =>
    call<RulesTrialView>(at(site, 'identity-rules/try'), request),
  sharedDevices: (site: string, signal?: AbortSignal) =>
    call<SharedDevicesView>(at(site, 'shared-devices'), undefined, signal),
  seen: (site: string, signal?: AbortSignal) => call<SeenView>(at(site, 'seen'), undefined, signal),
  tag: (site: string, signal?: AbortSignal) => call<TagView>(at(site, 'tag'), undefined, signal),
  chooseTag: (site: string, tag: string) => call<Site>(at(site, 'tag'), { tag }),
  ledger: (site: string, signal?: AbortSignal) => call<LedgerView>(at(site, 'ledger'), undefined, signal),
};

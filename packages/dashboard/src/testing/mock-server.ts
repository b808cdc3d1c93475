import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type {
  FunnelRequest,
  MapRequest,
  OverviewRequest,
  OverviewView,
  PathsRequest,
  PeopleRequest,
  TagBuild,
} from '@throughline/contract';
import { mockCustomer } from './mock-customer.ts';
import { mockMend, mockMends, mockRules, mockSharedDevices, mockTrial } from './mock-identity.ts';
import { mockMap } from './mock-map.ts';
import { mockPeople } from './mock-people.ts';
import { mockFunnel, mockLedger, mockNames, mockOverview, mockPaths } from './mock-reports.ts';
import { mockSeen } from './mock-seen.ts';
import { MOCK_SITES, scaleOf } from './mock-shops.ts';
import { mockTag } from './mock-tag.ts';

/** The policy that the real server sends. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** The one-time token that works; every other one has been used. */
export const MOCK_TOKEN = 'mock-token';

/** A mock trusts its only caller: the body is taken for whatever the route wants. */
type Requests = FunnelRequest & MapRequest & OverviewRequest & PathsRequest & PeopleRequest;

export interface MockServer {
  origin: string;
  /** `METHOD path` of every API call so far. */
  calls: string[];
  /** What the changes by hand asked for. */
  bodies: object[];
  close(): Promise<void>;
}

/** Serves the built dashboard with invented answers, under the same content security policy as the real one. */
export async function startMockServer(options: {
  dist: string;
  now: Date;
  port?: number;
}): Promise<MockServer> {
  const calls: string[] = [];
  const bodies: object[] = [];
  const server = createServer((request, response) => {
    serve(request, response, { ...options, calls, bodies }).catch((error: unknown) => {
      send(response, 500, problem('mock_failed', String(error)));
    });
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    bodies,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: { dist: string; now: Date; calls: string[]; bodies: object[] },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock');
  response.setHeader('content-security-policy', POLICY);
  if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response, options.dist);
  options.calls.push(`${request.method} ${url.pathname}`);
  const body = request.method === 'POST' ? JSON.parse(await textOf(request)) : {};
  if (url.pathname === '/api/sign-in') {
    if (body.token !== MOCK_TOKEN)
      return send(
        response,
        401,
        problem('link_used_or_expired', 'This sign-in link was used or has expired.'),
      );
    response.setHeader('set-cookie', 'mock=1; HttpOnly; Path=/; SameSite=Strict');
    return send(response, 200, {});
  }
  if (!request.headers.cookie?.includes('mock=1'))
    return send(response, 401, problem('not_signed_in', 'Sign in first.'));
  if (url.pathname === '/api/sign-out') response.setHeader('set-cookie', 'mock=; Path=/; Max-Age=0');
  if (request.method === 'POST' && url.pathname.endsWith('/mends')) {
    options.bodies.push(body);
    return send(response, ...mockMend(body, options.now));
  }
  const [status, answer] = answerTo(url.pathname, body, options.now);
  send(response, status, answer);
}

function answerTo(pathname: string, body: Requests, now: Date): [number, object] {
  if (pathname === '/api/session') return [200, { sites: MOCK_SITES }];
  if (pathname === '/api/sign-out') return [200, {}];
  const [, , , site = '', report = '', id = ''] = pathname.split('/');
  const found = MOCK_SITES.find((each) => each.site === site);
  if (!found) return [404, problem('not_found', 'There is no such site.')];
  if (site === 'failing')
    return [
      503,
      problem('store_unavailable', 'The database does not answer right now; try again in a few seconds.'),
    ];
  const scale = scaleOf(site);
  const answers: Record<string, () => object> = {
    overview: () => withRobots(site, mockOverview(body, scale, found.currency)),
    map: () => mockMap(body, scale, found.currency),
    funnel: () => mockFunnel(body, scale),
    paths: () => mockPaths(body, scale),
    people: () => mockPeople(body, scale, found.currency, now),
    customers: () => mockCustomer(decodeURIComponent(id), now),
    names: () => mockNames(scale),
    mends: () => mockMends(now, scale),
    'identity-rules': () => (id === 'try' ? mockTrial(found.currency, scale) : mockRules()),
    'shared-devices': () => mockSharedDevices(now, scale),
    ledger: () => mockLedger(scale, now),
    seen: () => mockSeen(site, scale, now),
    tag: () => mockTag(found, body as { tag?: TagBuild }),
  };
  const answer = answers[report];
  return answer ? [200, answer()] : [404, problem('not_found', 'There is no such report.')];
}

/** A shop that so far only robots have come to. */
const withRobots = (site: string, view: OverviewView): OverviewView =>
  site === 'robots' ? { ...view, robots: { events: 12, visits: 3 } } : view;

async function sendFile(pathname: string, response: ServerResponse, dist: string): Promise<void> {
  const name = pathname.startsWith('/assets/') ? path.basename(pathname) : '';
  const file = name ? path.join(dist, 'assets', name) : path.join(dist, 'index.html');
  response.setHeader(
    'content-type',
    `${TYPES[path.extname(file)] ?? 'application/octet-stream'}; charset=utf-8`,
  );
  response.end(await readFile(file));
}

const problem = (code: string, message: string) => ({ error: { code, message, at: '' } });

function send(response: ServerResponse, status: number, answer: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8') || '{}';
}

import { json } from './answer.ts';
import type { Route } from './route.ts';
import { type Services, siteOfWriteKey } from './services.ts';

const ENABLED = { __default: { enabled: true, integrations: {} } };

/** `GET /v1/projects/:key/settings`: what analytics.js asks for at its start, pointing it back here. */
export const settingsRoute = (services: Services): Route => ({
  method: 'GET',
  path: '/v1/projects/:key/settings',
  access: 'write_key',
  async handle(call) {
    const key = call.param('key') ?? '';
    await siteOfWriteKey(services, key, 0);
    const { protocol, host } = call.url();
    const secure = services.trust_proxy && call.header('x-forwarded-proto') === 'https';
    return json({
      integrations: {
        'Segment.io': {
          apiKey: key,
          apiHost: `${host}/v1`,
          protocol: secure ? 'https' : protocol.replace(':', ''),
          unbundledIntegrations: [],
          addBundledMetadata: true,
          maybeBundledConfigIds: {},
          versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
        },
      },
      plan: { track: ENABLED, identify: ENABLED, group: ENABLED },
      edgeFunction: {},
      analyticsNextEnabled: true,
      middlewareSettings: {},
      enabledMiddleware: {},
      metrics: { sampleRate: 0 },
      legacyVideoPluginsEnabled: false,
      remotePlugins: [],
    });
  },
});

// How long after its acknowledgement an event is in a report, under a light load.
import { load, startOurs } from './processes.mjs';

const PROBES = 100;
const BACKGROUND_EVENTS_PER_S = 500;

export async function visibility() {
  const server = await startOurs();
  const { site, url } = server;
  const seconds = 30;
  const background = load({
    url,
    path: '/e',
    connections: 10,
    events_per_request: 1,
    site,
    seconds,
    events_per_s: BACKGROUND_EVENTS_PER_S,
  });
  const acknowledged = [];
  const seen = [];
  const today = new Date(Date.now() - 86_400_000).toISOString();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const people = async () =>
    (await server.ask('funnel', { from: today, to: tomorrow, steps: [{ event: 'probe' }] })).steps[0].people;
  async function send() {
    for (let probe = 0; probe < PROBES; probe += 1) {
      const now = Date.now();
      const event = { id: `probe${probe}`, name: 'probe', at: now, seq: 0, session: `${now.toString(36)}.p` };
      await fetch(`${url}/e`, {
        method: 'POST',
        // Not a robot's: those are left out of reports.
        headers: {
          'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
        },
        body: JSON.stringify({ site, visitor: `probe${probe}`, sent_at: now, events: [event] }),
      });
      acknowledged.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 100));
    }
  }
  async function look() {
    while (seen.length < PROBES) {
      const count = await people();
      const now = performance.now();
      while (seen.length < count) seen.push(now - acknowledged[seen.length]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  await Promise.all([send(), look()]);
  await background;
  await server.stop();
  seen.sort((a, b) => a - b);
  const at = (share) => (seen[Math.min(PROBES - 1, Math.floor(PROBES * share))] / 1000).toFixed(2);
  console.log(
    `Event to visible in a funnel, ${PROBES} events beside ${BACKGROUND_EVENTS_PER_S} events/s: ` +
      `p50 ${at(0.5)} s, p99 ${at(0.99)} s.`,
  );
}

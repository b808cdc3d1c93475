import { BOT_AGENTS } from './device.ts';
import type { Session } from './happening.ts';
import type { Random } from './random.ts';
import { titleOf } from './visit.ts';
import { productPath, record, type World } from './world.ts';

/** Robots that look at pages and nothing else. Returns their visitor ids. */
export function crawl(world: World, random: Random, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const visitor = `b${random.text(20)}`;
    let time = world.calendar.moment(random);
    const path = '/';
    const session: Session = {
      id: `${time.toString(36)}.${random.text(8)}`,
      visitor,
      userAgent: BOT_AGENTS[index % BOT_AGENTS.length]!,
      ip: '66.249.64.0',
      started: time,
      arrival: { channel: 'direct', path, referrer: '', intent: 0 },
      landing: { path, title: titleOf(path, world) },
    };
    for (let page = random.int(1, 20); page > 0; page -= 1) {
      const address = page % 4 === 0 ? '/' : productPath(random.pick(world.products));
      record(world, {
        time,
        persona: -1,
        session,
        type: 'page',
        page: { path: address, title: titleOf(address, world) },
        referrer: '',
      });
      time += random.int(400, 30_000);
    }
    return visitor;
  });
}

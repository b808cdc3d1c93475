import type { Happening } from './happening.ts';
import type { Persona } from './persona.ts';
import { goodsOf, money } from './trade.ts';
import type { World } from './world.ts';

/** What really happened, to hold the reports against. Times are ISO 8601 UTC. */
export interface Truth {
  options: Record<string, unknown>;
  /** By number, from 0. */
  personas: {
    kind: string;
    email: string;
    user_id?: string;
    visitors: string[];
    visits: number;
    orders: number;
  }[];
  /** Whose hands a browser was in: more than one persona for a family's tablet. */
  visitors: Record<string, number[]>;
  bots: string[];
  sessions: Record<string, { persona: number; visitor: string; channel: string; started_at: string }>;
  /** Persona of each call, by the number at the end of its messageId; -1 for robots. */
  events: number[];
  event_names: Record<string, number>;
  orders: {
    order_id: string;
    persona: number;
    time: string;
    total: number;
    guest: boolean;
    refunded: boolean;
  }[];
  carts: {
    token: string;
    persona: number;
    opened_at: string;
    items: number;
    value: number;
    state: string;
    through?: string;
    order_id?: string;
  }[];
}

const iso = (time: number) => new Date(time).toISOString();

export function truthOf(
  world: World,
  personas: readonly Persona[],
  { bots, options }: { bots: string[]; options: Record<string, unknown> },
): Truth {
  const sessions: Truth['sessions'] = {};
  const visitors = new Map<string, Set<number>>();
  const names = new Map<string, number>();
  for (const { session, persona, visitor, type, name } of world.happenings) {
    const of = session?.visitor ?? visitor;
    if (of !== undefined) visitors.set(of, (visitors.get(of) ?? new Set()).add(persona));
    const called = name ?? (type === 'page' ? 'page_viewed' : type);
    names.set(called, (names.get(called) ?? 0) + 1);
    if (session === undefined) continue;
    sessions[session.id] = {
      persona,
      visitor: session.visitor,
      channel: session.arrival.channel,
      started_at: iso(session.started),
    };
  }
  const visitorsOf = new Map<number, string[]>();
  for (const [visitor, hands] of visitors) {
    for (const number of hands) visitorsOf.set(number, [...(visitorsOf.get(number) ?? []), visitor]);
  }
  return {
    options,
    personas: personas.map(({ kind, email, user_id, number, visits, orders }) => ({
      kind,
      email,
      ...(user_id === undefined ? {} : { user_id }),
      visitors: visitorsOf.get(number) ?? [],
      visits,
      orders,
    })),
    visitors: Object.fromEntries([...visitors].map(([visitor, hands]) => [visitor, [...hands]])),
    bots,
    sessions,
    events: world.happenings.map((happening: Happening) => happening.persona),
    event_names: Object.fromEntries([...names].sort()),
    orders: world.orders.map(({ order_id, persona, time, total, guest, refunded }) => ({
      order_id,
      persona,
      time: iso(time),
      total,
      guest,
      refunded,
    })),
    carts: world.carts.map((cart) => ({
      token: cart.token,
      persona: cart.persona,
      opened_at: iso(cart.opened),
      items: cart.items.length,
      value: money(goodsOf(cart.items), world.currency),
      state: cart.state,
      ...(cart.through === undefined ? {} : { through: cart.through }),
      ...(cart.order === undefined ? {} : { order_id: cart.order.order_id }),
    })),
  };
}

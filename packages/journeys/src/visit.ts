import { IDENTITY_NAMES } from './resolved.ts';

/*
 * A visit is a session of one visitor (`sessionColumn`), whoever of several people was in it: two customers named one after
 * the other, or one who logs out and whoever goes on. It is counted once, and by one channel. A person's own visits are those that
 * they were in, so that a visit of two is in both their lists.
 */

/**
 * Condition over `events`: somebody was there. An event belongs to a visit when it has a session, a page, or a channel
 * of its own (store, call, email, …). What a server tells on its own (an order webhook, a refund, an identify call) and an
 * e-mail that was opened belong to none.
 */
export const IS_VISIT = `(session_id != '' OR url != '' OR channel NOT IN ('', 'unassigned'))`;

/** Column `visit`, to be given to `resolvedSql`: 1 for an event of a visit. */
export const VISIT_COLUMN = `${IS_VISIT} AS visit`;

const IDENTITY_LIST = IDENTITY_NAMES.map((name) => `'${name}'`).join(', ');

/** Condition over columns of events: they only say who somebody is. */
export const IS_IDENTITY = `name IN (${IDENTITY_LIST})`;

/**
 * Condition over the ordered events (orders.ts) with `VISIT_COLUMN` and `name`: it can stand for a visit's arrival.
 * A visit's first such event does. An event that only says who somebody is may begin a visit, and so may another
 * telling of an order; the next event then stands for it.
 */
export const CAN_ARRIVE = `(visit AND NOT retold AND NOT (${IS_IDENTITY}))`;

/** The same for the channel: a visit came by that of its first such event, and a person by that of their first. */
export const TELLS_CHANNEL = `(${CAN_ARRIVE} AND channel != '')`;

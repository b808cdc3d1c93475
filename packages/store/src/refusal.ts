import { ClickHouseError } from '@clickhouse/client';
import { type Effect, isAmbiguous } from './outcome.ts';
import { StoreError } from './store.ts';

/** Wrong user or password, by ClickHouse's codes. */
const DENIED = new Set(['192', '193', '194', '516']);
/** Unknown column, function, table, database, setting: these quote a name of our own SQL. */
const ABOUT_NAMES = new Set(['16', '46', '47', '60', '81', '115']);
/** The request was never sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface Circumstance {
  /** `insert into events`, `query`: the words between "ClickHouse refused the" and the reason. */
  doing: string;
  effect: Effect;
  url: string;
  user: string;
  kind: 'embedded' | 'server';
}

/** What a statement threw, as one sentence that carries no value of the statement. */
export function storeError(error: unknown, at: Circumstance): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof ClickHouseError) return refused(error, at);
  const writes = at.effect !== 'read';
  if (isTimeout(error))
    return new StoreError(`ClickHouse did not finish the ${at.doing} in time.`, { ambiguous: writes });
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  const ambiguous = writes && !NOT_SENT.has(code);
  if (at.kind === 'embedded') {
    return new StoreError(`The embedded engine went away during the ${at.doing} (${code}).`, { ambiguous });
  }
  // The client makes a plain Error, without a code, of an answer that ClickHouse would not give.
  if (code === 'Error') {
    return new StoreError(
      `What answered at ${withoutPassword(at.url)} is not ClickHouse. Check CLICKHOUSE_URL: it is the HTTP address, ` +
        'often port 8123.',
      { ambiguous },
    );
  }
  return new StoreError(
    `ClickHouse did not answer at ${withoutPassword(at.url)} during the ${at.doing} (${code}). ` +
      'Check CLICKHOUSE_URL, and that the server runs and can be reached from here.',
    { ambiguous },
  );
}

/** The client has no type for these. */
const isTimeout = (error: unknown) =>
  error instanceof Error && /^(The user aborted a request|Timeout error)\.$/.test(error.message);

function refused(error: ClickHouseError, at: Circumstance): StoreError {
  const code = Number(error.code);
  const ambiguous = isAmbiguous(error, at.effect);
  if (DENIED.has(error.code) && at.kind === 'server') {
    return new StoreError(
      `ClickHouse at ${withoutPassword(at.url)} refused the user ${at.user} (code ${code}). ` +
        'Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.',
      { code, ambiguous },
    );
  }
  const reason = ABOUT_NAMES.has(error.code) ? namesOnly(error.message) : withoutValues(error.message);
  return new StoreError(`ClickHouse refused the ${at.doing} (code ${code}): ${reason}`, {
    code,
    ambiguous,
  });
}

const REASON_CHARS_MAX = 300;

/** Keeps the names in quotes; the analyser quotes the whole statement, values included, after " in scope ". */
const namesOnly = (message: string) =>
  shorten(
    (message.split(/ in scope |: while /)[0] ?? '').replace(QUOTED, (text) =>
      NAME.test(text) ? text : hidden(text),
    ),
  );

/** Drops everything that may be data: quoted text, what follows "before:", long words and addresses. */
const withoutValues = (message: string) =>
  shorten(
    (message.split(/ in scope |before:|: while | \(|\. Expected/i)[0] ?? '')
      .replace(QUOTED, hidden)
      .replace(/\S{33,}|\S*@\S*/g, '…'),
  );

/** A text in quotes with its escapes, or a quote that does not end. */
const QUOTED = /(['"`])(?:(?!\1)[^\\]|\\[\s\S])*\1|['"`][\s\S]*$/g;
const NAME = /^(['"`])[\w.]{1,64}\1$/;
const hidden = (text: string) => (text.length > 1 && text.at(-1) === text[0] ? `${text[0]}…${text[0]}` : '…');
const shorten = (text: string) => text.slice(0, REASON_CHARS_MAX).trim();

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'an address that is no URL';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** What ClickHouse says of troubles that tests cannot bring about, by code: its HTTP status and its own words. */
export const REFUSALS: Readonly<Record<number, { status: number; text: string }>> = {
  159: {
    status: 408,
    text: 'Code: 159. DB::Exception: Timeout exceeded: elapsed 300.1 seconds, maximum: 300. (TIMEOUT_EXCEEDED)',
  },
  164: {
    status: 500,
    text: 'Code: 164. DB::Exception: throughline: Cannot execute query in readonly mode. (READONLY)',
  },
  209: {
    status: 500,
    text: 'Code: 209. DB::NetException: Timeout exceeded while reading from socket (peer: 10.0.0.7:9000, 300000 ms). (SOCKET_TIMEOUT)',
  },
  241: {
    status: 500,
    text: 'Code: 241. DB::Exception: (total) memory limit exceeded: would use 7.21 GiB, maximum: 7.20 GiB. (MEMORY_LIMIT_EXCEEDED)',
  },
  242: {
    status: 500,
    text: 'Code: 242. DB::Exception: Table is in readonly mode (replica path: /clickhouse/tables/1/events). (TABLE_IS_READ_ONLY)',
  },
  243: {
    status: 500,
    text: 'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
  },
  252: {
    status: 500,
    text: 'Code: 252. DB::Exception: Too many parts (3001 with average size of 1.2 MiB) in table. Merges are processing significantly slower than inserts. (TOO_MANY_PARTS)',
  },
  319: {
    status: 500,
    text: 'Code: 319. DB::Exception: Unknown status, client must retry. Reason: Session expired. (UNKNOWN_STATUS_OF_INSERT)',
  },
  516: {
    status: 403,
    text: 'Code: 516. DB::Exception: throughline: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)',
  },
};

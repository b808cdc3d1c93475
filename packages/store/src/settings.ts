import type { ClickHouseSettings } from '@clickhouse/client';

/** How values look on the way in and out, the same whatever a server's profile says. */
const FORMATS = {
  date_time_input_format: 'best_effort',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  output_format_json_quote_denormals: 0,
  output_format_json_named_tuples_as_objects: 1,
  input_format_json_named_tuples_as_objects: 1,
  session_timezone: 'UTC',
} satisfies ClickHouseSettings;

/** A statement that reads. The whole answer is made before the first byte is sent, so no error follows a 200. */
export const readSettings = (timeout_s: number): ClickHouseSettings => ({
  ...FORMATS,
  wait_end_of_query: 1,
  max_execution_time: timeout_s,
  timeout_overflow_mode: 'throw',
  max_memory_usage: String(MEMORY_BYTES_MAX),
  max_result_bytes: String(RESULT_BYTES_MAX),
  result_overflow_mode: 'throw',
  join_use_nulls: 0,
});

/** DDL and other statements without rows. */
export const runSettings: ClickHouseSettings = {
  ...FORMATS,
  wait_end_of_query: 1,
  async_insert: 0,
  mutations_sync: '2',
};

/** One insert is one block, so that its token stands for all of its rows or for none. */
export const insertSettings = (token: string | undefined): ClickHouseSettings => ({
  ...FORMATS,
  wait_end_of_query: 1,
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_insert_block_size: String(BLOCK_ROWS_MAX),
  min_insert_block_size_rows: '0',
  min_insert_block_size_bytes: '0',
  max_insert_threads: '1',
  // An import may span the months of twenty years.
  max_partitions_per_insert_block: String(PARTITIONS_MAX),
  // A row with a name we do not know is a mistake of ours, not something to drop silently.
  input_format_skip_unknown_fields: 0,
  input_format_null_as_default: 1,
  // Blocks bring texts inside lists and maps as String, and the table keeps them as LowCardinality.
  input_format_native_allow_types_conversion: 1,
  insert_deduplicate: token === undefined ? 0 : 1,
  ...(token === undefined ? {} : { insert_deduplication_token: token }),
});

/** One report. */
const MEMORY_BYTES_MAX = 2_000_000_000;
const RESULT_BYTES_MAX = 256 * 1024 * 1024;
/** Above anything one insert carries: its body is at most 256 MB. */
const BLOCK_ROWS_MAX = 16_000_000;
const PARTITIONS_MAX = 400;

/** A report takes at most this long unless its caller says otherwise. */
export const READ_TIMEOUT_S = 60;

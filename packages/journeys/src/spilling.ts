/**
 * Bytes that a statement may take in memory before its groups go to disk: half of what one report may use. ClickHouse counts
 * the hash tables of joins as well, and beneath what they take every block would become a file of its own, each
 * with its buffers when they are merged: with 500 MB the people of 900,000 visits went into 120 files and took twice the memory.
 */
const BYTES_MAX = 1_000_000_000;

/**
 * Lets a statement over a large shop put its groups aside on disk. Without it the journey map of 10,000,000 events meets the
 * memory limit of a report.
 */
export const spilling = (sql: string): string =>
  `${sql}\n SETTINGS max_bytes_before_external_group_by = ${BYTES_MAX}`;

/**
 * The same for a statement that joins every event to its person with names and channels at its side: one hash table rather than
 * ClickHouse's several, which it would first sort the rows of each block by, texts and all. Paths over 1,000,000 events took
 * 0.96 s of CPU that way and 1.07 s the other, 0.85 s with the person in a column; the map is quicker with several.
 */
export const spillingInOneTable = (sql: string): string => `${spilling(sql)}, join_algorithm = 'hash'`;

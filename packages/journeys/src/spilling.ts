/** Bytes that the groups of a statement may take in memory before they go to disk, well below what one report may use. */
const GROUPS_BYTES_MAX = 500_000_000;

/**
 * Lets a statement over a large shop put its groups aside on disk. Without it the journey map of 10,000,000 events meets the
 * memory limit of a report.
 */
export const spilling = (sql: string): string =>
  `${sql}\n SETTINGS max_bytes_before_external_group_by = ${GROUPS_BYTES_MAX}`;

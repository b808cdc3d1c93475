/**
 * Rows that the product does not pass yet. They are left out of the run, and every run prints this list;
 * `FAULTS_KNOWN=1` runs them all the same.
 */
export const KNOWN_FAILURES: readonly { fault: string; why: string }[] = [];

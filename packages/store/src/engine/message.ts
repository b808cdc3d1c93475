/** What the parent tells its engine, and what it hears from it, over the IPC channel. */
export type ToEngine = { do: 'open'; data_dir: string; user: string; password: string } | { do: 'stop' };

export type FromEngine =
  | { did: 'ready'; port: number }
  /** `chdb_missing`: its package is not installed; `open_failed`: the directory could not be opened. */
  | { did: 'fail'; why: 'chdb_missing' | 'open_failed'; detail: string };

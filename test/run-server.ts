import { createLog, type RunningThroughline, readConfig, realEffects, startServer } from 'throughline';

/** All of Throughline in one process as `npm start` runs it, on a free port, with its data in `data_dir`; it tells errors alone. */
export const runServer = (
  data_dir: string,
  options: Partial<Pick<Parameters<typeof startServer>[1], 'effects' | 'first_site'>> = {},
): Promise<RunningThroughline> =>
  startServer(readConfig({ PORT: '0', DATA_DIR: data_dir, LOG_LEVEL: 'error' }), {
    log: createLog({
      level: 'error',
      pretty: true,
      clock: realEffects.clock,
      write: (line) => process.stderr.write(line),
    }),
    effects: realEffects,
    ...options,
  });

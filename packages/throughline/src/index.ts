export { type Config, readConfig } from './config.ts';
export { type Effects, realEffects } from './effects.ts';
export { createLog, type Log, type LogLevel } from './log.ts';
export { PlainError } from './plain-error.ts';
export { run } from './program.ts';
export { type RunningThroughline, type StartOptions, startServer } from './serve.ts';

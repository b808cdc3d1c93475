// Preloaded into a server (`node --import`): when it exits it writes into PROTOTYPES_FILE which built-in prototypes
// were given properties since it was ready to run.
import { writeFileSync } from 'node:fs';

const builtIn = [
  Object,
  Array,
  String,
  Number,
  Boolean,
  Function,
  Promise,
  Map,
  Set,
  RegExp,
  Date,
  Error,
  Buffer,
];
const keys = () =>
  builtIn.flatMap((of) => Reflect.ownKeys(of.prototype).map((key) => `${of.name}.${String(key)}`));
const before = new Set(keys());
process.on('exit', () => {
  const touched = keys().filter((key) => !before.has(key));
  if (process.env.PROTOTYPES_FILE) writeFileSync(process.env.PROTOTYPES_FILE, JSON.stringify(touched));
});

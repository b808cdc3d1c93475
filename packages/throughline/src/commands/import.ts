import { Command, InvalidArgumentError, Option } from 'commander';
import { type Cli, print } from '../cli.ts';
import { type Connection, connected } from '../connect.ts';
import { counted } from '../counted.ts';
import { type ImportOptions, importFile } from '../import/import-file.ts';
import { ImportReport } from '../import/report.ts';
import { settled } from '../settle.ts';

interface Options {
  site: string;
  format: 'segment' | 'csv';
  map: Record<string, string>;
  event?: string;
  json?: boolean;
}

/** Refused lines that are printed for people; --json has them all. */
const PRINTED_MAX = 20;

export function importCommand(cli: Cli): Command {
  return new Command('import')
    .description('take in history from a file; running it again doubles nothing')
    .argument('<file>', 'NDJSON of Segment calls, or CSV with a header; may be gzip')
    .requiredOption('--site <site>', 'public key of the site')
    .addOption(
      new Option('--format <format>', 'what the file holds').choices(['segment', 'csv']).default('segment'),
    )
    .option('--map <column=field>', 'CSV: where a column goes, can be repeated', mapped, {})
    .option('--event <name>', 'CSV: the event of records that name none')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', FIELDS)
    .action(async (file: string, options: Options) => {
      const report = await connected(cli, (connection) => work(cli, connection, file, options));
      const told = {
        read: report.read,
        accepted: report.accepted,
        refused: report.reasons,
        lines: report.refused,
      };
      print(cli, options.json, told, () => text(report));
    });
}

async function work(cli: Cli, connection: Connection, file: string, options: Options): Promise<ImportReport> {
  const { api, fetch, base } = connection;
  const keys = `/api/sites/${encodeURIComponent(options.site)}/keys`;
  // A key for this import alone, so that it can run beside a server without being told a secret.
  const { key, id } = await api<{ key: string; id: string }>('POST', keys, { kind: 'write' });
  const report = new ImportReport();
  try {
    await importFile({ ...options, file, progress: progress(cli) }, { fetch, base, write_key: key, report });
    await settled(api, options.site);
  } finally {
    await api('DELETE', `${keys}/${id}`);
    if (cli.terminal) cli.err('\n');
  }
  return report;
}

const progress =
  (cli: Cli): ImportOptions['progress'] =>
  (lines) => {
    if (cli.terminal) cli.err(`\r${lines.toLocaleString('en')} lines`);
  };

function text(report: ImportReport): string {
  const shown = report.refused.slice(0, PRINTED_MAX).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const more = report.refusedTotal - shown.length;
  return [
    `Read ${counted(report.read, 'line')}, accepted ${report.accepted}, refused ${report.refusedTotal}.`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more; --json lists them`] : []),
  ].join('\n');
}

function mapped(value: string, before: Record<string, string>): Record<string, string> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write it as column=field.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}

const FIELDS = `
A CSV column goes to: type, event, userId, anonymousId, messageId, timestamp, properties.NAME, traits.NAME or
context.NAME. Columns called like these (or user_id, email, time, …) need no --map; others become properties.
A line without messageId is known by its content, so the same line counts once.
Refused lines are reported with number and reason; the exit status is 0 when the file was read to its end, even if
every line was refused.`;

import { Command } from 'commander';
import { adminRequest, refusal } from '../admin-api.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { PlainError } from '../plain-error.ts';

interface Options {
  site: string;
  from?: string;
  to?: string;
  json?: boolean;
}

export function exportCommand(cli: Cli): Command {
  return new Command('export')
    .description('write every stored event to stdout as NDJSON, a row of the events table a line')
    .requiredOption('--site <site>', 'public key of the site')
    .option('--from <time>', 'from this instant on, ISO 8601')
    .option('--to <time>', 'up to but not including this instant')
    .option('--json', 'NDJSON, which is what comes anyway')
    .action((options: Options) =>
      connected(cli, async (connection) => {
        const query = new URLSearchParams();
        if (options.from !== undefined) query.set('from', options.from);
        if (options.to !== undefined) query.set('to', options.to);
        const path = `/api/sites/${encodeURIComponent(options.site)}/export?${query}`;
        const response = await connection.fetch(adminRequest(connection, 'GET', path));
        if (!response.ok) throw await refusal(response);
        await copy(response, cli);
      }),
    );
}

/** A stream that breaks off must not look like the end of the data. */
async function copy(response: Response, cli: Cli): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) cli.out(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    throw new PlainError('The export broke off; what was written is not all. Run it again.', {
      cause: error,
    });
  }
}

import { IDENTIFIER_KINDS } from '@throughline/contract';
import { Command, InvalidArgumentError } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { counted } from '../counted.ts';

interface Options {
  site: string;
  identifier?: { kind: string; value: string };
  json?: boolean;
}

export function eraseCommand(cli: Cli): Command {
  return new Command('erase')
    .description('delete a person and everything recorded of them, for good')
    .argument('[person]', 'person id (p_…), or the visitor id of a stranger')
    .requiredOption('--site <site>', 'public key of the site')
    .option('--identifier <kind=value>', 'whom: email=an@example.com, user_id=1042, …', identifier)
    .option('--json', 'print JSON')
    .action(async (person: string | undefined, options: Options, command: Command) => {
      if ((person === undefined) === (options.identifier === undefined))
        command.error('error: name one person, by id or by --identifier.');
      const body = person === undefined ? { identifier: options.identifier } : { person };
      const path = `/api/sites/${encodeURIComponent(options.site)}/erase`;
      const erased = await connected(cli, ({ api }) =>
        api<{ events: number; visitors: number }>('POST', path, body),
      );
      print(
        cli,
        options.json,
        erased,
        ({ events, visitors }) => `Erased ${counted(events, 'event')} of ${counted(visitors, 'visitor')}.`,
      );
    });
}

function identifier(text: string): { kind: string; value: string } {
  const kind = IDENTIFIER_KINDS.find((name) => text.startsWith(`${name}=`));
  if (kind === undefined)
    throw new InvalidArgumentError(`write it as kind=value; kinds are ${IDENTIFIER_KINDS.join(', ')}.`);
  return { kind, value: text.slice(kind.length + 1) };
}

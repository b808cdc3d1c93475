import { writeFile } from 'node:fs/promises';
import type { DeadLetterView, MessageView, ReplayView } from '@throughline/contract';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { counted } from '../counted.ts';
import { PlainError } from '../plain-error.ts';

interface Json {
  json?: boolean;
}

const letters = async (cli: Cli): Promise<DeadLetterView[]> =>
  (await connected(cli, ({ api }) => api<{ dead_letters: DeadLetterView[] }>('GET', '/api/dead-letters')))
    .dead_letters;

/** What the store refused, a line each. */
export async function showLetters(cli: Cli, { json }: Json): Promise<void> {
  const all = await letters(cli);
  print(cli, json, all, () =>
    all.length === 0
      ? 'No dead letters.'
      : all
          .map(
            ({ kind, site, event_id, name, hour, reason }) =>
              `${hour}  ${site}  ${event_id}  ${kind === 'link' ? 'link ' : ''}${name}: ${reason}`,
          )
          .join('\n'),
  );
}

/** Sends them again. */
export async function replayLetters(cli: Cli, { json }: Json): Promise<void> {
  const done = await connected(cli, ({ api }) => api<ReplayView>('POST', '/api/dead-letters/replay'));
  print(
    cli,
    json,
    done,
    ({ stored, duplicates, still_refused, links_stored, links_refused }) =>
      `${counted(stored, 'event')} stored, ${counted(duplicates, 'duplicate')}, ${still_refused} still refused; ` +
      `${counted(links_stored, 'link')} stored, ${links_refused} still refused.`,
  );
}

/** Writes them to a file. */
export async function exportLetters(cli: Cli, options: Json & { export: string }): Promise<void> {
  const all = await letters(cli);
  const text = all.map((letter) => `${JSON.stringify(letter)}\n`).join('');
  try {
    await writeFile(options.export, text, { mode: 0o600 });
  } catch (error) {
    throw new PlainError(
      `${options.export} cannot be written (${(error as NodeJS.ErrnoException).code}); name another file.`,
      { cause: error },
    );
  }
  print(
    cli,
    options.json,
    { file: options.export, events: all.length },
    ({ file, events }) => `Wrote ${counted(events, 'event')} to ${file}.`,
  );
}

/** What became of one event. */
export async function tellMessage(
  cli: Cli,
  options: Json & { message: string; site: string },
): Promise<void> {
  const path = `/api/sites/${encodeURIComponent(options.site)}/messages/${encodeURIComponent(options.message)}`;
  const view = await connected(cli, ({ api }) => api<MessageView>('GET', path));
  print(cli, options.json, view, sentenceOf);
}

function sentenceOf(view: MessageView): string {
  const { event_id, outcome, stored, set_aside, refused, repeated, remembered } = view;
  const refusals = refused.map(
    ({ reason, at, received_at }) => `Refused at ${received_at}: ${reason}${at === '' ? '' : ` (${at})`}.`,
  );
  const first = {
    stored: `${event_id} is stored: ${stored?.name} of ${stored?.visitor_id} at ${stored?.time}, received ${stored?.received_at}.`,
    waiting: `${event_id} is on disk here and waits for the store.`,
    set_aside: `${event_id} is a dead letter of ${set_aside?.hour}: ${set_aside?.reason}`,
    refused: `${event_id} was refused.`,
    unknown: `${event_id} is not known. Refusals are remembered since ${remembered.since}; look at the answer its sender got.`,
  }[outcome];
  const repeats = repeated.map(({ received_at }) => `Came again at ${received_at}, and counts once.`);
  return [first, ...refusals, ...repeats].join('\n');
}

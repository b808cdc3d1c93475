import { Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { PlainError } from '../plain-error.ts';

export function signInCommand(cli: Cli): Command {
  return new Command('sign-in')
    .description('print a new one-time link into the dashboard')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const link = await connected(cli, async ({ api, base, running, config }) => {
        if (!running && config.port === 0)
          throw new PlainError(
            'The server is not running and PORT is 0, so its address is not known; start it first.',
          );
        const { token, expires_at } = await api<{ token: string; expires_at: string }>(
          'POST',
          '/api/sign-in-links',
          {},
        );
        const origin = running ? base : `http://${config.host}:${config.port}`;
        return { url: `${origin}/sign-in#${token}`, expires_at };
      });
      print(cli, json, link, ({ url, expires_at }) => `${url}\nWorks once, until ${expires_at}.`);
    });
}

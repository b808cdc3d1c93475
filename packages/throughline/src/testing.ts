import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cli } from './cli.ts';
import { realEffects } from './effects.ts';
import { run } from './program.ts';

export interface TestCli extends Cli {
  stdout(): string;
  stderr(): string;
  /** What Ctrl+C does. */
  stop(): void;
  /** Resolves when the text has been printed to stdout. */
  printed(text: string): Promise<void>;
}

/** A command line of its own, without a terminal. */
export function testCli(environment: Record<string, string>): TestCli {
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; resolve(): void }[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return {
    environment,
    effects: realEffects,
    terminal: false,
    out(text) {
      stdout += text;
      for (const { text: wanted, resolve } of waiting) if (stdout.includes(wanted)) resolve();
    },
    err(text) {
      stderr += text;
    },
    stopped: () => stopped,
    stdout: () => stdout,
    stderr: () => stderr,
    stop: () => stop(),
    printed: (text) =>
      new Promise((resolve) => {
        if (stdout.includes(text)) resolve();
        else waiting.push({ text, resolve });
      }),
  };
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs one command line to its end. */
export async function runCommand(environment: Record<string, string>, ...argv: string[]): Promise<Ran> {
  const cli = testCli(environment);
  const code = await run(argv, cli);
  return { code, out: cli.stdout(), err: cli.stderr() };
}

export const temporaryFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'throughline-test-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

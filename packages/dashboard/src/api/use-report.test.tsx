// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { session } from '../state/session.ts';
import { ApiError } from './call.ts';
import { type Report, useReport } from './use-report.ts';

interface Asked {
  key: string;
  signal: AbortSignal;
  answer(text: string): void;
  fail(error: unknown): void;
}

let asked: Asked[] = [];
let seen: Report<string>;

function Probe({ of }: { of: string }) {
  seen = useReport(
    of,
    (signal) =>
      new Promise<string>((answer, fail) => {
        asked.push({ key: of, signal, answer, fail });
      }),
  );
  return null;
}

const show = (of: string) => act(() => render(<Probe of={of} />, document.body));
const settle = (what: () => void) => act(async () => what());
const failure = (status: number) => new ApiError(status, { code: 'x', message: 'No.', at: '' });

afterEach(() => {
  act(() => render(null, document.body));
  asked = [];
});

describe('a report', () => {
  it('keeps the older answer on the screen while a newer one is coming', async () => {
    await show('a');
    await settle(() => asked[0]!.answer('A'));
    await show('b');
    expect([seen.data, seen.loading]).toEqual(['A', true]);
    await settle(() => asked[1]!.answer('B'));
    expect([seen.data, seen.loading]).toEqual(['B', false]);
  });

  it('aborts what nobody waits for, and does not show its late answer', async () => {
    await show('a');
    await show('b');
    expect(asked[0]!.signal.aborted).toBe(true);
    await settle(() => asked[1]!.answer('B'));
    await settle(() => asked[0]!.answer('A'));
    expect(seen.data).toBe('B');
  });

  it('shows the error of the API and asks again on retry', async () => {
    await show('a');
    await settle(() => asked[0]!.fail(failure(503)));
    expect([seen.error?.message, seen.loading]).toEqual(['No.', false]);
    await settle(() => seen.retry());
    expect([seen.error, asked.length]).toEqual([undefined, 2]);
    await settle(() => asked[1]!.answer('A'));
    expect(seen.data).toBe('A');
  });

  it('signs out when the session has ended', async () => {
    session.value = { state: 'signed_in', sites: [] };
    await show('a');
    await settle(() => asked[0]!.fail(failure(401)));
    expect(session.value.state).toBe('signed_out');
  });
});

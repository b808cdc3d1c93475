// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSettled } from './use-settled.ts';

let settled = '';
function Probe({ text }: { text: string }) {
  settled = useSettled(text, 250);
  return null;
}
const type = (text: string) => act(() => render(<Probe text={text} />, document.body));
const pass = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  act(() => render(null, document.body));
  vi.useRealTimers();
});

describe('what is typed', () => {
  it('counts once the typing rests', () => {
    type('');
    type('h');
    pass(249);
    type('hà');
    pass(249);
    expect(settled).toBe('');
    pass(1);
    expect(settled).toBe('hà');
  });
});

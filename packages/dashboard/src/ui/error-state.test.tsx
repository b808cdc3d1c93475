// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/call.ts';
import { ErrorState } from './error-state.tsx';

const shown = (status: number) => {
  const error = new ApiError(status, { code: 'x', message: 'No such thing.', at: 'steps[1]' });
  act(() => render(<ErrorState error={error} retry={() => {}} />, document.body));
  return document.body.textContent ?? '';
};

afterEach(() => act(() => render(null, document.body)));

describe('an error', () => {
  it('names the field of a request that is wrong', () => {
    expect(shown(400)).toContain('steps[1]');
  });

  it('does not name one where there is nothing to correct', () => {
    expect(shown(404)).toContain('No such thing.');
    expect(shown(404)).not.toContain('steps[1]');
  });
});

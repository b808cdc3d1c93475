// @vitest-environment happy-dom
import type { CustomerView } from '@throughline/contract';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { language } from '../../state/language.ts';
import { Identifiers } from './identifiers.tsx';

// Numbers are written in the site's way, and there is no site here.
vi.mock('../../format/use-format.ts', () => ({ useFormat: () => ({ exact: String }) }));

const seen = (kind: string, value: string, day: number): CustomerView['identifiers'][number] => ({
  kind,
  value,
  first_seen: `2026-11-0${day}T00:00:00.000Z`,
  last_seen: `2026-11-0${day}T00:00:00.000Z`,
});
const IDENTIFIERS = [
  ...[1, 2, 3, 4, 5].map((day) => seen('order_id', `ORDER-${day}`, day)),
  seen('email', '9f86d081…', 2),
  seen('user_id', 'customer-48213', 1),
];
const show = (masked: boolean) =>
  act(() => render(<Identifiers of={IDENTIFIERS} masked={masked} />, document.body));
const lines = () => [...document.querySelectorAll('li')].map((line) => line.textContent);

beforeEach(() => {
  language.value = 'en';
});
afterEach(() => act(() => render(null, document.body)));

describe('what somebody is known by', () => {
  it('is there strongest first, and many orders are a number', () => {
    show(false);
    expect(lines()).toEqual([
      'User idcustomer-48213',
      'E-mail9f86d081…kept as a hash',
      'OrderORDER-5ORDER-4ORDER-3+2',
    ]);
  });

  it('does not show a hash before it is asked for', () => {
    show(true);
    expect(lines()[1]).toBe('E-mailkept as a hash');
  });

  it('shows all of a kind on demand', () => {
    show(false);
    act(() => document.querySelector('button')!.click());
    expect(lines()[2]).toBe('OrderORDER-5ORDER-4ORDER-3ORDER-2ORDER-1');
  });
});

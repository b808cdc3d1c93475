// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { language } from '../state/language.ts';
import { personName } from './person-name.ts';

const person = { id: 'p_007dc393a1b2c3d4', label: '', known: true };

afterEach(() => {
  language.value = 'en';
});

describe('what somebody is called', () => {
  it('is their label', () => {
    expect(personName({ ...person, label: 'Thu Hà' })).toBe('Thu Hà');
  });

  it('is short and tells them apart when they are known without one', () => {
    language.value = 'en';
    expect(personName(person)).toBe('Customer 007dc393');
    language.value = 'vi';
    expect(personName(person)).toBe('Khách 007dc393');
  });

  it('says nothing of a stranger', () => {
    language.value = 'en';
    expect(personName({ id: 'v9k2m', label: '', known: false })).toBe('Unknown visitor');
  });
});

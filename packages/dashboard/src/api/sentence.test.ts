// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { language } from '../state/language.ts';
import { ApiError } from './call.ts';
import { sentenceOf } from './sentence.ts';

const problem = (status: number, code: string, message: string) =>
  new ApiError(status, { code, message, at: '' });

afterEach(() => {
  language.value = 'en';
});

describe('what a failed call says', () => {
  it('is said in the language in use', () => {
    const error = problem(409, 'same_person', 'These two are one person already.');
    language.value = 'vi';
    expect(sentenceOf(error)).toBe('Đây vốn đã là cùng một người.');
    language.value = 'en';
    expect(sentenceOf(error)).toBe('These two are one person already.');
  });

  it('is the API’s own sentence where its code is new to the catalogue', () => {
    language.value = 'vi';
    expect(sentenceOf(problem(400, 'brand_new', 'A brand new refusal.'))).toBe('A brand new refusal.');
  });

  it('tells a server that is away from an answer that nobody can read', () => {
    expect(sentenceOf(problem(0, 'unreachable', ''))).toContain('did not answer');
    expect(sentenceOf(problem(502, 'unreadable', ''))).toContain('502');
  });
});

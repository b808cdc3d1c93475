import { describe, expect, it } from 'vitest';
import { makeFormat } from '../format/format.ts';
import { en } from '../i18n/en.ts';
import { vi } from '../i18n/vi.ts';
import { why } from './why.ts';

const format = makeFormat({ language: 'en', currency: 'VND', timezone: 'Asia/Ho_Chi_Minh' });
const evidence = { event_id: 'e1', kind: 'identify', time: '2026-11-12T03:05:00.000Z', identifiers: [] };

describe('the reason of a stitch', () => {
  it('is said in words, with the time in the zone of the site', () => {
    expect(why({ rule: 'identified_in_session', evidence }, format, en)).toBe('Signed in during this visit');
    expect(why({ rule: 'identified_before', evidence }, format, en)).toBe(
      'Signed in earlier on this browser (Nov 12, 10:05)',
    );
    expect(why({ rule: 'identified_later', evidence }, format, en)).toBe(
      'Signed in later on this browser (Nov 12, 10:05)',
    );
    expect(why({ rule: 'nobody' }, format, vi)).toBe(vi.customer.why_nobody);
  });

  it('tells a join by hand from a sign-in', () => {
    expect(why({ rule: 'identified_before', evidence: { ...evidence, kind: 'join' } }, format, en)).toBe(
      'Joined by hand (Nov 12, 10:05)',
    );
  });

  it('tells an order from a sign-in', () => {
    const order = { ...evidence, identifiers: [{ kind: 'order_id', value: '1001' }] };
    expect(why({ rule: 'identified_in_session', evidence: order }, format, en)).toBe(
      'Known by an order or cart of this visit',
    );
    expect(why({ rule: 'identified_before', evidence: order }, format, vi)).toContain('đơn hàng');
  });

  it('tells an address that a guest gave from a sign-in', () => {
    const guest = {
      ...evidence,
      identifiers: [
        { kind: 'email', value: '5f2c9a4b…' },
        { kind: 'order_id', value: '1001' },
      ],
    };
    expect(why({ rule: 'identified_in_session', evidence: guest }, format, en)).toBe(
      'Gave an e-mail or phone during this visit',
    );
    expect(why({ rule: 'identified_later', evidence: guest }, format, vi)).toContain('Để lại email');
    const member = { ...evidence, identifiers: [...guest.identifiers, { kind: 'user_id', value: 'an' }] };
    expect(why({ rule: 'identified_in_session', evidence: member }, format, en)).toBe(
      'Signed in during this visit',
    );
  });

  it('tells a visit that was set apart by hand', () => {
    const mend = { ...evidence, kind: 'disown' };
    expect(why({ rule: 'disowned', evidence: mend }, format, en)).toBe(
      'Set apart by hand (Nov 12, 10:05): nobody’s visit',
    );
  });

  it('names a rule that it does not know', () => {
    expect(why({ rule: 'household' }, format, en)).toBe('Rule: household');
  });
});

import { describe, expect, it } from 'vitest';
import { duration } from './duration.ts';
import { makeFormat } from './format.ts';

const english = makeFormat({ language: 'en', currency: 'USD', timezone: 'America/New_York' });
const vietnamese = makeFormat({ language: 'vi', currency: 'VND', timezone: 'Asia/Ho_Chi_Minh' });
/** Intl uses no-break spaces; a reader of this file cannot tell them apart. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ');

describe('numbers', () => {
  it('are written out below a million and shortened above', () => {
    expect(english.count(999_999)).toBe('999,999');
    expect(english.count(1_234_567)).toBe('1.2M');
    expect(english.exact(1_234_567)).toBe('1,234,567');
    expect(plain(vietnamese.count(1_234_567))).toBe('1,2 Tr');
    expect(vietnamese.exact(1_234_567)).toBe('1.234.567');
  });

  it('show one decimal of a share below ten per cent, and a whole number from there on', () => {
    expect([0, 0.004, 0.0994, 0.0996, 0.5, 1].map(english.share)).toEqual([
      '0%',
      '0.4%',
      '9.9%',
      '10%',
      '50%',
      '100%',
    ]);
  });

  it('carry a sign where they are a change', () => {
    expect([0.12, -0.3, 0].map(english.change)).toEqual(['+12%', '-30%', '0%']);
  });
});

describe('money', () => {
  it('is in the currency of the site unless the event names its own', () => {
    expect(english.money(1234.5)).toBe('$1,234.50');
    expect(plain(vietnamese.money(450_000))).toBe('450.000 ₫');
    expect(plain(vietnamese.money(12, 'EUR'))).toBe('12,00 €');
    expect(plain(vietnamese.money(450_000, ''))).toBe('450.000 ₫');
  });

  it('survives a currency that is no currency', () => {
    expect(english.money(12, 'points!')).toBe('12 points!');
    expect(plain(english.money(12, 'XQZ'))).toBe('XQZ 12.00');
  });

  it('is shortened in tight places', () => {
    expect(plain(vietnamese.moneyShort(182_400_000))).toBe('182,4 Tr ₫');
    expect(plain(vietnamese.moneyShort(450_000))).toBe('450.000 ₫');
    expect(english.moneyShort(18_250.75)).toBe('$18,251');
    expect(english.moneyShort(82.5)).toBe('$82.50');
  });
});

describe('times', () => {
  it('are in the zone of the site', () => {
    const moment = '2026-11-12T18:05:00.000Z';
    expect(english.time(moment)).toBe('13:05');
    expect(vietnamese.time(moment)).toBe('01:05');
    expect(english.day(moment)).toBe('Nov 12, 2026');
    expect(plain(vietnamese.day(moment))).toBe('13 thg 11, 2026');
  });

  it('leave a day where it is, whatever the zone', () => {
    expect(english.date('2026-11-12')).toBe('Nov 12');
    expect(plain(english.days('2026-11-01', '2026-11-12'))).toBe('Nov 1 – 12, 2026');
  });

  it('fall back to UTC for a zone the browser does not know', () => {
    const odd = makeFormat({ language: 'en', currency: 'USD', timezone: 'Mars/Olympus' });
    expect(odd.time('2026-11-12T18:05:00.000Z')).toBe('18:05');
  });

  it('show as they came when they are no time', () => {
    expect(english.moment('yesterday')).toBe('yesterday');
  });
});

describe('a duration', () => {
  it('is told in its two largest units', () => {
    const told = [0, 41, 60, 3_700, 86_400, 187_200, 2_246_400].map((seconds) => duration(seconds, 'en'));
    expect(told).toEqual(['0s', '41s', '1m', '1h 1m', '1d', '2d 4h', '26d']);
    expect(plain(duration(187_200, 'vi'))).toBe('2 ngày 4 giờ');
  });
});

describe('a country', () => {
  it('has its name in the language, and stays a code where there is none', () => {
    expect([vietnamese.country('DE'), english.country('VN'), english.country('??')]).toEqual([
      'Đức',
      'Vietnam',
      '??',
    ]);
  });
});

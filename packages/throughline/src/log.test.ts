import { expect, it } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

const logged = (level: LogLevel, pretty: boolean) => {
  const lines: string[] = [];
  const clock = () => new Date('2026-11-22T03:04:05.678Z');
  return { lines, log: createLog({ level, pretty, clock, write: (line) => lines.push(line) }) };
};

it('writes one JSON object a line, which a field cannot break or overwrite', () => {
  const { lines, log } = logged('info', false);
  log.info('listening', { url: 'http://a\n', level: 'faked', size: 3n, error: new TypeError('no') });
  expect(lines).toHaveLength(1);
  expect(lines[0]!.endsWith('\n') && !lines[0]!.slice(0, -1).includes('\n')).toBe(true);
  expect(JSON.parse(lines[0]!)).toEqual({
    time: '2026-11-22T03:04:05.678Z',
    level: 'info',
    message: 'listening',
    url: 'http://a\n',
    size: '3',
    error: 'TypeError: no',
  });
});

it('says what is as bad as its level or worse', () => {
  const { lines, log } = logged('warn', false);
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['c', 'd']);
});

it('writes for people at a terminal', () => {
  const { lines, log } = logged('info', true);
  log.warn('spool is full', { bytes: 12 });
  expect(lines).toEqual(['03:04:05 warn  spool is full bytes=12\n']);
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { PlainError } from './plain-error.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      port: 8787,
      host: '127.0.0.1',
      data_dir: path.resolve('data'),
      trust_proxy: false,
      log_level: 'info',
    });
  });

  it('reads every variable', () => {
    expect(
      readConfig({
        PORT: '0',
        HOST: '0.0.0.0',
        DATA_DIR: '/srv/throughline',
        CLICKHOUSE_URL: 'https://clickhouse.internal:8443',
        CLICKHOUSE_USER: 'shop',
        CLICKHOUSE_PASSWORD: 'pass word',
        CLICKHOUSE_DATABASE: 'journeys',
        CLICKHOUSE_CLUSTER: 'main',
        ADMIN_TOKEN: 'a-token-of-twenty-chars',
        TRUST_PROXY: 'yes',
        RATE_LIMIT: '200',
        RATE_LIMIT_KEY: 'off',
        COUNTRY_DB: '/srv/GeoLite2-Country.mmdb',
        LOG_LEVEL: 'DEBUG',
      }),
    ).toEqual({
      port: 0,
      host: '0.0.0.0',
      data_dir: '/srv/throughline',
      clickhouse: {
        url: 'https://clickhouse.internal:8443',
        user: 'shop',
        password: 'pass word',
        database: 'journeys',
        cluster: 'main',
      },
      admin_token: 'a-token-of-twenty-chars',
      trust_proxy: true,
      rate_limit: 200,
      key_rate_limit: 'off',
      country_file: '/srv/GeoLite2-Country.mmdb',
      log_level: 'debug',
    });
  });

  it('takes a rate limit that is off', () => {
    expect(readConfig({ RATE_LIMIT: 'OFF' }).rate_limit).toBe('off');
  });

  it('takes an empty variable as unset', () => {
    expect(readConfig({ PORT: '', CLICKHOUSE_URL: ' ', ADMIN_TOKEN: '' })).toEqual(readConfig({}));
  });

  it.each([
    [{ PORT: '80a' }, 'PORT is "80a"'],
    [{ PORT: '65536' }, 'PORT is "65536"'],
    [{ PORT: '-1' }, 'PORT is "-1"'],
    [{ PORT: '1e3' }, 'PORT is "1e3"'],
    [{ HOST: 'http://shop' }, 'HOST is "http://shop"'],
    [{ CLICKHOUSE_URL: 'clickhouse:8123' }, 'CLICKHOUSE_URL must look like'],
    [{ CLICKHOUSE_URL: 'file:///etc/passwd' }, 'CLICKHOUSE_URL must look like'],
    [{ CLICKHOUSE_URL: 'http://me:secret@host:8123' }, 'CLICKHOUSE_URL holds a user or password'],
    [{ CLICKHOUSE_PASSWORD: 'x' }, 'CLICKHOUSE_PASSWORD is set but CLICKHOUSE_URL is not'],
    [{ CLICKHOUSE_URL: 'http://host', CLICKHOUSE_DATABASE: 'a;b' }, 'CLICKHOUSE_DATABASE is "a;b"'],
    [{ ADMIN_TOKEN: 'short' }, 'ADMIN_TOKEN must be 16 to 200'],
    [{ TRUST_PROXY: 'maybe' }, 'TRUST_PROXY is "maybe"'],
    [{ RATE_LIMIT: '0' }, 'RATE_LIMIT is "0"'],
    [{ RATE_LIMIT: '2.5' }, 'RATE_LIMIT is "2.5"'],
    [{ RATE_LIMIT_KEY: '-1' }, 'RATE_LIMIT_KEY is "-1"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
  ])('stops at %j with one sentence that names the variable', (environment, sentence) => {
    const read = () => readConfig(environment as unknown as Record<string, string>);
    expect(read).toThrow(PlainError);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/secret/);
  });
});

import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecrets, SecretBook, secretsFile, writeSecrets } from './secrets.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-secrets-'));
  file = secretsFile(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the webhook secrets', () => {
  it('are kept for their owner alone, and read back', async () => {
    await writeSecrets(file, { shop1: { shopify: 'one' } });
    await writeSecrets(file, { shop1: { shopify: 'one' }, shop2: { woocommerce: 'two' } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect({ ...(await readSecrets(file)) }).toEqual({
      shop1: { shopify: 'one' },
      shop2: { woocommerce: 'two' },
    });
  });

  it('are none where there is no file, and where the file says something else', async () => {
    expect({ ...(await readSecrets(file)) }).toEqual({});
    await writeFile(file, '{"shop1":{"shopify":5,"magento":"x"},"shop2":[]}');
    expect({ ...(await readSecrets(file)) }).toEqual({ shop1: {}, shop2: {} });
  });

  it('that cannot be read are told in one sentence that names the file', async () => {
    await writeFile(file, '{"shop1":');
    await expect(readSecrets(file)).rejects.toThrow(`${file} is not JSON`);
    await rm(file);
    await expect(readSecrets(path.join(folder, 'x'.repeat(300)))).rejects.toThrow(
      'Cannot read the webhook secrets',
    );
  });

  it('are read again within a second of a change, and not at every delivery', async () => {
    let now = 0;
    const book = new SecretBook(file, () => now);
    expect(await book.find('shop1', 'shopify')).toBeUndefined();
    await writeSecrets(file, { shop1: { shopify: 'one' } });
    expect(await book.find('shop1', 'shopify')).toBeUndefined();
    now = 1_000;
    expect(await book.find('shop1', 'shopify')).toBe('one');
    await rm(file);
    now = 2_000;
    expect(await book.find('shop1', 'shopify')).toBeUndefined();
  });
});

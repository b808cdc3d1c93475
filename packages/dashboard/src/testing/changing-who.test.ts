// Who is who put right by hand, on the built pages in a real browser, with invented answers.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type BuiltPages, builtPages } from './built-pages.ts';

let server: BuiltPages['server'];
let page: Page;
let signIn: BuiltPages['signIn'];
let open: BuiltPages['open'];

builtPages((fresh) => {
  ({ server, page, signIn, open } = fresh);
});

describe('changing who is who', () => {
  it('takes back what ties a visit to a person, with a reason', async () => {
    await signIn();
    await open('/people/p_1');
    await page.locator('summary.stitch').first().click();
    await page.getByText('Holds since').first().waitFor();
    await page.getByRole('button', { name: 'This is not them' }).first().click();
    const change = page.getByRole('button', { name: 'Change it' });
    expect(await change.isDisabled()).toBe(true);
    await page.getByLabel('Why', { exact: true }).fill('It was her brother');
    await change.click();
    await expect
      .poll(() => server.calls.filter((call) => call.startsWith('POST')).at(-1))
      .toContain('/mends');
    await page.getByLabel('Why', { exact: true }).waitFor({ state: 'detached' });
  });

  it('takes one inherited visit alone away, signed with a name that is remembered', async () => {
    await signIn();
    await open('/people/p_1');
    await page.locator('summary.stitch').first().click();
    await page.getByRole('button', { name: 'Only this visit is not theirs' }).click();
    await page.getByText('Their other visits stay as they are.').waitFor();
    await page.getByLabel('Why', { exact: true }).fill('Her sister was here');
    await page.getByLabel('Your name').fill('Linh');
    await page.getByRole('button', { name: 'Change it' }).click();
    await expect
      .poll(() => server.bodies.at(-1))
      .toEqual({
        disown: { visitor_id: 'v_laptop', session_id: expect.stringMatching(/^s_/) },
        reason: 'Her sister was here',
        author: 'Linh',
      });
    // The form goes away with the answer.
    await page.getByLabel('Why', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Join with another person' }).click();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Linh');
  });

  it('is a page of its own in the navigation', async () => {
    await signIn();
    await page.getByRole('navigation').getByRole('link', { name: 'Who is who' }).click();
    await page.getByRole('heading', { level: 1, name: 'Who is who' }).waitFor();
  });

  it('is refused in the language in use', async () => {
    await signIn();
    await page.getByLabel('Language').selectOption('vi');
    await open('/people/p_1');
    await page.getByRole('button', { name: 'Gộp với một người khác' }).click();
    await page.getByLabel('Mã của người hoặc trình duyệt kia').fill('nobody');
    await page.getByLabel('Lý do', { exact: true }).fill('Cùng địa chỉ');
    await page.getByRole('button', { name: 'Thay đổi' }).click();
    await page.getByRole('alert').getByText('Không có ai mang mã này.').waitFor();
  });

  it('says why two people cannot be joined', async () => {
    await signIn();
    await open('/people/p_1');
    await page.getByRole('button', { name: 'Join with another person' }).click();
    await page.getByLabel('Id of the other person or browser').fill('nobody');
    await page.getByLabel('Why', { exact: true }).fill('The same address');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByRole('alert').getByText('Nobody here is known by this id.').waitFor();
  });

  it('tries rules before they are used', async () => {
    await signIn();
    await open('/who');
    await page.getByLabel('Days a sign-in claims back').fill('30');
    await page.getByRole('button', { name: 'Try it' }).click();
    const trial = page.getByRole('region', { name: 'What would change' });
    await trial.getByText('2,408 → 2,391').waitFor();
    await trial.getByText('2 become one').waitFor();
    await page.getByLabel('Days a sign-in claims back').fill('31');
    await trial.waitFor({ state: 'detached' });
  });

  it('take a new value that names nobody on a line of its own', async () => {
    await signIn();
    await open('/who');
    const values = page.getByLabel('Values that name nobody, one a line');
    await values.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('till-1');
    expect((await values.inputValue()).split('\n').at(-1)).toBe('till-1');
    const tried = page.waitForRequest('**/identity-rules/try');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Try it' }).click();
    expect((await tried).postDataJSON().rules.blocked_values.at(-1)).toBe('till-1');
  });

  it('say that they are being applied until they are', async () => {
    await signIn();
    let asked = 0;
    await page.route('**/identity-rules', async (route) => {
      const answer = await (await route.fetch()).json();
      asked += 1;
      await route.fulfill({ json: { ...answer, applying: asked < 3 } });
    });
    await open('/who');
    const applying = page.getByText('Everybody is being sorted anew by these rules.');
    await applying.waitFor();
    await applying.waitFor({ state: 'detached' });
    expect(asked).toBe(3);
  });

  it('say on a shared browser what they did', async () => {
    await signIn();
    await open('/who');
    await page.getByRole('cell', { name: '5 times signed in there' }).waitFor();
  });
});

import { describe, expect, it } from 'vitest';
import { accountAct } from './tag-form.ts';

const filled = (name: string, autocomplete = '') => [name, autocomplete, true];
const empty = (name: string, autocomplete = '') => [name, autocomplete, false];

describe('a form sent with a password', () => {
  it.each([
    ['Shopify', 'create_customer,,/account', [filled('customer[password]')]],
    [
      'WooCommerce',
      ',woocommerce-form woocommerce-form-register register,',
      [filled('password', 'new-password')],
    ],
    ['a Vietnamese shop', 'dang-ky,,/tai-khoan', [filled('mat_khau')]],
    [
      'WooCommerce at the checkout',
      ',checkout woocommerce-checkout,/checkout/',
      [filled('account_password', 'new-password')],
    ],
    [
      'Magento',
      'form-validate,form create account form-create-account,/customer/account/createpost/',
      [filled('password', 'off'), filled('password_confirmation', 'off')],
    ],
    ['PrestaShop', 'customer-form,js-customer-form,/inscription', [filled('password', 'new-password')]],
    ['Haravan', 'create_customer,,/account', [filled('customer[password]')]],
    ['Sapo', 'customer_register,,/account/register', [filled('password')]],
  ])('is a sign-up on %s', (_platform, form, passwords) => {
    expect(accountAct('login', { form, passwords })).toBe('signup_completed');
  });

  it.each([
    ['Shopify', 'customer_login,,/account/login', [filled('customer[password]', 'current-password')]],
    [
      'WooCommerce',
      ',woocommerce-form woocommerce-form-login login,',
      [filled('password', 'current-password')],
    ],
    [
      'Magento',
      'login-form,form form-login,/customer/account/loginPost/',
      [filled('login[password]', 'off')],
    ],
    ['PrestaShop', 'login-form,,/connexion', [filled('password', 'current-password')]],
  ])('is a log-in on %s', (_platform, form, passwords) => {
    expect(accountAct('login', { form, passwords })).toBe('login');
  });

  it.each([
    [
      'a new password on WooCommerce',
      ',woocommerce-ResetPassword lost_reset_password,',
      [filled('password_1', 'new-password'), filled('password_2', 'new-password')],
    ],
    [
      'a new password on Magento',
      'form-validate,form password reset,/customer/account/resetpasswordpost/',
      [filled('password'), filled('password_confirmation')],
    ],
    [
      'a new password on Shopify',
      ',,/account/reset',
      [filled('customer[password]'), filled('customer[password_confirmation]')],
    ],
    [
      'a changed account on WooCommerce',
      ',woocommerce-EditAccountForm edit-account,',
      [filled('password_current', 'off'), empty('password_1', 'off'), empty('password_2', 'off')],
    ],
    [
      'a changed account on PrestaShop',
      'customer-form,js-customer-form,/identite',
      [filled('password'), empty('new_password', 'new-password')],
    ],
    [
      'Shopify’s shop behind a password',
      'login_form,storefront-password-form,/password',
      [filled('password')],
    ],
    ['a page of WordPress behind one', ',post-password-form,/wp-login.php', [filled('post_password')]],
    ['an account that is closed', 'delete-account,,/account', [filled('password')]],
    ['a card', 'payment,,/pay', [filled('cvv', 'cc-csc')]],
    ['a forgotten one in Vietnamese', 'quen-mat-khau,,/tai-khoan', [filled('password')]],
    [
      'a changed account on Magento',
      'form-validate,form form-edit-account,/customer/account/editPost/',
      [filled('current_password'), filled('password'), filled('password_confirmation')],
    ],
  ])('is neither for %s', (_what, form, passwords) => {
    expect(accountAct('login', { form, passwords })).toBe('form_submitted');
  });

  it('keeps the name that an older tag gave it', () => {
    expect(accountAct('login', {})).toBe('login');
    expect(accountAct('signup_completed', {})).toBe('signup_completed');
  });
});

it.each([
  ['create_customer,,/account', [empty('customer[password]')], 'signup_started'],
  ['customer_login,,/account/login', [empty('customer[password]')], 'form_started'],
  ['register-newsletter,,/news', [], 'form_started'],
  ['customer-form,,/identite', [empty('password'), empty('new_password')], 'form_started'],
])('calls a form %s that was begun, with the passwords %j, %s', (form, passwords, expected) => {
  expect(accountAct('form_started', { form, passwords })).toBe(expected);
});

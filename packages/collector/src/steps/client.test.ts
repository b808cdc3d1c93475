import { describe, expect, it } from 'vitest';
import { type ClientHints, clientOf } from './client.ts';

const WEBVIEW =
  'Mozilla/5.0 (Linux; Android 13; SM-A515F Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.66 Mobile Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const FROZEN =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const chrome: ClientHints = {
  brands: '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"',
  mobile: '?0',
  platform: '"Android"',
};

describe('the browser inside an app', () => {
  it.each([
    ['Zalo', `${WEBVIEW} Zalo android/12100745 ZaloTheme/light ZaloLanguage/vn`],
    ['Zalo', `${IPHONE} Zalo iOS/535 ZaloTheme/light ZaloLanguage/vn`],
    ['Facebook', `${WEBVIEW} [FB_IAB/FB4A;FBAV/442.0.0.44.114;]`],
    ['Facebook', `${IPHONE} [FBAN/FBIOS;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.1.2;FBLC/vi_VN;FBOP/5]`],
    ['Instagram', `${WEBVIEW} Instagram 309.0.0.40.113 Android (33/13; 450dpi; samsung; SM-A536E; vi_VN)`],
    ['Instagram', `${IPHONE} Instagram 308.0.2.18.106 (iPhone14,5; iOS 16_6; vi_VN; vi; scale=3.00)`],
    [
      'TikTok',
      `${WEBVIEW} trill_320805 JsSdk/1.0 NetType/WIFI AppName/trill ByteLocale/vi-VN BytedanceWebview/d8a21c6`,
    ],
    ['TikTok', `${IPHONE} musical_ly_32.5.0 JsSdk/2.0 NetType/WIFI Region/VN BytedanceWebview/d8a21c6`],
  ])('is %s', (browser, agent) => {
    expect(clientOf(agent, undefined)).toMatchObject({ browser, device: 'mobile', is_bot: 0 });
  });

  it('is Zalo on a computer as well', () => {
    const agent = DESKTOP.replace('Chrome/', 'ZaloPC/23.10.2 Chrome/');
    expect(clientOf(agent, undefined)).toMatchObject({ browser: 'Zalo', device: 'desktop', os: 'Windows' });
  });
});

describe('a tablet', () => {
  it.each<[string, string, ClientHints | undefined]>([
    [
      'an iPad',
      'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
      undefined,
    ],
    ['Android without "Mobile"', FROZEN, undefined],
    ['Android that hints at no phone', FROZEN, chrome],
    [
      'a model that is one',
      FROZEN.replace('Safari', 'Mobile Safari'),
      { ...chrome, mobile: '?1', model: '"SM-X910"', platform_version: '"15.0.0"' },
    ],
    ['a form factor that says so', DESKTOP, { ...chrome, form_factors: '"Tablet"' }],
  ])('is seen by %s', (_what, agent, hints) => {
    expect(clientOf(agent, hints).device).toBe('tablet');
  });

  it('is not seen in a phone’s model', () => {
    const hints = { ...chrome, mobile: '?1', model: '"Pixel 9"', platform_version: '"15.0.0"' };
    expect(clientOf(FROZEN.replace('Safari', 'Mobile Safari'), hints)).toMatchObject({
      device: 'mobile',
      os: 'Android',
      browser: expect.stringContaining('Chrome'),
    });
  });
});

describe('a robot', () => {
  it.each([
    ['says its name', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', undefined],
    [
      'reads for a model',
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.1; +https://openai.com/gptbot',
      undefined,
    ],
    ['has no screen', DESKTOP.replace('Chrome/', 'HeadlessChrome/'), undefined],
    [
      'has no screen and says so in its hints alone',
      DESKTOP,
      { ...chrome, brands: '"HeadlessChrome";v="142"' },
    ],
    ['is a script', 'python-requests/2.31', undefined],
  ])('is marked when it %s', (_what, agent, hints) => {
    expect(clientOf(agent, hints).is_bot).toBe(1);
  });

  it('is not a person with any browser', () => {
    for (const agent of [DESKTOP, FROZEN, WEBVIEW, IPHONE]) expect(clientOf(agent, undefined).is_bot).toBe(0);
  });
});

describe('a browser', () => {
  it.each([
    ['Edge', '"Microsoft Edge";v="142"'],
    ['Brave', '"Brave";v="142"'],
    ['Coc Coc', '"CocCoc";v="142"'],
  ])('that hides behind Chrome is %s by its hints, also in the list of full versions', (browser, brand) => {
    expect(clientOf(DESKTOP, { ...chrome, platform: '"Windows"', brands: brand }).browser).toBe(browser);
    expect(clientOf(DESKTOP, { ...chrome, platform: '"Windows"', full_versions: brand }).browser).toBe(
      browser,
    );
  });

  it('that sends nonsense is unknown, and none of it breaks anything', () => {
    const hints = {
      brands: '"',
      mobile: '?',
      platform: '"<script>',
      model: '"((((;"',
      platform_version: '"x"',
      form_factors: '"',
    };
    expect(clientOf('('.repeat(5_000), hints)).toMatchObject({ device: '', os: '' });
    expect(clientOf('', hints)).toEqual({ device: '', browser: '', os: '', is_bot: 0 });
  });
});

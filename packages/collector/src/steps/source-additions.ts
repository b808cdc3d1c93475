/** What a referring host, or a name in `utm_source`, can be known as. */
export type SourceKind = 'search' | 'social' | 'video' | 'shopping' | 'assistant' | 'email';

/**
 * Sources that the maintained list (sources.ts) lacks or files under another kind than GA4's source categories
 * (https://support.google.com/analytics/answer/9756891): it knows no video, shopping or assistants, and little of
 * Vietnam. An entry is a host with all hosts below it; `amazon.*` stands for any country's; a bare word is a name in
 * `utm_source`. These come before the list.
 */
export const SOURCE_ADDITIONS: Readonly<Record<SourceKind, readonly string[]>> = {
  search: [
    'coccoc.com coccoc kagi.com so.com',
    'com.google.android.apps.searchlite naver.com daum.net seznam.cz',
    'sogou.com qwant.com brave yandex.* rakuten.co.jp',
  ],
  social: [
    'zalo.me zaloapp.com zalo com.zing.zalo tinhte.vn voz.vn webtretho.com lotus.vn',
    'fb ig insta com.facebook.katana com.facebook.orca messenger.com messenger fb.com m.me',
    'com.instagram.android threads.net threads.com tiktok.com tiktok snapchat.com snapchat',
    'com.zhiliaoapp.musically com.ss.android.ugc.trill pinterest.* com.pinterest',
    'telegram.org telegram t.me org.telegram.messenger whatsapp.com wa.me line.me line viber.com viber',
    'discord.com discord discord.gg kakao.com kakao wechat.com wechat weixin.qq.com weibo.cn xiaohongshu.com',
    'medium.com blogspot.com blogger.com wordpress.com livejournal.com hatena.ne.jp ameblo.jp nicovideo.jp',
    'stackexchange.com meetup.com slideshare.net tripadvisor.com yelp.com deviantart.com goodreads.com digg.com',
    'researchgate.net academia.edu fandom.com mix.com plurk.com',
  ],
  video: [
    'youtube.com youtube yt youtu.be youtube-nocookie.com com.google.android.youtube vimeo.com vimeo',
    'dailymotion.com dailymotion twitch.tv twitch netflix.com netflix hulu.com hulu disneyplus.com bilibili.com',
    'bilibili.tv iqiyi.com iq.com youku.com ted.com ted wistia.com wistia.net veoh.com utreon.com crackle.com',
    'curiositystream.com rumble.com fptplay.vn vieon.vn',
  ],
  shopping: [
    'shopee.* shopee lazada.* lazada tiki.vn tiki sendo.vn sendo chotot.com websosanh.vn',
    'amazon.* amazon ebay.* ebay etsy.com etsy alibaba.com alibaba aliexpress.* aliexpress 1688.com taobao.com',
    'tmall.com temu.com temu shein.com walmart.com walmart target.com mercadolibre.* mercadolivre.com.br',
    'shopping.google.com googleshopping igshopping shopping.naver.com shopping.yahoo.com shopping.yahoo.co.jp',
    'shopping.yahoo.net shopping.net shop.app shopify.com shopify shopzilla.com shopzilla idealo.* pricegrabber.com',
    'rakuten.com tokopedia.com',
  ],
  assistant: [
    'chatgpt.com chatgpt chat.openai.com openai.com openai com.openai.chatgpt perplexity.ai perplexity',
    'gemini.google.com gemini bard.google.com claude.ai claude copilot.microsoft.com copilot.com copilot',
    'edgeservices.bing.com deepseek.com deepseek grok.com grok x.ai chat.mistral.ai mistral you.com poe.com',
    'meta.ai kimi.com chat.qwen.ai doubao.com phind.com iask.ai',
  ],
  email: ['outlook.office.com outlook.office365.com mail.proton.me mail.zoho.* mail.yahoo.*'],
};

/** The set-up page: how events get here, what was seen, and what became of it. */
export const setUpEn = {
  set_up: {
    title: 'Set-up',
    snippet: 'Paste this into every page',
    snippet_text:
      'Before the closing head tag. It waits until the page is idle, so the shop stays as fast as it was.',
    copy: 'Copy',
    copied: 'Copied',
    select: 'Selected: press Ctrl+C',
    hosts: 'Accepted from',
    any_host: 'any host',
    reach: {
      machine:
        'This address is known to this machine alone. On the shop’s pages, put your server’s public one in its place.',
      plain:
        'A shop on https does not load scripts from an address without it. Serve Throughline on https, best from a host of the shop.',
    },
    build: 'Build of the tag',
    builds: { complete: 'Complete', core: 'Core' },
    build_text: {
      complete: '4 KB. Sees carts, sign-ups and log-ins by itself. Right for most shops.',
      core: '1.9 KB. Pages, visits, searches and what your own code says; everything else by attributes and calls. It sends no e-mail addresses and no phone numbers, which the complete build sends as hashes.',
    },
    build_when:
      'A choice or an upgrade reaches visitors within five minutes; whoever was in the shop during the last day runs the build they have for one page more.',
    build_changed: {
      core: 'Saved. The line above has changed: put it in place of the old one.',
      complete: 'Saved. The shop’s pages need no change.',
    },
    /** Comments in examples of code. */
    code: { log_out: 'log-out', removes: 'removes what was stored' },
    managed: 'With Google Tag Manager',
    managed_text:
      'Make a Custom HTML tag of this, with the trigger “Initialization – All Pages”. Not of the line above: Tag Manager takes off the attribute that says which site it is for.',
    managed_cost:
      'The line within the pages sees more. Tag Manager starts it later, and where an ad blocker stops Tag Manager, it stops this too. Use one of the two; a page that has both counts once.',
    strict: 'For shops with a Content-Security-Policy',
    pinned: 'A line that runs one file and no other',
    pinned_text:
      'The browser compares the file with the hash in the line (Subresource Integrity) and does not run it if a single byte differs, whoever changed it.',
    pinned_cost:
      'In return it never updates itself: after an upgrade of Throughline, or another choice of build, it goes on as it is until you paste the line that stands here then.',
    pinned_policy:
      'The policy may then be as narrow as this. One that lists hashes, or has ‘strict-dynamic’, takes the hash of the line in quotes instead of the address.',
    alone: 'Recorded from this line alone',
    alone_core: ['Page views, visits, where people come from, and searches'],
    alone_complete: [
      'Adds to the cart on Shopify, WooCommerce, Magento 2, PrestaShop, Haravan and Sapo; adds that the shop refuses are told apart',
      'Sign-ups and log-ins by a form with a password, once it shows that they went well',
      'What the shop tells the dataLayer, gtag or Segment anyway: products viewed, adds and removals, checkouts, purchases',
      'Reading time and scrolling, slow and missing pages, script errors, rage clicks, forms left half-way, links out and files',
    ],
    more: 'Needs one thing more',
    more_complete: [
      'Orders: let your server or the shop’s platform send them, so that none is missing. One order told several times counts once.',
      'Carts on another host (Medusa, Saleor and other headless shops): an attribute or a call',
      'Sign-ups and log-ins through Google, Zalo or another service: a call',
      'Your own number for a customer: an identify call',
    ],
    more_core: [
      'Carts, sign-ups and log-ins: an attribute or a call',
      'Orders: let your server or the shop’s platform send them, so that none is missing. One order told several times counts once.',
      'Who a customer is: an identify call',
    ],
    hand: 'What the tag cannot see by itself',
    hand_text: 'On a page that has the line above.',
    attributes: 'With an attribute',
    attributes_text:
      'Recorded when the element is clicked, or the form sent. Every other data-tl-… becomes a property.',
    calls: 'With a call',
    consent: 'When visitors are asked for consent',
    consent_text:
      'Add one of these to the line, or in Tag Manager one more tag.setAttribute of the same name and value. Browsers that send Global Privacy Control or Do Not Track are not recorded in any of these modes.',
    consent_mode: 'In the line',
    consent_meaning: 'Until the visitor has chosen',
    consent_none: 'nothing added',
    consent_none_means: 'Everything is recorded.',
    consent_required_means: 'Nothing is stored and nothing is sent.',
    consent_cookieless_means:
      'Views are counted and nothing is stored in the browser; every page is a visitor of its own.',
    consent_calls: 'From your banner',
    consent_google: 'Google’s Consent Mode v2 is understood without a call.',
    seen: 'What has been seen',
    seen_text: (n: number, days: string) =>
      `Over the last ${n === 1 ? 'day' : `${days} days`}, robots left out.`,
    seen_what: 'What',
    seen_by: 'Seen by',
    seen_times: 'Times',
    seen_last: 'Last seen',
    seen_live: 'Looks again every few seconds.',
    seen_rest: (shown: string) => `Show ${shown} more`,
    seen_never: (n: number, days: string) => `Not in ${days} ${n === 1 ? 'day' : 'days'}`,
    seen_other: 'Events under names of your own',
    hints: {
      page_viewed: 'Open a page of the shop that has the line in it.',
      search:
        'Search in the shop. It is seen where the address of the results has q, s, query or search in it.',
      product_viewed:
        'Told by the dataLayer (view_item), Segment or Shopify; otherwise by an attribute or a call.',
      cart_added:
        'Put something into the cart. If it does not show up here, the platform is not one of those above: use an attribute or a call.',
      checkout_started:
        'Told by the dataLayer (begin_checkout), Segment or Shopify; otherwise by an attribute or a call.',
      order_completed: 'Send orders from your server or by the platform’s webhook, as shown below.',
      signup_completed:
        'Register a test account. It is seen on the page that follows, once no password is asked for there.',
      login: 'Log in once. Single sign-on needs a call.',
    },
    core_hint: 'The core build needs an attribute or a call for this.',
    robots_seen: (events: string, last: string) =>
      `Besides, ${events} of robots, the latest ${last}. They are stored and left out of every number.`,
    only_robots_title: 'So far only robots came',
    only_robots: (events: string) =>
      `${events} arrived, all of them from robots: search engines, link previews, and browsers that a program drives, such as headless Chromium. To try the shop yourself, open it in an ordinary browser window.`,
    latest: 'The latest events',
    latest_text: (n: number, hours: string) =>
      `Of the last ${n === 1 ? 'hour' : `${hours} hours`}, robots’ included.`,
    latest_when: 'When',
    latest_page: 'Page',
    robot: 'Robot',
    track: 'Orders and more from your server',
    track_text:
      'With the write key that “site add” printed. The same address takes Segment’s SDKs. An answer of 200 means that the event is on disk.',
    sdk: 'With Segment’s Node SDK',
    webhook: 'Or let the platform tell of orders and refunds',
    webhook_text: 'Shopify, Haravan, Sapo and WooCommerce. The command prints the address to enter there.',
    ledger: 'What became of every event',
    ledger_text: 'Counted to the event; nothing is dropped without a reason.',
    received: 'Received',
    stored: 'Stored',
    duplicates: 'Duplicates',
    refused: 'Refused',
    waiting: 'Waiting',
    balanced: 'received = stored + duplicates + refused + waiting',
    duplicates_why:
      'Duplicates are events that were sent again to be safe, mostly because a visitor left the page before the answer came; each counts once.',
    unbalanced: 'The numbers do not add up. Please report this.',
    lost: (events: string, since: string) =>
      `Never arrived: ${events} that browsers gave up because they were offline for too long (told since ${since}).`,
    reasons: 'Why events were refused',
    reason: 'Reason',
    events: 'Events',
    hours: 'Arrivals by hour, last 7 days',
    hour: 'Hour',
    nothing_title: 'Nothing has arrived yet',
    nothing: [
      'Paste the line above into the shop’s pages and open one of them.',
      'In the browser’s network panel, look for a request to /e: it must answer with 2xx.',
      'If it is blocked, a consent banner, an ad blocker or the host list above may be the cause.',
      'A shop with a Content-Security-Policy must allow what stands above, under “For shops with a Content-Security-Policy”.',
      'Browsers that send Global Privacy Control or Do Not Track are not recorded.',
    ],
    policy: 'If the shop has a Content-Security-Policy, it must allow:',
    refresh: 'Look again',
  },
  /** Which part of the tag saw an event. */
  readers: {
    page: 'the page',
    api: 'a call',
    attribute: 'an attribute',
    datalayer: 'the dataLayer',
    form: 'the form',
    cart: 'the cart’s form or request',
    woocommerce: 'WooCommerce’s own event',
    shopify: 'Shopify’s own event',
    segment: 'Segment’s library',
  },
  /** Who else told of it. */
  sources: {
    tag: 'the tag',
    pixel: 'the pixel',
    server: 'a server',
    import: 'an import',
    webhook: 'a webhook',
  },
};

export type SetUpWords = typeof setUpEn;

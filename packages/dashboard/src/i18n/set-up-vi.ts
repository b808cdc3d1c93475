import type { SetUpWords } from './set-up-en.ts';

/** Trang Cài đặt. */
export const setUpVi: SetUpWords = {
  set_up: {
    title: 'Cài đặt',
    snippet: 'Dán dòng này vào mọi trang',
    snippet_text:
      'Đặt ngay trước thẻ đóng head. Mã chỉ chạy khi trang đã rảnh, nên website vẫn nhanh như trước.',
    copy: 'Sao chép',
    copied: 'Đã sao chép',
    select: 'Đã chọn: nhấn Ctrl+C',
    hosts: 'Chấp nhận từ',
    any_host: 'mọi tên miền',
    reach: {
      machine:
        'Địa chỉ này chỉ dùng được trên chính máy này. Khi dán vào cửa hàng, hãy thay bằng địa chỉ công khai của máy chủ.',
      plain:
        'Cửa hàng chạy https sẽ không tải mã từ địa chỉ không có https. Hãy chạy Throughline bằng https, tốt nhất là trên tên miền của cửa hàng.',
    },
    build: 'Phiên bản mã',
    builds: { complete: 'Đầy đủ', core: 'Rút gọn' },
    build_text: {
      complete: '4 KB. Tự nhận biết giỏ hàng, đăng ký và đăng nhập. Phù hợp với hầu hết cửa hàng.',
      core: '1,9 KB. Chỉ ghi lượt xem trang, lượt ghé, tìm kiếm và những gì mã của bạn gửi; phần còn lại cần thuộc tính hoặc lệnh gọi. Bản này không gửi email và số điện thoại; bản đầy đủ chỉ gửi mã băm của chúng.',
    },
    build_when:
      'Lựa chọn mới hoặc bản nâng cấp đến với khách trong vòng năm phút; khách đã ghé trong ngày vừa qua còn chạy bản cũ thêm một trang.',
    build_changed: {
      core: 'Đã lưu. Dòng mã ở trên đã đổi: hãy dán lại thay cho dòng cũ.',
      complete: 'Đã lưu. Các trang của cửa hàng không cần sửa gì.',
    },
    code: { log_out: 'đăng xuất', removes: 'xóa những gì đã lưu' },
    managed: 'Dùng Google Tag Manager',
    managed_text:
      'Tạo một thẻ HTML tùy chỉnh (Custom HTML) với nội dung dưới đây, chọn trình kích hoạt “Initialization – All Pages”. Đừng dán dòng ở trên vào đó: Tag Manager bỏ mất thuộc tính cho biết mã thuộc về trang nào.',
    managed_cost:
      'Dán thẳng dòng mã vào trang thì ghi nhận được nhiều hơn: Tag Manager chạy mã muộn hơn, và khi trình chặn quảng cáo chặn Tag Manager thì mã này cũng bị chặn theo. Chỉ cần dùng một trong hai cách; trang có cả hai vẫn chỉ tính một lần.',
    strict: 'Dành cho cửa hàng có Content-Security-Policy',
    pinned: 'Dòng mã chỉ chạy đúng một tệp',
    pinned_text:
      'Trình duyệt đối chiếu tệp với mã băm trong dòng này (Subresource Integrity) và không chạy nếu khác dù chỉ một byte, bất kể ai đã sửa.',
    pinned_cost:
      'Đổi lại, dòng này không tự cập nhật: khi nâng cấp Throughline hoặc chọn phiên bản mã khác, trang vẫn chạy bản cũ cho đến khi bạn dán dòng mới hiện ở đây.',
    pinned_policy:
      'Khi đó chính sách có thể hẹp đến mức này. Chính sách liệt kê mã băm hoặc có ‘strict-dynamic’ thì dùng mã băm của dòng, đặt trong dấu nháy đơn, thay cho địa chỉ.',
    alone: 'Tự ghi nhận chỉ với dòng này',
    alone_core: ['Lượt xem trang, lượt ghé, nguồn truy cập và từ khóa tìm kiếm'],
    alone_complete: [
      'Thêm vào giỏ trên Shopify, WooCommerce, Magento 2, PrestaShop, Haravan và Sapo; lần thêm bị cửa hàng từ chối được ghi riêng',
      'Đăng ký và đăng nhập bằng biểu mẫu có mật khẩu, khi đã thành công',
      'Những gì cửa hàng vốn đã gửi cho dataLayer, gtag hoặc Segment: xem sản phẩm, thêm và xóa khỏi giỏ, thanh toán, mua hàng',
      'Thời gian đọc và cuộn trang, trang chậm hoặc không tồn tại, lỗi script, bấm liên tục vì bực, biểu mẫu bỏ dở, liên kết ra ngoài và tải tệp',
    ],
    more: 'Cần làm thêm một bước',
    more_complete: [
      'Đơn hàng: để máy chủ của bạn hoặc nền tảng bán hàng gửi sang, nhờ vậy không sót đơn nào. Một đơn được báo nhiều lần vẫn chỉ tính một.',
      'Giỏ hàng nằm ở tên miền khác (Medusa, Saleor và các cửa hàng headless): dùng thuộc tính hoặc lệnh gọi',
      'Đăng ký, đăng nhập qua Google, Zalo hay dịch vụ khác: dùng lệnh gọi',
      'Mã khách hàng của riêng bạn: dùng lệnh identify',
    ],
    more_core: [
      'Giỏ hàng, đăng ký và đăng nhập: dùng thuộc tính hoặc lệnh gọi',
      'Đơn hàng: để máy chủ của bạn hoặc nền tảng bán hàng gửi sang, nhờ vậy không sót đơn nào. Một đơn được báo nhiều lần vẫn chỉ tính một.',
      'Khách hàng là ai: dùng lệnh identify',
    ],
    hand: 'Những gì mã không tự thấy được',
    hand_text: 'Trên trang đã có dòng mã ở trên.',
    attributes: 'Bằng thuộc tính HTML',
    attributes_text:
      'Ghi nhận khi khách bấm vào phần tử hoặc gửi biểu mẫu. Mỗi data-tl-… khác trở thành một thuộc tính của sự kiện.',
    calls: 'Bằng lệnh gọi',
    consent: 'Khi cần hỏi khách đồng ý',
    consent_text:
      'Thêm một trong các thuộc tính này vào dòng mã; với Tag Manager, thêm một lệnh tag.setAttribute có cùng tên và giá trị. Trình duyệt bật Global Privacy Control hoặc Do Not Track không được ghi nhận trong bất kỳ chế độ nào dưới đây.',
    consent_mode: 'Trong dòng mã',
    consent_meaning: 'Khi khách chưa chọn',
    consent_none: 'không thêm gì',
    consent_none_means: 'Ghi nhận tất cả.',
    consent_required_means: 'Không lưu và không gửi gì.',
    consent_cookieless_means:
      'Vẫn đếm lượt xem nhưng không lưu gì trong trình duyệt; mỗi trang được tính là một khách riêng.',
    consent_calls: 'Gọi từ thanh xin phép',
    consent_google: 'Consent Mode v2 của Google được hiểu sẵn, không cần gọi lệnh.',
    seen: 'Đã thấy những gì',
    seen_text: (_n, days) => `Trong ${days} ngày qua, không tính robot.`,
    seen_what: 'Sự kiện',
    seen_by: 'Ghi nhận bởi',
    seen_times: 'Số lần',
    seen_last: 'Lần cuối',
    seen_live: 'Tự kiểm tra lại sau mỗi vài giây.',
    seen_rest: (shown) => `Xem thêm ${shown} loại sự kiện`,
    seen_never: (_n, days) => `${days} ngày chưa thấy`,
    seen_other: 'Sự kiện do bạn tự đặt tên',
    hints: {
      page_viewed: 'Mở một trang của cửa hàng đã có dòng mã.',
      search: 'Tìm thử trong cửa hàng. Chỉ thấy được khi địa chỉ trang kết quả có q, s, query hoặc search.',
      product_viewed:
        'Do dataLayer (view_item), Segment hoặc Shopify báo; nếu không có thì dùng thuộc tính hoặc lệnh gọi.',
      cart_added:
        'Thêm thử một món vào giỏ. Nếu không hiện ở đây, nền tảng của bạn không nằm trong danh sách trên: hãy dùng thuộc tính hoặc lệnh gọi.',
      checkout_started:
        'Do dataLayer (begin_checkout), Segment hoặc Shopify báo; nếu không có thì dùng thuộc tính hoặc lệnh gọi.',
      order_completed: 'Gửi đơn từ máy chủ hoặc bằng webhook của nền tảng, như hướng dẫn bên dưới.',
      signup_completed:
        'Đăng ký thử một tài khoản. Được ghi nhận ở trang tiếp theo, khi trang đó không còn hỏi mật khẩu.',
      login: 'Đăng nhập thử một lần. Đăng nhập qua dịch vụ khác thì cần lệnh gọi.',
    },
    core_hint: 'Với bản rút gọn, việc này cần thuộc tính hoặc lệnh gọi.',
    robots_seen: (events, last) =>
      `Ngoài ra có ${events} của robot, lần cuối ${last}. Vẫn được lưu nhưng không tính vào bất kỳ con số nào.`,
    only_robots_title: 'Đến nay mới chỉ có robot',
    only_robots: (events) =>
      `Đã nhận ${events}, tất cả đều từ robot: công cụ tìm kiếm, trình tạo bản xem trước liên kết và trình duyệt do phần mềm điều khiển như Chromium không giao diện. Muốn tự thử, hãy mở cửa hàng bằng cửa sổ trình duyệt bình thường.`,
    latest: 'Sự kiện mới nhất',
    latest_text: (_n, hours) => `Trong ${hours} giờ qua, kể cả của robot.`,
    latest_when: 'Lúc',
    latest_page: 'Trang',
    robot: 'Robot',
    track: 'Gửi đơn hàng và sự kiện khác từ máy chủ',
    track_text:
      'Dùng khóa ghi mà lệnh “site add” đã in ra. Địa chỉ này cũng nhận SDK của Segment. Trả lời 200 nghĩa là sự kiện đã nằm trên đĩa.',
    sdk: 'Với SDK Node của Segment',
    webhook: 'Hoặc để nền tảng tự báo đơn hàng và hoàn tiền',
    webhook_text: 'Shopify, Haravan, Sapo và WooCommerce. Lệnh này in ra địa chỉ cần nhập ở đó.',
    ledger: 'Từng sự kiện đã đi đâu',
    ledger_text: 'Đếm chính xác đến từng sự kiện; không bỏ qua sự kiện nào mà không có lý do.',
    received: 'Đã nhận',
    stored: 'Đã lưu',
    duplicates: 'Trùng lặp',
    refused: 'Từ chối',
    waiting: 'Đang chờ',
    balanced: 'đã nhận = đã lưu + trùng lặp + từ chối + đang chờ',
    duplicates_why:
      'Trùng lặp là sự kiện được gửi lại cho chắc, thường vì khách rời trang trước khi có phản hồi; mỗi sự kiện chỉ tính một lần.',
    unbalanced: 'Các con số không khớp. Vui lòng báo lỗi này.',
    lost: (events, since) =>
      `Chưa từng đến nơi: ${events} mà trình duyệt đành bỏ vì mất mạng quá lâu (tính từ ${since}).`,
    reasons: 'Vì sao sự kiện bị từ chối',
    reason: 'Lý do',
    events: 'Sự kiện',
    hours: 'Sự kiện đến theo giờ, 7 ngày qua',
    hour: 'Giờ',
    nothing_title: 'Chưa có dữ liệu nào',
    nothing: [
      'Dán dòng mã ở trên vào các trang của cửa hàng rồi mở thử một trang.',
      'Trong thẻ Network của trình duyệt, tìm yêu cầu đến /e: kết quả phải là 2xx.',
      'Nếu bị chặn, nguyên nhân có thể là thanh xin phép cookie, trình chặn quảng cáo hoặc danh sách tên miền ở trên.',
      'Cửa hàng có Content-Security-Policy phải cho phép những gì nêu ở trên, trong mục “Dành cho cửa hàng có Content-Security-Policy”.',
      'Trình duyệt bật Global Privacy Control hoặc Do Not Track sẽ không được ghi nhận.',
    ],
    policy: 'Nếu cửa hàng có Content-Security-Policy, cần cho phép:',
    refresh: 'Kiểm tra lại',
  },
  readers: {
    page: 'trang web',
    api: 'lệnh gọi',
    attribute: 'thuộc tính HTML',
    datalayer: 'dataLayer',
    form: 'biểu mẫu',
    cart: 'biểu mẫu hoặc yêu cầu của giỏ hàng',
    woocommerce: 'sự kiện của WooCommerce',
    shopify: 'sự kiện của Shopify',
    segment: 'thư viện Segment',
  },
  sources: {
    tag: 'mã trên trang',
    pixel: 'ảnh đếm (pixel)',
    server: 'máy chủ',
    import: 'tệp nhập',
    webhook: 'webhook',
  },
};

import type { ProblemWords } from './problems-en.ts';

export const problemsVi: ProblemWords = {
  already_undone: 'Thay đổi này đã được hoàn tác. Muốn có lại, hãy hoàn tác lần hoàn tác đó.',
  not_in_effect: 'Mục này không còn hiệu lực: đã được gỡ, hoặc bị quy tắc của cửa hàng bỏ qua.',
  still_held:
    'Làm vậy sẽ không thay đổi gì: trình duyệt này còn căn cứ khác cho cùng kết luận. Hãy đánh dấu ô để gỡ tất cả.',
  no_effect: 'Làm vậy sẽ không thay đổi gì.',
  same_person: 'Đây vốn đã là cùng một người.',
  two_strangers: 'Cả hai đều là khách ẩn danh; ít nhất một bên phải là khách đã biết.',
  visitor_is_known: 'Trình duyệt này đã thuộc về một khách; hãy nhập mã của khách đó.',
  unknown_person: 'Không có ai mang mã này.',
  unknown_evidence: 'Không có căn cứ nào ở đây; có thể đã bị xóa.',
  unknown_identifier: 'Khách này không được nhận diện qua thông tin đó; có thể đã bỏ rồi.',
  several_identifiers: 'Khách này có nhiều thông tin trông giống vậy; hãy nhập đầy đủ giá trị.',
  several_people: 'Có nhiều khách cùng mang thông tin này.',
  unknown_mend: 'Không có thay đổi thủ công này.',
  unknown_visit: 'Không có lượt ghé này; có thể đã bị xóa.',
  named_in_visit:
    'Trong lượt ghé này có người đã đăng nhập. Hãy chọn “Không phải khách này” để gỡ lần đăng nhập đó.',
  nobodys_visit: 'Lượt ghé này vốn không thuộc về ai.',
  too_much_evidence:
    'Có quá nhiều người dính với nhau ở đây. Trước hết hãy chặn thông tin họ dùng chung trong phần quy tắc.',
  bad_rules: 'Không dùng được các quy tắc này: có giá trị bị thiếu hoặc ngoài giới hạn.',
  bad_mend: 'Thông tin điền vào chưa đủ để thực hiện thay đổi này.',
  bad_range: 'Không dùng được khoảng thời gian này.',
  bad_date: 'Đây không phải là ngày hợp lệ.',
  bad_step: 'Có bước chưa được điền đúng.',
  not_allowed: 'Bạn không có quyền làm việc này.',
  not_found: 'Không có gì ở đây; có thể đã bị xóa.',
  store_unavailable: 'Cơ sở dữ liệu tạm thời không phản hồi. Hãy thử lại sau vài giây.',
  too_slow: 'Báo cáo này mất quá nhiều thời gian. Hãy chọn ít ngày hoặc ít bước hơn, hoặc bỏ phân tách.',
  too_heavy: 'Báo cáo này cần nhiều bộ nhớ hơn mức cho phép. Hãy chọn ít ngày hơn hoặc lọc hẹp hơn.',
  too_many_attempts: 'Thử quá nhiều lần. Hãy đợi một phút.',
  internal: 'Đã có lỗi bên trong Throughline; chi tiết nằm trong nhật ký.',
};

"""Why a file is refused once it was looked through: one sentence a reason, with what to do.

Source: practice and security, no article.
"""

from collections.abc import Mapping
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "file.polyglot": gettext_noop(
        "Tệp này vừa là tài liệu vừa là một loại tệp khác ghép vào nên không nhận. Hãy mở tệp gốc "
        "rồi in lại thành PDF."
    ),
    "file.changed": gettext_noop(
        "Tệp trên máy chủ không còn giống tệp đã tải lên. Hãy tải lên lại."
    ),
    "file.too_heavy": gettext_noop(
        "Đọc tệp này mất quá nhiều thời gian. Hãy in lại thành PDF hoặc chia thành nhiều tệp nhỏ."
    ),
    "file.too_much_memory": gettext_noop(
        "Đọc tệp này cần quá nhiều bộ nhớ. Hãy in lại thành PDF hoặc chia thành nhiều tệp nhỏ."
    ),
    "file.unreadable": gettext_noop(
        "Không đọc được nội dung tệp này; có thể tệp đã hỏng. Hãy mở tệp gốc, lưu lại hoặc in "
        "thành PDF rồi tải lên."
    ),
    "pdf.broken": gettext_noop(
        "Tệp PDF này bị hỏng, không mở được. Hãy mở tệp gốc, in lại thành PDF rồi tải lên."
    ),
    "pdf.encrypted": gettext_noop(
        "Tệp PDF này có mật khẩu hoặc bị khóa. Hãy mở bằng mật khẩu, in lại thành PDF rồi tải lên."
    ),
    "pdf.javascript": gettext_noop(
        "Tệp PDF này có chứa mã JavaScript nên không nhận. Hãy in lại thành PDF rồi tải lên."
    ),
    "pdf.launch": gettext_noop(
        "Tệp PDF này có lệnh chạy chương trình nên không nhận. Hãy in lại thành PDF rồi tải lên."
    ),
    "pdf.external": gettext_noop(
        "Tệp PDF này có lệnh mở tệp khác hoặc gửi dữ liệu ra ngoài nên không nhận. Hãy in lại "
        "thành PDF rồi tải lên."
    ),
    "pdf.embedded": gettext_noop(
        "Tệp PDF này có tệp khác đính kèm bên trong nên không nhận. Hãy in lại thành PDF và tải "
        "các tệp đính kèm lên riêng."
    ),
    "pdf.media": gettext_noop(
        "Tệp PDF này có phim, âm thanh hoặc nội dung động nên không nhận. Hãy in lại thành PDF "
        "rồi tải lên."
    ),
    "pdf.xfa": gettext_noop(
        "Tệp PDF này là biểu mẫu động (XFA) nên không nhận. Hãy in lại thành PDF rồi tải lên."
    ),
    "pdf.loop": gettext_noop(
        "Tệp PDF này có cấu trúc lặp vòng nên không đọc được. Hãy in lại thành PDF rồi tải lên."
    ),
    "pdf.too_many_pages": gettext_noop(
        "Tệp PDF này khai quá %(limit)d trang. Hãy chia thành nhiều tệp rồi tải lên."
    ),
    "pdf.too_many_objects": gettext_noop(
        "Tệp PDF này có quá nhiều thành phần. Hãy in lại thành PDF rồi tải lên."
    ),
    "pdf.bomb": gettext_noop(
        "Tệp PDF này có phần nén phình ra quá lớn khi mở nên không nhận. Hãy in lại thành PDF rồi "
        "tải lên."
    ),
    "pdf.pixels": gettext_noop(
        "Tệp PDF này có hình quá %(limit)d triệu điểm ảnh. Hãy giảm độ phân giải, in lại thành PDF "
        "rồi tải lên."
    ),
    "pdf.page_size": gettext_noop(
        "Trang của tệp PDF này có khổ giấy bất thường. Hãy in lại ra khổ A4 hoặc A3 rồi tải lên."
    ),
    "image.broken": gettext_noop(
        "Ảnh này bị hỏng, không mở được. Hãy chụp hoặc quét lại rồi tải lên."
    ),
    "image.pixels": gettext_noop(
        "Ảnh này quá %(limit)d triệu điểm ảnh. Hãy giảm độ phân giải hoặc quét lại thành PDF."
    ),
    "office.broken": gettext_noop(
        "Tệp Office này bị hỏng hoặc không đúng định dạng. Hãy mở tệp gốc, lưu lại hoặc in thành "
        "PDF rồi tải lên."
    ),
    "office.encrypted": gettext_noop(
        "Tệp Office này có mật khẩu. Hãy bỏ mật khẩu hoặc in thành PDF rồi tải lên."
    ),
    "office.macros": gettext_noop(
        "Tệp có chứa macro nên không nhận. Hãy lưu lại không kèm macro hoặc xuất ra PDF."
    ),
    "office.activex": gettext_noop(
        "Tệp có nút điều khiển ActiveX nên không nhận. Hãy xóa nút đó hoặc in thành PDF."
    ),
    "office.ole": gettext_noop(
        "Tệp có đối tượng nhúng (%(part)s) nên không nhận. Hãy đổi đối tượng thành hình ảnh hoặc "
        "in thành PDF."
    ),
    "office.embedded": gettext_noop(
        "Tệp có chương trình hoặc trang nhúng bên trong (%(part)s) nên không nhận. Hãy xóa phần đó "
        "hoặc in thành PDF."
    ),
    "office.nested": gettext_noop(
        "Tệp có tệp nén hoặc tệp khác nằm bên trong (%(part)s) nên không nhận. Hãy xóa phần đó "
        "hoặc in thành PDF, rồi tải tệp kia lên riêng."
    ),
    "office.external": gettext_noop(
        "Tệp lấy nội dung từ nơi khác khi mở (%(what)s) nên không nhận. Hãy ngắt liên kết (Break "
        "Links) hoặc in thành PDF."
    ),
    "office.link": gettext_noop(
        "Tệp có liên kết mở chương trình hoặc thư mục mạng nên không nhận. Hãy xóa liên kết đó "
        "hoặc in thành PDF."
    ),
    "office.dde": gettext_noop(
        "Tệp có lệnh tự lấy dữ liệu từ chương trình khác (DDE) nên không nhận. Hãy đổi ô hoặc "
        "trường đó thành giá trị, hoặc in thành PDF."
    ),
    "office.entities": gettext_noop(
        "Tệp có khai báo thực thể XML, Word và Excel không bao giờ tạo ra như vậy. Hãy mở tệp gốc "
        "và lưu lại."
    ),
    "office.bomb": gettext_noop(
        "Tệp có phần nén phình ra quá lớn khi mở nên không nhận. Hãy in thành PDF rồi tải lên."
    ),
    "office.too_many_parts": gettext_noop(
        "Tệp có hơn %(limit)d thành phần bên trong nên không nhận. Hãy in thành PDF rồi tải lên."
    ),
    "office.duplicate_parts": gettext_noop(
        "Tệp có hai thành phần trùng tên bên trong nên không nhận. Hãy mở tệp gốc và lưu lại."
    ),
    "office.slip": gettext_noop(
        "Tệp có thành phần mang tên trỏ ra ngoài tệp nên không nhận. Hãy mở tệp gốc và lưu lại."
    ),
}
_WORD_MAX: Final = 80


def refusal_of(code: str, params: Mapping[str, object] | None = None) -> Refusal:
    """The refusal for a finding; a code or figures that we do not know say "unreadable"."""
    kept = {
        name: value if isinstance(value, int) else str(value)[:_WORD_MAX]
        for name, value in (params or {}).items()
    }
    sentence = SENTENCES.get(code)
    if sentence is not None:
        try:
            sentence % kept
        except (KeyError, TypeError, ValueError):
            sentence = None
    if sentence is None:
        code, kept = "file.unreadable", {}
        sentence = SENTENCES[code]
    return Refusal(code, sentence, params=kept, field="file")

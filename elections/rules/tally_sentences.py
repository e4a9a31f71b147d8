"""What is said of each sum that does not hold: Vietnamese msgids that name the figures."""

from typing import Final

from council.rules.refusals import gettext_noop

NEGATIVE: Final = gettext_noop("Số phiếu không thể âm (%(value)d). Hãy nhập lại số này.")
PRINTED: Final = gettext_noop(
    "%(issued)d phát ra + %(unused)d chưa dùng + %(spoiled)d hỏng = %(sum)d, khác %(printed)d "
    "phiếu in: lệch %(difference)d. Kiểm tra lại một trong bốn số."
)
ISSUED: Final = gettext_noop(
    "%(returned)d thu về + %(not_returned)d không thu về = %(sum)d, khác %(issued)d phiếu phát ra: "
    "lệch %(difference)d. Kiểm tra lại một trong ba số."
)
RETURNED_EXCEEDS_ISSUED: Final = gettext_noop(
    "%(returned)d phiếu thu về, nhiều hơn %(issued)d phiếu phát ra: thừa %(difference)d. Kiểm tra "
    "lại một trong hai số."
)
ISSUED_EXCEEDS_PRINTED: Final = gettext_noop(
    "%(issued)d phiếu phát ra, nhiều hơn %(printed)d phiếu in: thừa %(difference)d. Kiểm tra lại "
    "một trong hai số."
)
RETURNED: Final = gettext_noop(
    "%(valid)d hợp lệ + %(invalid)d không hợp lệ = %(sum)d, khác %(returned)d phiếu thu về: lệch "
    "%(difference)d. Kiểm tra lại một trong ba số."
)
VALID_EXCEEDS_RETURNED: Final = gettext_noop(
    "%(valid)d phiếu hợp lệ, nhiều hơn %(returned)d phiếu thu về: thừa %(difference)d. Kiểm tra "
    "lại một trong hai số."
)
INVALID_EXCEEDS_RETURNED: Final = gettext_noop(
    "%(invalid)d phiếu không hợp lệ, nhiều hơn %(returned)d phiếu thu về: thừa %(difference)d. "
    "Kiểm tra lại một trong hai số."
)
PRESENT_EXCEEDS_TOTAL: Final = gettext_noop(
    "%(value)d đại biểu có mặt, nhiều hơn tổng số %(total)d đại biểu: thừa %(difference)d. Kiểm "
    "tra lại điểm danh."
)
ISSUED_EXCEEDS_PRESENT: Final = gettext_noop(
    "%(value)d phiếu phát ra, nhiều hơn %(present)d đại biểu có mặt: thừa %(difference)d. Mỗi đại "
    "biểu có mặt nhận một phiếu; kiểm tra lại số phát ra hoặc điểm danh."
)
RETURNED_EXCEEDS_PRESENT: Final = gettext_noop(
    "%(value)d phiếu thu về, nhiều hơn %(present)d đại biểu có mặt: thừa %(difference)d. Kiểm tra "
    "lại số thu về hoặc điểm danh."
)
ISSUED_EXCEEDS_TOTAL: Final = gettext_noop(
    "%(value)d phiếu phát ra, nhiều hơn tổng số %(total)d đại biểu: thừa %(difference)d. Kiểm tra "
    "lại số phát ra."
)
RETURNED_EXCEEDS_TOTAL: Final = gettext_noop(
    "%(value)d phiếu thu về, nhiều hơn tổng số %(total)d đại biểu: thừa %(difference)d. Kiểm tra "
    "lại số thu về."
)
SUM_EXCEEDS_TOTAL: Final = gettext_noop(
    "%(sum)s = %(value)d, nhiều hơn tổng số %(total)d đại biểu: thừa %(difference)d. Kiểm tra lại "
    "các số của dòng này."
)
SUM_EXCEEDS_VALID: Final = {
    1: gettext_noop(
        "%(sum)s, nhiều hơn %(limit)d phiếu hợp lệ: thừa %(difference)d. Kiểm tra lại số này."
    ),
    2: gettext_noop(
        "%(sum)s = %(total)d, nhiều hơn %(limit)d phiếu hợp lệ: thừa %(difference)d. Kiểm tra lại "
        "một trong hai số."
    ),
    3: gettext_noop(
        "%(sum)s = %(total)d, nhiều hơn %(limit)d phiếu hợp lệ: thừa %(difference)d. Kiểm tra lại "
        "một trong ba số."
    ),
}
SUM_EXCEEDS_ISSUED: Final = gettext_noop(
    "Dòng này cộng %(total)d phiếu (%(sum)s), nhiều hơn %(limit)d phiếu phát ra: thừa "
    "%(difference)d. Kiểm tra lại các số của dòng này hoặc số phát ra."
)
SUM_EXCEEDS_PRESENT: Final = gettext_noop(
    "Dòng này cộng %(total)d phiếu (%(sum)s), nhiều hơn %(limit)d đại biểu có mặt: thừa "
    "%(difference)d. Kiểm tra lại các số của dòng này hoặc số có mặt."
)
VALID_EXCEEDS_ISSUED: Final = gettext_noop(
    "%(valid)d phiếu hợp lệ, nhiều hơn %(issued)d phiếu phát ra: thừa %(difference)d. Kiểm tra lại "
    "một trong hai số."
)
VALID_EXCEEDS_PRESENT: Final = gettext_noop(
    "%(value)d phiếu hợp lệ, nhiều hơn %(present)d đại biểu có mặt: thừa %(difference)d. Kiểm tra "
    "lại số hợp lệ hoặc điểm danh."
)
VALID_EXCEEDS_TOTAL: Final = gettext_noop(
    "%(value)d phiếu hợp lệ, nhiều hơn tổng số %(total)d đại biểu: thừa %(difference)d. Kiểm tra "
    "lại số hợp lệ."
)
SUM_EXCEEDS_RETURNED: Final = {
    1: gettext_noop(
        "%(sum)s, nhiều hơn %(limit)d phiếu thu về: thừa %(difference)d. Kiểm tra lại số này."
    ),
    2: gettext_noop(
        "%(sum)s = %(total)d, nhiều hơn %(limit)d phiếu thu về: thừa %(difference)d. Kiểm tra lại "
        "một trong hai số."
    ),
    3: gettext_noop(
        "%(sum)s = %(total)d, nhiều hơn %(limit)d phiếu thu về: thừa %(difference)d. Kiểm tra lại "
        "một trong ba số."
    ),
}
SUM_BELOW_RETURNED: Final = gettext_noop(
    "%(sum)s = %(total)d, ít hơn %(returned)d phiếu thu về: %(missing)d phiếu không tính cho dòng "
    "này (để trống, đánh dấu thừa hoặc phiếu không hợp lệ). Kiểm tra nếu không phải vậy."
)

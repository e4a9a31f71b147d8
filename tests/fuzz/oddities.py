"""What people and programs send that nobody meant to: values, headers, bodies, file names."""

import random
from typing import Final

VALUES: Final = (
    "", " ", "0", "-1", "1", "2", "999999999999999999999999", "-9223372036854775809",
    "9223372036854775808", "2147483648", "1e99", "1.5", "NaN", "inf", "٣", "１２", "0x10", "1_000",
    "\x00", "a\x00b", "\ud800", "a\udfffb", "\ufffe", "\x1b[31m", "\x7f", "\x85", "\u2028",
    "\u202e\u202dđảo", "\u200f", "\u200b", "\ufeff", "e\u0302\u0301" * 9, "🏛️👩‍⚖️", "𝕬𝖇",
    "Ａ", "ĐẶNG", "đ" * 300, "a" * 10_000, "ạ" * 70_000, "9" * 5_000, "-" + "9" * 4_400,
    "<script>alert(1)</script>", "\"'><img src=x>", "{{ 7*7 }}", "{% load x %}", "${7*7}", "%(x)s",
    "%s%n", "%", "%%", "_", "' OR 1=1--", "'; DROP TABLE council_council;--", "\\", "\\x00", "/*",
    "a AND", "(((((", ")", "NEAR(", "title:", "*", "~", "\"", "\"a", "a^9", "[1 TO", "+-", "!!",
    "||", "../../x", "..\\..\\x", "//x.example", "http://x.example/", "javascript:alert(1)",
    "/\\x.example", "file:///etc/passwd", "a\r\nX-Odd: 1", "\n", "\t", "null", "None", "true",
    "undefined", "[]", "{}", '{"a":1}', "[" * 2_000, '{"a":' * 2_000, '"', "[1,2", "1,2,3", "a;b",
    "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01",
    "31/02/2026", "1/1/1", "2026", "0000", "9999", "10000", "-1", "24:00", "08:60", "23:59:60",
    "2026-01-01T00:00:00", "9999-12-31T23:59:59.999999+14:00", "0001-01-01T00:00:00-23:59",
    "vi", "en", "xx", "en-" + "x" * 200, "zip", "pdf", "csv", "ha-dong", "ký tự", "a/b", ".", "..",
)  # fmt: skip
NAMES: Final = (
    "q", "page", "year", "council", "type", "kind", "status", "field", "lang", "next", "tep",
    "from", "to", "cursor", "limit", "tab", "sort", "version", "session", "term", "day", "date",
    "on", "a", "b", "row", "filter", "created_since", "modified_until",
    "offset", "o", "p", "e", "_popup",
    "csrfmiddlewaretoken", "id", "pk", "", "q[]", "q\x00", "__proto__", "is_staff", "state",
)  # fmt: skip
METHODS: Final = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "POST", "GET")
HEADERS: Final = (
    "Accept", "Accept-Language", "Accept-Encoding", "Cookie", "Host", "If-None-Match",
    "If-Match", "If-Modified-Since", "If-Unmodified-Since", "Range", "Referer", "Origin",
    "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "HX-Request", "HX-Target",
    "HX-Current-URL", "HX-Trigger", "X-Requested-With", "Content-Encoding", "Expect",
    "X-HTTP-Method-Override", "User-Agent", "Authorization", "Upload-Offset",
    "Content-Range", "Sec-Fetch-Site", "Prefer",
)  # fmt: skip
HEADER_VALUES: Final = (
    "true", "*/*;q=9", "application/json", "en;q=x,vi;q=NaN", "gzip, br;q=1.0000001", '"x"', "*",
    'W/"' + "a" * 3_000 + '"', "Thu, 01 Jan 0000 00:00:00 GMT", "Wed, 31 Feb 9999 99:99:99 GMT",
    "bytes=0-", "bytes=-1", "bytes=9-1,0-0", "bytes=" + "0-0," * 500, "lang=xx; nt=" + "z" * 32,
    "lang=%00", "nt=; nt=;", "=;;=", "csrftoken=%00", "x" * 8_000, "1.2.3.4, " * 200, "-1",
    "99999999999999999999", "http://x.example", "null", "evil.example", "[::1", "a b", "testserver",
    "testserver:99999", "multipart/mixed", "chunked", "100-continue",
)  # fmt: skip
CONTENT_TYPES: Final = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=khong-co", "application/json", "text/plain",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
    "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=B",
    "application/octet-stream", "", "x", "application/xml", "text/html; charset=latin-9",
)  # fmt: skip
FILE_NAMES: Final = (
    "a.pdf", "a.xlsx", "../../a.pdf", "a\x00.pdf", "\u202efdp.exe", "a" * 300 + ".pdf", "", ".",
    "con.pdf", "a\r\nb.pdf", "tài liệu.docx", "a.csv", "\ud800.pdf", "'\";.zip",
)  # fmt: skip
CONTENTS: Final = (
    b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00" * 2_000, b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18,
    b"\xff\xfea\x00,\x00", b"a;b\n\x00;1\n", b"\xef\xbb\xbf" + "Họ và tên,Tổ\n".encode() * 40,
    b'"' * 999, b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"\xff\xd8\xff\xe0" + b"\x00" * 50,
    b"GIF89a" + b"\xff" * 9, b"<svg/>", b"\x1f\x8b\x08", b"=cmd()\n" * 20, b"\xff" * 300,
)  # fmt: skip
RAW_PATHS: Final = (
    "%00", "%FF", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%", "%zz", "%25%30%30", "..%2f..%2f",
    "%E2%80%AE", "%0d%0aX:y", "%5c", "a" * 4_000, "%F0%9F%8F%9B", ";x=1", "%3f", "%23", "-1", "0",
    "99999999999999999999", "9223372036854775808", "0000", "9999", "%C4%91", "+", "~", "a%20b",
)  # fmt: skip


def value(chance: random.Random) -> str:
    """An odd value; sometimes two of them joined, or a piece of one."""
    one = chance.choice(VALUES)
    match chance.randrange(8):
        case 0:
            return one + chance.choice(VALUES)
        case 1:
            return one[: chance.randrange(len(one) + 1)]
        case 2:
            return str(chance.randrange(-(10**6), 10**6))
        case _:
            return one

"""Forms of signing: a key file with its passphrase, a token's PIN, a file signed elsewhere."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.models import Council, Person
from resolutions.signing.appearance import PICTURE_MAX_BYTES
from resolutions.signing.signers import PKCS12_MAX_BYTES

CERTIFICATE_MAX_BYTES: Final = 100_000
CRL_MAX_BYTES: Final = 5 * 1024 * 1024
SIGNED_MAX_BYTES: Final = 30 * 1024 * 1024


def _secret(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, strip=False, help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def read(upload: Any) -> bytes:
    """The uploaded bytes; nothing where nothing was chosen."""
    if upload is None:
        return b""
    content: bytes = upload.read()
    return content


def check_size(upload: Any, most: int) -> None:
    """Refuse a file before it is read.

    Raises:
        ValidationError.
    """
    if upload is not None and (upload.size or 0) > most:
        raise forms.ValidationError(
            _("Tệp lớn hơn %(most)d KB nên không phải tệp cần chọn."),
            params={"most": most // 1024},
        )


class KeyFileForm(ClerkForm):
    """A PKCS#12 file and its passphrase, for one signature."""

    key_file = forms.FileField(
        label=_("Tệp khóa ký (.p12, .pfx)"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        help_text=_("Chỉ dùng cho lần ký này, không được lưu lại."),
    )
    passphrase = _secret(_("Mật khẩu của tệp khóa"), "")

    def clean_key_file(self) -> Any:
        """A key file is small."""
        upload: Any = self.cleaned_data["key_file"]
        check_size(upload, PKCS12_MAX_BYTES)
        return upload

    def values(self) -> dict[str, Any]:
        """The bytes and the passphrase as typed."""
        return {
            "key_file": read(self.cleaned_data["key_file"]),
            "passphrase": self.cleaned_data["passphrase"],
        }


class TokenForm(ClerkForm):
    """The PIN of the token on the server."""

    pin = _secret(_("Mã PIN của thiết bị ký"), _("Nhập sai nhiều lần thiết bị sẽ tự khóa."))


class SignedFileForm(ClerkForm):
    """The signing copy, signed by a tool of the signer's own."""

    signed_file = forms.FileField(
        label=_("Tệp PDF đã ký"), widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"})
    )

    def clean_signed_file(self) -> Any:
        """Not endless."""
        upload: Any = self.cleaned_data["signed_file"]
        check_size(upload, SIGNED_MAX_BYTES)
        return upload

    def values(self) -> dict[str, Any]:
        """The bytes."""
        return {"data": read(self.cleaned_data["signed_file"])}


class CertificateForm(ClerkForm):
    """A certificate of a person who signs, or of the council's seal."""

    file = forms.FileField(
        label=_("Tệp chứng thư số (.cer, .crt, .pem)"),
        help_text=_("Chỉ chứng thư số, không bao giờ là tệp khóa."),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người ký"), required=False,
        empty_label=_("Con dấu của cơ quan"),
        help_text=_("Chọn đúng người ghi dưới văn bản; con dấu của cơ quan thì để nguyên."),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Ảnh chữ ký hoặc con dấu (.png)"), required=False,
        help_text=_("Nền trong suốt; chữ ký màu xanh, con dấu màu đỏ. Để trống thì hiện chữ."),
    )  # fmt: skip
    seal_mm = forms.IntegerField(
        label=_("Đường kính con dấu (mm)"), min_value=20, max_value=42, initial=36
    )
    key_label = forms.CharField(
        label=_("Nhãn khóa trên thiết bị ký của máy chủ"), max_length=100, required=False,
        help_text=_("Để trống nếu không dùng thiết bị ký gắn vào máy chủ."),
    )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(council=council).order_by("sort_key", "pk")
        self.offer_rows("person", people)

    def clean_file(self) -> Any:
        """A certificate is small."""
        upload: Any = self.cleaned_data["file"]
        check_size(upload, CERTIFICATE_MAX_BYTES)
        return upload

    def clean_picture(self) -> Any:
        """A picture is small."""
        upload: Any = self.cleaned_data.get("picture")
        check_size(upload, PICTURE_MAX_BYTES)
        return upload

    def values(self) -> dict[str, Any]:
        """With the files' bytes."""
        given = dict(self.cleaned_data)
        return {
            "data": read(given.pop("file")), "picture": read(given.pop("picture", None)), **given
        }  # fmt: skip


class RootForm(ClerkForm):
    """An issuer's certificate."""

    file = forms.FileField(label=_("Chứng thư số của tổ chức cấp (.cer, .crt, .pem)"))
    is_for_timestamps = forms.BooleanField(label=_("Chỉ dùng cho dấu thời gian"), required=False)

    def clean_file(self) -> Any:
        """A certificate is small."""
        upload: Any = self.cleaned_data["file"]
        check_size(upload, CERTIFICATE_MAX_BYTES)
        return upload

    def values(self) -> dict[str, Any]:
        """With the file's bytes."""
        return {
            "data": read(self.cleaned_data["file"]),
            "is_for_timestamps": self.cleaned_data["is_for_timestamps"],
        }


class RevocationListForm(ClerkForm):
    """An issuer's list of revoked certificates."""

    file = forms.FileField(label=_("Danh sách thu hồi (.crl)"))

    def clean_file(self) -> Any:
        """Not endless."""
        upload: Any = self.cleaned_data["file"]
        check_size(upload, CRL_MAX_BYTES)
        return upload

"""Login, accounts and roles, terms and settings."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Council, CouncilLevel, Person, RoleKind, UnitKind, User


class LoginForm(AuthenticationForm):
    """Name and password, with one sentence for all failures."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động. Liên hệ quản trị viên."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        # Longer than any account's name, it would not fit the table of failed attempts either.
        longest = User._meta.get_field("username").max_length  # noqa: SLF001 - documented API
        self.fields["username"].validators.append(MaxLengthValidator(longest or 0))


class InviteForm(ClerkForm):
    """A new account with its roles."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Vai trò"), choices=RoleKind.choices, widget=forms.CheckboxSelectMultiple
    )
    person = forms.ModelChoiceField(
        label=_("Đại biểu"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Bắt buộc với vai trò Đại biểu và Ban kiểm phiếu."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("person", council.people.order_by("sort_key"))


class RoleForm(ClerkForm):
    """One more role for an account that exists."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)
    kind = forms.ChoiceField(label=_("Vai trò"), choices=RoleKind.choices)
    person = forms.ModelChoiceField(
        label=_("Đại biểu"), queryset=Person.objects.none(), required=False
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("person", council.people.order_by("sort_key"))


class TermForm(ClerkForm):
    """A new term."""

    number = forms.IntegerField(label=_("Khóa"), min_value=1, max_value=99)
    label = forms.CharField(label=_("Nhiệm kỳ"), max_length=9, help_text=_("Ví dụ 2026-2031."))
    starts_on = forms.DateField(label=_("Bắt đầu"), widget=DateInput())
    ends_on = forms.DateField(label=_("Kết thúc"), widget=DateInput())
    statutory_delegates = forms.IntegerField(
        label=_("Số đại biểu theo luật định"), min_value=1, max_value=200
    )


class GroupForm(ClerkForm):
    """A new delegates' group."""

    number = forms.IntegerField(label=_("Tổ số"), min_value=1, max_value=99)
    name = forms.CharField(label=_("Tên tổ"), max_length=120)


class CommitteeForm(ClerkForm):
    """A new committee."""

    name = forms.CharField(label=_("Tên Ban"), max_length=120)


class CouncilForm(ClerkForm):
    """A new council."""

    slug = forms.SlugField(label=_("Địa chỉ"), max_length=60, help_text=_("Ví dụ ha-dong."))
    unit_kind = forms.ChoiceField(label=_("Loại đơn vị hành chính"), choices=UnitKind.choices)
    unit_name = forms.CharField(label=_("Tên đơn vị hành chính"), max_length=100)
    level = forms.ChoiceField(label=_("Cấp"), choices=CouncilLevel.choices)
    seat = forms.CharField(label=_("Địa danh trong văn bản"), max_length=100)
    existed_from = forms.DateField(label=_("Thành lập"), widget=DateInput())
    existed_to = forms.DateField(label=_("Kết thúc hoạt động"), widget=DateInput(), required=False)
    parent_name = forms.CharField(label=_("Đơn vị cấp trên"), max_length=120, required=False)
    successor = forms.ModelChoiceField(
        label=_("Hội đồng kế thừa"), queryset=Council.objects.all(), required=False
    )

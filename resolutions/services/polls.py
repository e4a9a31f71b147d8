"""The poll that a resolution confirms."""

from council.rules.refusals import Refusal, gettext_noop
from elections.queries import split_papers
from resolutions.models import Resolution


def check_stands(resolution: Resolution) -> None:
    """A resolution never confirms the result of a poll that was annulled, be it one paper of two.

    Raises:
        Refusal: ``resolution.poll_annulled``.
    """
    if resolution.poll is not None and split_papers.is_annulled(resolution.poll):
        raise Refusal(
            "resolution.poll_annulled",
            gettext_noop("Cuộc bỏ phiếu đã bị hủy nên không ký, không ban hành nghị quyết này."),
        )

"""The poll that a resolution confirms."""

from council.rules.refusals import Refusal, gettext_noop
from elections.queries import split_papers
from resolutions.models import Resolution
from resolutions.queries import confirmations


def check_stands(resolution: Resolution) -> None:
    """A resolution never confirms the result of a poll that was annulled, be it one paper of two.

    Where that paper was voted on again, the resolution states the new figures.

    Raises:
        Refusal: ``resolution.poll_annulled``, ``resolution.figures_of_annulled``.
    """
    if resolution.poll is None:
        return
    if split_papers.lacks_a_paper(resolution.poll):
        raise Refusal(
            "resolution.poll_annulled",
            gettext_noop("Cuộc bỏ phiếu đã bị hủy nên không ký, không ban hành nghị quyết này."),
        )
    if not confirmations.states_all(resolution, split_papers.voted_again(resolution.poll)):
        raise Refusal(
            "resolution.figures_of_annulled",
            gettext_noop(
                "Một tờ phiếu đã bị hủy và được lấy phiếu lại; nghị quyết chưa ghi số liệu của lần "
                "lấy phiếu mới. Sửa dự thảo theo kết quả mới rồi trình duyệt lại."
            ),
        )

"""RFC 3161 time stamps: one server, asked once, its answer checked against the question."""

from dataclasses import dataclass

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from council.rules.refusals import Refusal, gettext_noop
from resolutions.signing import exchange


@dataclass(frozen=True, slots=True)
class Server:
    """A time-stamp server; `seconds` is all the time it gets, from dialling to the last byte."""

    url: str
    seconds: float = 8.0


class HttpTimeStamper(TimeStamper):
    """Asks one server, once, and checks that the answer is about the question."""

    def __init__(self, server: Server) -> None:
        super().__init__(include_nonce=True)
        self.server = server

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send the request.

        Raises:
            Refusal: ``sign.timestamp_silent``, ``sign.timestamp_wrong``.
        """
        headers = {
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        }
        try:
            body = exchange.ask(
                self.server.url, seconds=self.server.seconds, body=req.dump(), headers=headers
            )
            response = tsp.TimeStampResp.load(body, strict=True)
            is_ours = _answers(response, req)
        except exchange.NoAnswerError as error:
            raise _silent() from error
        except (exchange.BadAnswerError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _wrong() from error
        if not is_ours:
            raise _wrong()
        return response


def _answers(response: tsp.TimeStampResp, request: tsp.TimeStampReq) -> bool:
    """Granted, the same nonce, the same imprint; pyHanko itself looks only at the nonce."""
    if response["status"]["status"].native != "granted":
        return False
    signed = response["time_stamp_token"]["content"]
    info = signed["encap_content_info"]["content"].parsed
    return bool(
        info["nonce"].native == request["nonce"].native
        and info["message_imprint"].native == request["message_imprint"].native
        and signed["certificates"]
    )


def _wrong() -> Refusal:
    return Refusal(
        "sign.timestamp_wrong",
        gettext_noop(
            "Máy chủ dấu thời gian trả lời sai nên chưa ký được; không có gì bị mất. Hãy ký lại, "
            "hoặc báo quản trị viên."
        ),
    )


def _silent() -> Refusal:
    return Refusal(
        "sign.timestamp_silent",
        gettext_noop(
            "Máy chủ dấu thời gian không trả lời nên chưa ký được; không có gì bị mất. Hãy đợi ít "
            "phút rồi ký lại, hoặc báo quản trị viên."
        ),
    )

"""A time-stamp server that hangs, drips, lies or is not there: a sentence within its seconds."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import tsp

from council.rules.refusals import Refusal
from resolutions.signing import evidence, sign, signers, verify
from resolutions.signing.sign import Part
from resolutions.signing.timestamps import HttpTimeStamper, Server
from tests.signing import kit


@contextmanager
def server(answer) -> Iterator[str]:
    """A server on a free port whose `answer(handler, body)` does what it likes."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                answer(self, body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Tests are quiet."""

    here = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.daemon_threads = True
    thread = threading.Thread(target=here.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{here.server_port}/tsa"
    finally:
        here.shutdown()
        here.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/timestamp-reply")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def granted(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    request = tsp.TimeStampReq.load(body)
    send(
        handler, kit.stamp_server().timestamper(at=kit.MOMENT).request_tsa_response(request).dump()
    )


def hangs(_handler: BaseHTTPRequestHandler, _body: bytes) -> None:
    time.sleep(3)


def drips(handler: BaseHTTPRequestHandler, _body: bytes) -> None:
    """A byte now and then: each one in time, the whole never."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b"0")
        handler.wfile.flush()
        time.sleep(0.1)


def other_nonce(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    request = tsp.TimeStampReq.load(body)
    request["nonce"] = request["nonce"].native + 1
    granted(handler, request.dump())


def other_imprint(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    request = tsp.TimeStampReq.load(body)
    request["message_imprint"]["hashed_message"] = b"\0" * 32
    granted(handler, request.dump(force=True))


def refused(handler: BaseHTTPRequestHandler, _body: bytes) -> None:
    send(handler, bytes.fromhex("30053003020102"))


def signed_with(url: str, seconds: float = 5.0) -> bytes:
    signer = signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    stamper = HttpTimeStamper(Server(url, seconds))
    return sign.sign(kit.copy(), kit.order(Part.PERSON), signer=signer, timestamper=stamper)


def test_a_good_server_stamps_over_http() -> None:
    with server(granted) as url:
        pdf = signed_with(url)
        archived = evidence.embed(
            pdf, evidence.collect(pdf, roots=[], seconds=1),
            timestamper=HttpTimeStamper(Server(url)),
        )  # fmt: skip
    (person,) = verify.verify(pdf, trust=kit.trust(), moment=kit.NOW).signatures
    assert person.is_stamped
    assert person.at == kit.MOMENT
    report = verify.verify(archived, trust=kit.trust(), moment=kit.NOW)
    assert (report.is_good, report.archive_stamps) == (True, 1)


@pytest.mark.parametrize("answer", [hangs, drips])
def test_a_server_that_hangs_costs_its_seconds(answer) -> None:
    began = time.monotonic()
    with server(answer) as url, pytest.raises(Refusal) as caught:
        signed_with(url, seconds=0.6)
    assert caught.value.code == "sign.timestamp_silent"
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there() -> None:
    with server(granted) as url:
        pass
    for where in (url, "ftp://127.0.0.1/", "http://", "http://127.0.0.1:99999/", "khong-co"):
        with pytest.raises(Refusal) as caught:
            signed_with(where)
        assert caught.value.code == "sign.timestamp_silent"


@pytest.mark.parametrize(
    "answer",
    [
        other_nonce,
        other_imprint,
        refused,
        lambda handler, _body: send(handler, b""),
        lambda handler, _body: send(handler, b"<html>xin chao</html>"),
        lambda handler, _body: send(handler, b"0" * (5 * 1024 * 1024)),
        lambda handler, _body: send(handler, b"", status=503),
        lambda handler, _body: send(handler, b"", status=302),
    ],
)
def test_a_wrong_answer_is_a_sentence(answer) -> None:
    with server(answer) as url, pytest.raises(Refusal) as caught:
        signed_with(url)
    assert caught.value.code == "sign.timestamp_wrong"


def test_signing_again_after_a_failure_works() -> None:
    with server(refused) as url, pytest.raises(Refusal):
        signed_with(url)
    with server(granted) as url:
        assert verify.verify(signed_with(url), trust=kit.trust(), moment=kit.NOW).is_good

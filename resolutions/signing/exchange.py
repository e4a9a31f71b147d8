"""One question over HTTP within a number of seconds that covers the whole exchange."""

import http.client
import ssl
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

ANSWER_MAX_BYTES: Final = 4 * 1024 * 1024


class NoAnswerError(OSError):
    """The server did not answer in time, or not at all."""


class BadAnswerError(OSError):
    """The server answered something else than 200 and a body of a sane size."""


def ask(
    url: str, *, seconds: float, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """POST where there is a body, else GET; the clock runs over the exchange, not each packet.

    Raises:
        NoAnswerError, BadAnswerError.
    """
    end = time.monotonic() + seconds
    connection, path = _connection(url, seconds)
    try:
        connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
        _limit(connection, end)
        # Closed by itself: a response that ends with the connection holds the socket on its own.
        with connection.getresponse() as response:
            return _read(connection, response, end)
    except BadAnswerError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(type(error).__name__) from error
    finally:
        connection.close()


def _connection(url: str, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        address = urlsplit(url)
        host, port = address.hostname, address.port
    except ValueError as error:
        raise NoAnswerError(url) from error
    if address.scheme not in ("http", "https") or not host:
        raise NoAnswerError(url)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    if address.scheme == "https":
        trusted = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=trusted), path
    return http.client.HTTPConnection(host, port, timeout=seconds), path


def _limit(connection: http.client.HTTPConnection, end: float) -> None:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    if connection.sock is not None:
        connection.sock.settimeout(left)


def _read(
    connection: http.client.HTTPConnection, response: http.client.HTTPResponse, end: float
) -> bytes:
    if response.status != http.client.OK:
        raise BadAnswerError(str(response.status))
    found = bytearray()
    while True:
        _limit(connection, end)
        chunk = response.read1(65536)
        if not chunk:
            return bytes(found)
        found += chunk
        if len(found) > ANSWER_MAX_BYTES:
            message = "too long"
            raise BadAnswerError(message)

"""A small RFC 3161 time-stamp server for development and tests; it stamps whatever is asked."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from asn1crypto import tsp

from resolutions.signing.testca import Issued

REQUEST_MAX_BYTES: Final = 10_000


def server(issued: Issued, *, port: int = 0) -> ThreadingHTTPServer:
    """A server on this machine; call `serve_forever`, and `shutdown` from another thread."""
    timestamper = issued.timestamper()

    class Handler(BaseHTTPRequestHandler):
        """One request, one stamp."""

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), REQUEST_MAX_BYTES)
            try:
                request = tsp.TimeStampReq.load(self.rfile.read(length), strict=True)
                answer = timestamper.request_tsa_response(request).dump()
            except (ValueError, TypeError, KeyError):
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)

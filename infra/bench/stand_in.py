"""What the stand-ins on loopback are served with."""
import http.server, sys


class Server(http.server.ThreadingHTTPServer):
    """A server that takes the end of a process for what it is, and not for an error."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    """Connections are kept, and every answer is one write, so that the caller is not woken twice for it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 20

    def body(self):
        size = self.headers["content-length"]
        return self.rfile.read(int(size)) if size else self.chunks()

    def chunks(self):
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def reply(self, status, body=b"", headers={}):
        self.send_response_only(status)
        for name, value in {**headers, "content-length": len(body)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

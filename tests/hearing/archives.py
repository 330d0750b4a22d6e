"""A web server on this computer, and archives of a model that is just whole enough."""

import io
import stat
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPENFST = (2_125_659_606).to_bytes(4, "little")
FILES: Mapping[str, bytes] = {
    "conf/model.conf": b"--beam=10\n",
    "am/final.mdl": b"\0B<TransitionModel> <Priors> FV " + bytes(range(256)) * 40,
    "graph/HCLr.fst": OPENFST + bytes(100),
    "graph/Gr.fst": OPENFST + bytes(100),
    "graph/words.txt": b"<eps> 0\nstop 1\n",
    "graph/disambig_tid.int": b"83\n",
}
"""Enough for a folder to count as a Vosk model."""


def archive(files: Mapping[str, bytes] = FILES, *, top: str = "vosk-model-tiny") -> bytes:
    """A zip archive of a folder."""
    return raw_archive({f"{top}/{name}": content for name, content in files.items()})


def raw_archive(members: Mapping[str, bytes]) -> bytes:
    """A zip archive with exactly these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def archive_with_link(target: str) -> bytes:
    """A model whose grammar is a symbolic link."""
    buffer = io.BytesIO(archive())
    with zipfile.ZipFile(buffer, "a") as made:
        link = zipfile.ZipInfo("vosk-model-tiny/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, target)
    return buffer.getvalue()


@dataclass
class Site:
    """What the server has, and how it behaves."""

    content: bytes = b""
    cuts: list[int] = field(default_factory=list)
    """After how many bytes each of the next answers breaks off."""
    takes_ranges: bool = True
    refusals: list[int] = field(default_factory=list)
    """Status of each of the next answers."""
    redirect: str = ""
    asked: list[str] = field(default_factory=list)
    """The ranges that were asked for, empty for the whole."""
    url: str = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve it on this computer while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self, site)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/vosk-model-tiny.zip"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(request: BaseHTTPRequestHandler, site: Site) -> None:
    asked = request.headers.get("Range", "")
    site.asked.append(asked)
    if site.redirect:
        request.send_response(302)
        request.send_header("Location", site.redirect)
        request.end_headers()
        return
    if site.refusals:
        request.send_error(site.refusals.pop(0))
        return
    start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and site.takes_ranges else 0
    whole = len(site.content)
    if start >= whole > 0:
        request.send_response(416)
        request.send_header("Content-Range", f"bytes */{whole}")
        request.end_headers()
        return
    body = site.content[start:]
    request.send_response(206 if start else 200)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[: site.cuts.pop(0)] if site.cuts else body)

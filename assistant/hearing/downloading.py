"""A file from the network, in as many pieces as the connection takes.

What has arrived stays in the file; the next attempt, or the next call, asks for the rest of it.
"""

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import urlsplit

from assistant.complaint import Complaint

Progress = Callable[[int, int | None], None]
"""Told how many bytes are there, and how many there will be, where that is known."""

_BLOCK: Final = 1 << 16
_TIMEOUT_S: Final = 30.0
_FRUITLESS: Final = 4
"""Attempts in a row that bring nothing, before giving up."""
_PARTIAL_CONTENT: Final = 206
_BEYOND_THE_END: Final = 416
_WORTH_ANOTHER: Final = frozenset({408, 429, 500, 502, 503, 504})
_NETWORK_ERRORS: Final = (
    urllib.error.URLError,
    http.client.HTTPException,
    ConnectionError,
    TimeoutError,
    ssl.SSLError,
)
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def download(url: str, file: Path, progress: Progress, *, pause_s: float = 1.0) -> None:
    """Bring ``file`` to its full length; what it holds already is taken for its beginning.

    Args:
        url: where it is; only https, unless it is on this computer.
        file: where to; its folder exists.
        progress: told of every block.
        pause_s: before the first fruitless attempt is repeated; doubles each time.

    Raises:
        Complaint: it is not there, or the connection cannot be made or kept.
        OSError: the disk does not take it.

    """
    _check(url)
    fruitless = 0
    while True:
        before = _size(file)
        try:
            if _continue(url, file, progress):
                return
            trouble = "the connection was cut"
        except _NETWORK_ERRORS as error:
            trouble = _trouble(url, error)
        fruitless = 0 if _size(file) > before else fruitless + 1
        if fruitless >= _FRUITLESS:
            raise Complaint(f"{url}: {trouble}; what has arrived is kept, so try again later.")
        if fruitless:
            Event().wait(pause_s * 2 ** (fruitless - 1))


def _continue(url: str, file: Path, progress: Progress) -> bool:
    """Ask for what is missing; return whether the file is whole now."""
    start = _size(file)
    request = urllib.request.Request(url, headers=_headers(start))  # noqa: S310  (checked)
    try:
        answer = _opener().open(request, timeout=_TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code == _BEYOND_THE_END and start:
            return _is_whole(error, start) or _again(file)
        raise
    with answer:
        if answer.status != _PARTIAL_CONTENT:
            start = 0
        rest = answer.headers["Content-Length"]
        whole = start + int(rest) if rest and rest.isdigit() else None
        with file.open("r+b" if start else "wb") as stream:
            stream.seek(start)
            there = start
            while block := _block(answer):
                stream.write(block)
                there += len(block)
                progress(there, whole)
    return whole is None or there >= whole


def _block(answer: Any) -> bytes:
    """The next bytes; those before a cut are given out first."""
    try:
        block: bytes = answer.read1(_BLOCK)
    except http.client.IncompleteRead as cut:
        return cut.partial
    return block


def _is_whole(error: urllib.error.HTTPError, size: int) -> bool:
    """Whether nothing is missing, of which the answer to a request for more tells the length."""
    told = error.headers.get("Content-Range", "").rpartition("/")[2]
    return told == str(size)


def _again(file: Path) -> bool:
    """Forget a file that is longer than what it should be."""
    file.unlink()
    return False


def _headers(start: int) -> dict[str, str]:
    headers = {"User-Agent": "workout-assistant"}
    return {**headers, "Range": f"bytes={start}-"} if start else headers


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise Complaint(f"{url}: models are fetched by https only.")


class _CheckedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects as long as they are as safe as the first address."""

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """Refuse another protocol."""
        _check(args[-1])
        return super().redirect_request(*args)


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_CheckedRedirects)


def _trouble(url: str, error: Exception) -> str:
    """Say what went wrong, or complain at once where another attempt cannot help."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code not in _WORTH_ANOTHER:
            raise Complaint(
                f"{url}: the server refuses it ({error.code} {error.reason})."
            ) from error
        return f"the server is busy ({error.code} {error.reason})"
    reason = getattr(error, "reason", None) or error
    return f"the server cannot be reached ({reason or type(error).__name__})"

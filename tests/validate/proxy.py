"""``make bench-proxy``: a cached page behind the documented nginx, beside a file of it.

nginx runs with the configuration of docs/operators.md itself; only ports and folders
are others, and TLS is left out. It needs a quiet machine.
"""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from . import server

pytestmark = pytest.mark.django_db

#: The least of the requests a second that nginx answers with a file of the same bytes.
SHARE = 0.70
ROUNDS, SECONDS = 5, 4
PACKED = "Accept-Encoding: gzip"

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

_WHOLE = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
{user}
events {{ worker_connections 512; }}
http {{
    include {types};
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
{documented}
    server {{ listen 127.0.0.1:{file}; root {folder}/files; gzip_static on; }}
}}
"""


def documented(folder: Path, *, front: int, packer: int, site: int) -> str:
    """The handbook's configuration, with other ports and folders."""
    handbook = (Path(settings.BASE_DIR) / "docs" / "operators.md").read_text()
    (block,) = re.findall(
        r"^ *```nginx\n([^`]*proxy_cache_path[^`]*)```", handbook, re.MULTILINE
    )
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{front};"),
        ("127.0.0.1:8010;", f"127.0.0.1:{packer};"),
        ("127.0.0.1:8000;", f"127.0.0.1:{site};"),
        ("server_name statements.example;", "server_name 127.0.0.1;"),
        ("/var/cache/nginx/newsroom", f"{folder}/cache"),
    ):
        assert old in block, f"The handbook's nginx has no {old}"
        block = block.replace(old, new)
    return re.sub(r"^ *ssl_certificate.*\n", "", block, flags=re.MULTILINE)


@contextmanager
def nginx(folder: Path, text: str, address: str) -> Iterator[None]:
    program = shutil.which("nginx", path=_PATH)
    assert program, "nginx is missing: run make bench-proxy."
    configuration = folder / "nginx.conf"
    configuration.write_text(text)
    process = subprocess.Popen([program, "-p", folder, "-c", configuration])
    try:
        server.wait(address, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=server.SECONDS)


def fetch(address: str, packed: bool = False) -> tuple[bytes, dict[str, str]]:
    asked = urllib.request.Request(address)  # noqa: S310  # our own
    if packed:
        asked.add_header(*PACKED.split(": "))
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return answer.read(), {
            name.lower(): value for name, value in answer.headers.items()
        }


def a_second(address: str, packed: bool) -> float:
    """Requests a second that wrk gets answered; any that fails is an error."""
    words = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", *(["-H", PACKED] if packed else [])]
    said = subprocess.run(
        [*words, address], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    return float(re.search(r"Requests/sec: +([\d.]+)", said)[1])


def test_a_cached_page_is_nearly_as_quick_as_a_file(site, tmp_path, capsys):
    tmp_path.chmod(0o755)
    for name in ("files", "cache", "body", "temp"):
        (tmp_path / name).mkdir()
    types = next(
        path
        for path in ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types")
        if Path(path).exists()
    )
    front, packer, file = (server.free_port() for _ in range(3))
    port = int(site.address.rpartition(":")[2])
    text = _WHOLE.format(
        folder=tmp_path,
        types=types,
        # Its workers must reach the folder, whoever owns it.
        user="user root;" if Path("/root").owner() == tmp_path.owner() else "",
        file=file,
        documented=documented(tmp_path, front=front, packer=packer, site=port),
    )
    path = "/statements/2025/06/05/agreement-on-the-summer-catch/"
    page, copy = f"http://127.0.0.1:{front}{path}", f"http://127.0.0.1:{file}/page.html"
    (tmp_path / "files" / "page.html").write_bytes(fetch(site.address + path)[0])
    with nginx(tmp_path, text, f"http://127.0.0.1:{front}/healthz"):
        whole, _ = fetch(page)
        small, told = fetch(page, packed=True)
        assert told["content-encoding"] == "gzip"
        assert gzip.decompress(small) == whole
        assert "etag" in told
        (tmp_path / "files" / "page.html").write_bytes(whole)
        (tmp_path / "files" / "page.html.gz").write_bytes(small)
        lines, over = [], []
        for name, packed in (("plain", False), ("packed", True)):
            got: dict[str, list[float]] = {page: [], copy: []}
            for _ in range(ROUNDS):
                for address, found in got.items():
                    found.append(a_second(address, packed))
            ours, theirs = (statistics.median(found) for found in got.values())
            lines.append(
                f"  {name:<7} {ours:9,.0f} a second, of {theirs:9,.0f} of a file of "
                f"{len(small if packed else whole):,} bytes: {ours / theirs:.2f}, at "
                f"least {SHARE:.2f}"
            )
            if ours < SHARE * theirs:
                over.append(name)
    with capsys.disabled():
        print("\nA cached page behind nginx\n" + "\n".join(lines))
    assert over == []

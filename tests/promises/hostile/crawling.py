"""Every page that links lead to, opened in Chromium and listened to."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

#: Before any script of a page: what runs or breaks the policy says so.
_EARS = """
window.ran = []; window.broken = [];
window.hit = n => { ran.push(String(n)); };
for (const name of ["alert", "confirm", "prompt"]) window[name] = hit;
document.addEventListener("securitypolicyviolation",
  each => { broken.push(each.violatedDirective + " " + each.blockedURI); });
"""
_LOOK = """
() => {
  const shown = [document.body.innerText];
  for (const each of document.querySelectorAll("input, textarea, option"))
    shown.push(each.value, each.textContent);
  for (const each of document.querySelectorAll("details:not([open])"))
    shown.push(each.textContent);
  shown.push(document.title);
  for (const name of ["href", "src", "action", "formAction"])
    for (const each of document.querySelectorAll(`[${name}]`))
      if (/^(?:javascript|vbscript|data:text)/i.test(each[name])) ran.push(each[name]);
  const links = [...document.querySelectorAll("a[href]")].map(a => a.href);
  return { ran, broken, shown: shown.join("\\n"), links };
}
"""


@dataclass
class Heard:
    """What pages did: which scripts ran, what the policy stopped, what was to read."""

    pages: list[str] = field(default_factory=list)
    routes: Counter[str] = field(default_factory=Counter)
    ran: list[tuple[str, list[str]]] = field(default_factory=list)
    broken: list[tuple[str, list[str]]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    #: By "admin" and "public".
    shown: dict[str, list[str]] = field(
        default_factory=lambda: {"admin": [], "public": []}
    )


class Crawler:
    """Opens pages of the site in a window. Links are followed within the site.

    Of each route at most ``most`` pages are opened: with every field of every noun
    hostile, two pages of one template say what twenty would. ``questions``: whether
    the same page with another kind of question in its address is another one;
    ``leave``: ends of the names of routes that are left out.
    """

    def __init__(self, page: Any, origin: str, most: int, questions: bool = False):
        self.page, self.origin, self.most = page, origin, most
        self.questions = questions
        self.leave: tuple[str, ...] = ()
        self.heard = Heard()
        page.set_default_timeout(15_000)
        page.add_init_script(_EARS)
        page.on("dialog", self._dialog)
        page.on(
            "pageerror", lambda each: self.heard.errors.append((page.url, str(each)))
        )

    def _dialog(self, dialog: Any) -> None:
        self.heard.ran.append((self.page.url, ["dialog"]))
        dialog.dismiss()

    def crawl(self, starts: Iterable[str]) -> Heard:
        """Open all of ``starts``, and what is reached from them."""
        first = list(dict.fromkeys(starts))
        waiting, known = deque(first), set(first)
        for number in count():
            if not waiting:
                break
            path = waiting.popleft()
            route = self._route(path)
            if number >= len(first) and (
                route is None or self.heard.routes[route] >= self.most
            ):
                continue
            self.heard.routes[route] += 1
            for link in self.open(path):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
        return self.heard

    def open(self, path: str) -> list[str]:
        """Open a page; the paths of the site that it leads to."""
        answer = self.page.goto(self.origin + path, wait_until="load")
        assert answer.status < 500, path
        return self._look(path)

    def show(self, path: str, html: str, policy: str = "") -> None:
        """Show a page that a form was answered with, at its address."""
        with self._answered(path, html, policy):
            self.page.goto(self.origin + path, wait_until="load")
            self._look(path)

    @contextmanager
    def _answered(self, path: str, html: str, policy: str) -> Iterator[None]:
        headers = {"content-type": "text/html; charset=utf-8"}
        if policy:
            headers["content-security-policy"] = policy

        def answer(route: Any) -> None:
            route.fulfill(body=html, headers=headers)

        self.page.route(self.origin + path, answer)
        yield
        self.page.unroute(self.origin + path)

    def _look(self, path: str) -> list[str]:
        found = self.page.evaluate(_LOOK)
        self.heard.pages.append(path)
        door = "admin" if path.startswith(("/admin/", "/staff/")) else "public"
        self.heard.shown[door].append(found["shown"])
        if found["ran"]:
            self.heard.ran.append((path, found["ran"]))
        if found["broken"]:
            self.heard.broken.append((path, found["broken"]))
        return [
            self._path(link) for link in found["links"] if link.startswith(self.origin)
        ]

    def _path(self, link: str) -> str:
        parts = urlsplit(urljoin(self.origin, link))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _route(self, path: str) -> str | None:
        """What kind of page it is; None for what is no page or ends the session."""
        plain, _, query = path.partition("?")
        if plain.startswith(("/media/", "/static/")) or "logout" in plain:
            return None
        try:
            match = resolve(plain)
        except Resolver404:
            return None
        if (match.url_name or "").endswith(self.leave):
            return None
        names = sorted(re.findall(r"(?:^|&)([^=&]+)=", query))
        # The five pages of a statement are one route.
        asked = names[:1] if self.questions else []
        return " ".join(
            [match.view_name or plain, match.kwargs.get("step", ""), *asked]
        )

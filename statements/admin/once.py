"""A form that is sent twice is saved once: the second is told "already saved"."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from statements.models import Submission

#: Not part of what somebody typed.
_ASIDE = {"csrfmiddlewaretoken"}


class Already(Exception):
    """The same form was saved before; ``result`` is where that led."""

    def __init__(self, result: str):
        self.result = result
        super().__init__(result)


def token() -> str:
    """What a form carries in its hidden field ``token``."""
    return secrets.token_hex(16)


@contextmanager
def once(request: HttpRequest) -> Iterator[Submission]:
    """Do what is inside unless the same person sent the same form before.

    The same form is the same token with the same contents, so that going back and
    changing something is another one. Call it inside a transaction: the row is made
    first, so of two that race the second waits, and a failure leaves no row. Raises
    Already.
    """
    key = _key(request)
    try:
        with transaction.atomic():
            submission = Submission.objects.create(token=key, user=request.user)
    except IntegrityError as clash:
        raise Already(Submission.objects.get(token=key).result) from clash
    yield submission


def _key(request: HttpRequest) -> str:
    contents = [
        (name, values)
        for name, values in sorted(request.POST.lists())
        if name not in _ASIDE
    ]
    files = [
        (name, [(file.name, file.size) for file in files])
        for name, files in sorted(request.FILES.lists())
    ]
    given = request.POST.get("token") or token()
    whole = repr((request.user.pk, request.path, given, contents, files))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()

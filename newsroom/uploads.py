"""Uploaded files are written to a disk of ours only up to a bound."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Keep at most ``UPLOAD_MOST`` bytes of all files of a request; count the rest.

    A file keeps the size that it had, so that whoever takes it in can say what was too
    big, beside everything else that was typed. What somebody sends who is not signed in
    as staff is read and dropped: no page takes files from them.
    """

    file: Any

    def __init__(self, request: Any = None):
        super().__init__(request)
        self.kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # Sessions are read by now: forms are parsed after all middleware has begun.
        user = getattr(self.request, "user", None)
        if user is None or not (user.is_active and user.is_staff):
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        part = raw_data[: settings.UPLOAD_MOST - self.kept]
        self.kept += len(part)
        super().receive_data_chunk(part, start)

"""Signing in: who asks, from where, and how often."""

from __future__ import annotations

import ipaddress
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from statements.editorial import tries


def sender(request: HttpRequest) -> str:
    """The network address a request came from; "" where it is not known.

    ``X-Forwarded-For`` counts only with BEHIND_PROXY, and of it only the last address,
    which our own proxy wrote: anybody can send the others. One household has a /64 of
    IPv6, so that counts as one.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        given = said or given
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)


class SignIn(AdminAuthenticationForm):
    """Name and password, looked at only while there are tries left."""

    def clean(self) -> dict[str, Any]:
        name, password = (
            self.cleaned_data.get(field) for field in ("username", "password")
        )
        if name is None or not password:
            return super().clean()
        place = sender(self.request)
        again = tries.begin(name, place)
        if again is not None:
            hour = timezone.localtime(again)
            raise ValidationError(
                "Too many tries to sign in have failed, so this one was not looked at. "
                f"Try again after {hour:%H:%M:%S %Z}.",
                code="throttled",
            )
        cleaned = super().clean()
        tries.succeeded(name, place)
        return cleaned

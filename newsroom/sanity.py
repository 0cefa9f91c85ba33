"""Requests that no browser sends and no database can answer are refused at the door."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class Sane:
    """Refuse a NUL in an address or in a cookie, before anything looks them up.

    PostgreSQL keeps none, so a look-up would fail as an error of ours. A cookie can
    hold one as ``\\000`` within quotation marks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404("No address holds a NUL.")
        if any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie holds a NUL.")
        return self.get_response(request)

"""Who comes in: those who work here and hold a right. Nothing is kept in a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from statements.models import User

type View = Callable[..., HttpResponseBase]

_READS = ("GET", "HEAD")


def staff_page(permission: str, *more: str) -> Callable[[View], View]:
    """Make a view a page for staff who hold ``statements.<permission>``.

    Visitors are asked to sign in. To anybody else signed in, the page does not exist.
    ``more`` are methods that it answers beside those that only read.
    """

    def decorate(view: View) -> View:
        @require_http_methods([*_READS, *more])
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object):
            user = request.user
            if not isinstance(user, User):
                if request.headers.get("HX-Request"):
                    # A script would put the page to sign in into the page that is open.
                    return HttpResponse(status=401)
                return redirect_to_login(request.get_full_path())
            if not (user.is_staff and user.may(permission)):
                raise Http404
            return view(request, *args, **kwargs)

        return answer

    return decorate

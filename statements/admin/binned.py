"""The bin: what was put there, and the way out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from statements.editorial import binning, verbs
from statements.models import Binned, Edition

PAGE = 50


class Bin(View):
    """Statements and drafts in the bin; a button takes one out."""

    http_method_names = ["get", "post", "head"]
    admin: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        newest = Edition.objects.filter(article=OuterRef("article")).order_by("-number")
        rows = binning.lying(request.user).annotate(
            newest=Subquery(newest.values("title")[:1])
        )
        page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.admin.opts,
            "title": "Bin",
            "page": page,
            "may_statement": request.user.has_perm("statements.delete_article"),
            "may_draft": request.user.has_perm("statements.change_article"),
        }
        return TemplateResponse(request, "admin/statements/article/bin.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("binned", "")
        if not key.isdecimal() or len(key) > 18:
            raise BadRequest("The form does not say what to take out.")
        binned: Binned | None = binning.lying(request.user).filter(pk=key).first()
        if binned is None:
            raise Http404("It is not in the bin.")
        try:
            binning.take_out(binned, by=request.user)
        except verbs.NotReady as problem:
            messages.warning(request, str(problem))
            return redirect("admin:statements_article_bin")
        messages.success(request, "Taken out of the bin. All of it is as it was.")
        if binned.edition is None:
            return redirect("admin:statements_article_change", binned.article_id)
        return redirect(
            reverse(
                "admin:statements_article_step",
                args=[binned.article_id, binned.edition.number, "write"],
            )
        )

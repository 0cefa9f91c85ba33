"""Review: a second pair of eyes on what stands there, and remarks beside its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse

from statements.editorial import inviting, publishing, remarking, verbs
from statements.models import Audit, LateApproval, PreviewLink, State

from . import remarks
from .forms import InviteForm, Words
from .keys import READING
from .standing import counted
from .steps import Invalid, Step


class Review(Step):
    """A second pair of eyes: submit, remark on words, return, approve."""

    step = "review"
    template = "admin/statements/article/review.html"
    keys = READING
    actions = {
        "submit": "submit",
        "return": "send_back",
        "approve": "approve",
        "approve_late": "approve_late",
        "invite": "invite",
        "revoke": "revoke",
        "remark": "remark_on",
        "reply": "reply",
        "resolve": "resolve",
        "reopen": "reopen",
    }

    remarking: remarks.RemarkForm | None = None
    #: The remark that an answer was typed to, and what, where it was refused.
    answering = ("", "")
    remark = ""
    remark_error = ""
    invitation: InviteForm | None = None
    #: The address of a link just made: told on this page, and kept nowhere.
    made = ""

    def context(self) -> dict[str, Any]:
        user, edition = self.request.user, self.edition
        wrote = user.pk in self.standing.contributors
        state = self.standing.state
        threads = remarks.threads(edition)
        may_remark = remarking.may_remark(user) and not edition.frozen
        return {
            "rows": remarks.reading(edition, threads),
            "threads": threads,
            "lost": [each for each in threads if each.start is None],
            "open_remarks": remarks.still_open(edition),
            "may_remark": may_remark,
            "remarking": (self.remarking or remarks.RemarkForm(edition=edition))
            if may_remark
            else None,
            "answering": self.answering,
            "uses": list(edition.media.select_related("asset").order_by("position")),
            "wrote": wrote,
            "remark": self.remark,
            "remark_error": self.remark_error,
            "last_remark": self._last_remark(),
            "follows": f"{self.url('compare')}?view=inline"
            if edition.based_on_id
            else "",
            "may_submit": self.may("submit_edition")
            and state in (State.DRAFT, State.RETURNED),
            "may_return": self.may("approve_edition")
            and state in (State.IN_REVIEW, State.APPROVED)
            and edition.submitted_at is not None,
            "may_approve": self.may("approve_edition")
            and state == State.IN_REVIEW
            and not wrote,
            "late": LateApproval.objects.filter(edition=edition)
            .select_related("by")
            .first(),
            "may_approve_late": self.may("approve_edition")
            and edition.approved_at is None
            and state in (State.LIVE, State.SUPERSEDED, State.WITHDRAWN)
            and not wrote
            and edition.published_by_id != user.pk,
            "links": inviting.links_of(edition, self.standing.now),
            "may_invite": self.may("approve_edition")
            and state not in (State.LIVE, State.SUPERSEDED, State.WITHDRAWN),
            "may_revoke": self.may("approve_edition"),
            "invitation": self.invitation or InviteForm(),
            "made": self.made,
        }

    def perform(self, action: Callable[[], str | None]) -> HttpResponse:
        response = super().perform(action)
        if self.made:
            # Made, and told here: a page that it led on to would have to be handed it.
            response = self.draw()
            response.status_code = 201
        return response

    def approve_late(self) -> None:
        publishing.approve_late(self.edition, by=self.request.user)
        messages.success(self.request, "Approved afterwards. The mark is taken off.")

    def invite(self) -> None:
        """Make a link for somebody without an account; its address is told once."""
        self.invitation = InviteForm(self.request.POST)
        if not self.may("approve_edition"):
            raise PermissionDenied("You may not show drafts to outsiders.")
        if not self.invitation.is_valid():
            raise Invalid
        values = self.invitation.cleaned_data
        made = inviting.invite(
            self.edition,
            by=self.request.user,
            name=values["guest"],
            days=values["days"],
            asks=values["asks"],
        )
        self.made = f"{settings.SITE_URL}{PreviewLink.address(made.token)}"
        self.invitation = None

    def revoke(self) -> None:
        key = self.request.POST.get("link", "")
        link = (
            PreviewLink.objects.filter(edition=self.edition, pk=key).first()
            if key.isdecimal() and len(key) < 18
            else None
        )
        if link is None:
            raise verbs.Unusable("That link is not there any more.")
        inviting.revoke(link, by=self.request.user)
        messages.success(self.request, f"Revoked: the link for {link.name}.")

    def _last_remark(self) -> str:
        if self.edition.returned_at is None:
            return ""
        return (
            Audit.objects.filter(
                table="edition",
                row=str(self.edition.pk),
                changes__has_key="returned_at",
            )
            .exclude(reason="")
            .values_list("reason", flat=True)
            .first()
            or ""
        )

    def submit(self) -> str:
        self.opened()
        publishing.submit(self.edition, by=self.request.user)
        messages.success(self.request, "Submitted. A colleague can review it now.")
        return self.back()

    def send_back(self) -> str:
        self.remark = self.request.POST.get("remark", "")
        if not self.may("approve_edition"):
            raise PermissionDenied("You may not return statements.")
        count = remarks.still_open(self.edition)
        if not self.remark.strip() and not count:
            self.remark_error = "Say what to change, so that the authors know."
            raise Invalid
        try:
            remark = Words(required=False).clean(self.remark)
        except ValidationError as problem:
            self.remark_error = problem.messages[0]
            raise Invalid from problem
        self.opened()
        publishing.send_back(self.edition, by=self.request.user, remark=remark)
        along = f" with {counted(count, 'remark')}" if count else ""
        messages.success(self.request, f"Returned to its authors{along}.")
        return self.back()

    def remark_on(self) -> str:
        form = remarks.RemarkForm(self.request.POST, edition=self.edition)
        self.remarking = form
        if not form.is_valid():
            raise Invalid
        start, end, words = form.cleaned_data["place"]
        made = remarking.remark(
            self.edition,
            start=start,
            end=end,
            words=words,
            body=form.cleaned_data["said"],
            by=self.request.user,
        )
        messages.success(self.request, "Your remark stands beside the words.")
        return self._at(made.pk)

    def reply(self) -> str:
        thread = remarks.one_of(self.edition, self.request.POST)
        said = self.request.POST.get("reply", "")
        self.answering = (str(thread.pk), said)
        remarking.reply(thread, body=said, by=self.request.user)
        messages.success(self.request, "Your answer stands below the remark.")
        return self._at(thread.pk)

    def resolve(self) -> str:
        """Mark it done; what was typed as an answer is one."""
        thread = remarks.one_of(self.edition, self.request.POST)
        said = self.request.POST.get("reply", "")
        self.answering = (str(thread.pk), said)
        if said.strip():
            remarking.reply(thread, body=said, by=self.request.user)
        remarking.resolve(thread, by=self.request.user)
        messages.success(self.request, "The remark is marked done.")
        return self._at(thread.pk)

    def reopen(self) -> str:
        thread = remarks.one_of(self.edition, self.request.POST)
        remarking.reopen(thread, by=self.request.user)
        messages.success(self.request, "The remark is open again.")
        return self._at(thread.pk)

    def _at(self, key: int) -> str:
        return f"{self.url()}#r-{key}"

    def approve(self) -> str:
        # Of the version that was read: a later one is another text.
        self.opened()
        publishing.approve(self.edition, by=self.request.user)
        messages.success(self.request, "Approved. It can be published.")
        # Whoever publishes goes on with it.
        return self.url() if self.may("publish_edition") else self.back()

"""Write: a statement's words and what belongs to it; its files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import OuterRef
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from statements.editorial import buffers, editions, intake, media, publishing, verbs
from statements.editorial import merging as together
from statements.editorial.roster import bodies
from statements.markup import marks, sanitise
from statements.models import (
    Desk,
    DraftBuffer,
    Edition,
    EditionMedia,
    Organization,
    Tag,
)

from . import decisions, merging, places, remarks, topics
from .buffers import find, is_page, keep, number
from .doors import remark
from .editor import page_data
from .forms import NewEditionForm, StatementForm, UseForm
from .keys import EVERYWHERE, WRITING
from .media import LibraryForm, library
from .naming import Names
from .opening import opened
from .standing import Standing, beside, glance
from .steps import Anew, Invalid, Step


class Write(Step):
    """The statement's form, new or existing; a frozen edition is shown to read."""

    step = "write"
    template = "admin/statements/article/write.html"
    actions = {
        "save": "save",
        "quotes": "save",
        "files": "save",
        "submit": "save",
        "begin": "begin",
        "merge": "merge",
        "resume": "resume",
        "open": "open",
        "again": "again",
    }

    keys = WRITING
    form: StatementForm | None = None
    beginning: NewEditionForm | None = None
    #: Unsaved words that are taken back.
    taken: DraftBuffer | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" not in kwargs and not request.user.has_perm("statements.add_article"):
            raise PermissionDenied("You may not enter statements.")
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> Any:
        """With what the form shows of the statement, so that it asks no more."""
        return (
            super()
            .rows()
            .annotate(
                **beside("article"),
                as_of=Now(),
                topic_names=ArraySubquery(
                    Tag.objects.filter(article=OuterRef("article"))
                    .order_by("name")
                    .values("name")
                ),
            )
        )

    @cached_property
    def names(self) -> Names:
        """Of organisations: a statement is issued by one."""
        return Names(bodies())

    @cached_property
    def standing(self) -> Standing:
        """By its rows alone: the script asks what is in the text, and judges it."""
        return glance(self.edition, self.edition.as_of)

    def url(self, step: str = "", edition: Edition | None = None) -> str:
        if self.edition is None and edition is None:
            return self.request.path
        return super().url(step, edition)

    def context(self) -> dict[str, Any]:
        if self.theirs is not None and (self.form is None or self.form.is_valid()):
            try:
                return self._two_texts()
            except verbs.Unusable as problem:
                self.problems.append(str(problem))
        frozen = self.edition is not None and self.edition.frozen
        form = self.form
        if form is None and not frozen:
            form = self._form(initial=self._initial() | self._taken_back())
            if self.edition is None:
                form.fields["title"].widget.attrs["autofocus"] = True
        return {
            "form": form,
            "frozen": frozen,
            "beginning": self.beginning or NewEditionForm(),
            "may_write": self.may("change_article"),
            "organizations": self.names.organizations() if not frozen else [],
            "topics": Tag.objects.values_list("name", flat=True) if not frozen else [],
            "drafts": self._drafts(),
            "may_submit": self.may("submit_edition"),
            "opening": bool(self.problems)
            and self.request.POST.get("action") == "open",
            "replacing": bool(self.request.POST.get("replace")),
            "answers": self._answers() if not frozen else [],
            "passage": places.passage(self.request.GET.get("at", ""), self.edition.text)
            if self.edition is not None and self.taken is None
            else None,
            "editor": page_data(
                user=self.request.user,
                edition=self.edition,
                standing=self.standing if self.edition is not None else None,
                saved=self.form is None and self.taken is None,
                answers=self._answers(),
            )
            if not frozen
            else None,
            # There is no editor on these.
            **({"key_groups": EVERYWHERE} if frozen else {}),
        }

    def _answers(self) -> list[remarks.Given]:
        """The open remarks, with what was typed to them."""
        if self.edition is None:
            return []
        taken = self.taken.values if self.taken is not None else self.request.POST
        return remarks.given(self.edition, taken)

    def _drafts(self) -> dict[str, Any]:
        """What the script that keeps what is typed must know."""
        edition, posted = self.edition, self.request.POST
        version = edition.lock_version if edition else None
        page = posted.get("page", "")
        return {
            "door": reverse("admin:statements_article_buffers"),
            "user": self.request.user.pk,
            "edition": edition.pk if edition else "",
            "version": version,
            # A form that was refused stands here again, typed and unsaved.
            "page": page if is_page(page) else "",
            "unsaved": "1" if posted or self.taken is not None else "",
            "taken": self.taken.pk
            if self.taken is not None
            else number(posted.get("taken", "")) or "",
            "login": f"{reverse('admin:login')}?"
            + urlencode({"next": f"{reverse('admin:index')}?tab=other"}),
        }

    def _form(self, *args: Any, **kwargs: Any) -> StatementForm:
        follows = self.edition is not None and self.edition.based_on_id is not None
        return StatementForm(
            *args,
            user=self.request.user,
            names=SimpleLazyObject(lambda: self.names),
            follows=follows,
            fixed=self.edition is not None
            and self.edition.statement_out
            and not self.may("publish_edition"),
            **kwargs,
        )

    def _taken_back(self) -> dict[str, Any]:
        """The unsaved words that the address names, in place of those saved."""
        key = number(self.request.GET.get("unsaved", ""))
        if key is None:
            return {}
        buffer = find(self.request.user, key)
        if buffer.edition != self.edition:
            raise Http404("No such text.")
        self.taken = buffer
        # Of the version that they were typed over, so that a save meanwhile is seen.
        return {**buffer.values, "lock_version": buffer.lock_version}

    def _topics(self) -> list[str]:
        return self.edition.topic_names  # type: ignore[attr-defined]

    def _initial(self) -> dict[str, Any]:
        if self.edition is None:
            return {
                "dated": timezone.localdate(),
                "desk": Desk.objects.of(self.request.user).first(),
                "kind": StatementForm.base_fields["kind"]
                .queryset.filter(slug="statement")
                .first(),
                "language": "en",
            }
        edition, article = self.edition, self.edition.article
        return {
            "title": edition.title,
            "summary": edition.summary,
            "body": edition.body,
            "byline": edition.byline,
            "change": edition.change,
            "change_note": edition.change_note,
            "lock_version": edition.lock_version,
            "dated": article.dated,
            "kind": article.kind_id,
            "issuer": self.names.name_of(None, article.issuer_id)
            if article.issuer_id
            else "",
            "language": article.language,
            "desk": article.desk_id,
            "topics": topics.written(self._topics()),
            "slug": article.slug,
        }

    def _two_texts(self) -> dict[str, Any]:
        """The page after somebody else saved: both texts in one."""
        both, mine, theirs = self._both()
        self.template = "admin/statements/article/merge.html"
        return {
            # The page itself says that somebody saved.
            "problems": [each for each in self.problems if each == merging.UNDECIDED],
            **merging.shown(
                both, mine, theirs, merging.chosen(self.request.POST, both)
            ),
            "based": self._based(),
            "decisions": self.request.POST.get("decisions", ""),
            "answers": list(remarks.sent_along(self.request.POST)),
            "key_groups": EVERYWHERE,
            "may_write": self.may("change_article"),
            "drafts": self._drafts(),
        }

    def _based(self) -> int | None:
        """The version that what was posted began from."""
        posted = self.request.POST
        return number(posted.get("based") or posted.get("lock_version", ""))

    def _both(self) -> tuple[together.Both, dict[str, str], dict[str, str]]:
        mine = merging.as_typed(self.request.POST)
        if "body" not in mine or self.edition is None:
            raise BadRequest("The form holds no text.")
        theirs = merging.as_typed(self._initial())
        based = self._based()
        base = (
            theirs
            if based == self.edition.lock_version
            else merging.base_typed(together.base_of(self.edition, based), self.names)
        )
        return together.bring_together(base, mine, theirs), mine, theirs

    def _merged(self) -> QueryDict:
        """What was posted, brought together with what is saved, as it was chosen."""
        if not self.may("change_article"):
            raise PermissionDenied("You may not change statements.")
        if self.edition is None or self.edition.frozen:
            raise BadRequest("There is nothing to merge with.")
        version = number(self.request.POST.get("lock_version", ""))
        if version != self.edition.lock_version:
            raise verbs.Conflict(self.edition)
        both, *_ = self._both()
        try:
            values = both.values(merging.chosen(self.request.POST, both))
        except together.Undecided:
            self.theirs = self.edition
            self.problems = [merging.UNDECIDED]
            raise Invalid from None
        posted = self.request.POST.copy()
        for name, value in values.items():
            posted[name] = value
        return posted

    def merge(self) -> str:
        return self._save(self._merged())

    def resume(self) -> str:
        """Write on with the merged text: nothing is saved yet."""
        self.form = self._form(initial=self._initial() | self._merged().dict())
        raise Anew

    def open(self) -> str:
        """Put the words of a Word file into a new statement's form."""
        if self.edition is not None:
            raise BadRequest("A file is opened in a new statement.")
        # A refusal shows the form as it was typed.
        self.form = self._form(initial=self.request.POST.dict())
        self.form = self._form(initial=self._initial() | opened(self.request))
        raise Anew

    def again(self) -> str:
        """Write on with what was sent after the session had ended."""
        # A refusal shows the form as it was typed.
        self.form = self._form(initial=self._initial() | self.request.POST.dict())
        return keep(self.request.user, self.edition, self.request.POST)

    def save(self) -> str:
        return self._save(self.request.POST)

    def _save(self, posted: QueryDict) -> str:
        # A new statement's form has no values to compare with.
        before = self._initial() if self.edition is not None else {}
        self.form = self._form(posted, initial=before)
        if not self.form.is_valid():
            raise Invalid
        values = self.form.cleaned_data
        prepared = intake.prepare(values["body"])
        meant = values["issuer"]
        issuer = (
            Organization.objects.get(pk=meant.organization)
            if meant is not None
            else None
        )
        if self.edition is None:
            received = intake.receive(
                intake.Incoming(
                    title=values["title"],
                    body=values["body"],
                    dated=values["dated"],
                    kind=values["kind"],
                    summary=values["summary"],
                    byline=values["byline"],
                    slug=values["slug"],
                    issuer=issuer,
                    language=values["language"],
                    desk=values["desk"],
                    tags=values["topics"],
                    prepared=prepared,
                ),
                by=self.request.user,
            )
            edition, dropped = received.edition, received.dropped
            notices: list[str] = []
        else:
            edition, dropped, notices = self._revise(values, prepared, issuer)
        done = [
            self._decided(values, prepared, edition),
            remarks.carry_out(edition, self._answers(), by=self.request.user),
        ]
        self._close_buffer()
        messages.success(self.request, " ".join(["Saved.", *filter(None, done)]))
        for line in dropped:
            messages.warning(
                self.request, f"Left out, since it is no part of the text: {line.text}"
            )
        for notice in notices:
            messages.warning(self.request, notice)
        self._unseen(values, edition)
        action = self.request.POST["action"]
        if action == "submit":
            publishing.submit(edition, by=self.request.user)
            messages.success(self.request, "Submitted. A colleague can review it now.")
            return self.back("review", edition)
        then = {"quotes": "quotes", "files": "files"}
        return self.url(then.get(action, "write"), edition)

    def _decided(
        self, values: dict[str, Any], prepared: intake.Prepared, edition: Edition
    ) -> str:
        """Carry out what was decided beside the text; say how much in a few words."""
        if not values["decisions"]:
            return ""
        done = decisions.carry_out(
            edition,
            values["decisions"],
            {
                mark.permalink: (mark.start, mark.end)
                for mark in marks.read(prepared[0])
            },
            by=self.request.user,
        ).sentence()
        return f"{done[:1].upper()}{done[1:]}." if done else ""

    def _close_buffer(self) -> None:
        page = self.request.POST.get("page", "")
        if is_page(page):
            buffers.close(
                self.edition,
                by=self.request.user,
                page=page,
                taken=number(self.request.POST.get("taken", "")),
            )

    def _unseen(self, values: dict[str, Any], edition: Edition) -> None:
        """Say what was taken out of the text, and what is in it and does not show."""
        gone = sanitise.taken_out(values["body"])
        if gone:
            listed = ", ".join(f"{count} × {name}" for name, count in gone.items())
            messages.warning(
                self.request,
                f"Taken out of the text, since it shows nothing: {listed}.",
            )
        for name in ("title", "summary", "byline", "change_note"):
            if values.get(name):
                remark(self.request, self.form[name].label, values[name])
        if gone or "body" in self.form.changed_data:
            remark(self.request, "Text", edition.text)

    def _revise(
        self,
        values: dict[str, Any],
        prepared: intake.Prepared,
        issuer: Organization | None,
    ) -> tuple[Edition, Any, list[str]]:
        if values["lock_version"] is None:
            raise BadRequest("The form does not say which version it is of.")
        revised = intake.revise(
            self.edition,
            by=self.request.user,
            lock_version=values["lock_version"],
            title=values["title"],
            summary=values["summary"],
            byline=values["byline"],
            body=values["body"],
            prepared=prepared,
            # A first edition stays one, whatever was posted.
            change=values.get("change") or None,
            change_note=values.get("change_note"),
        )
        article = self.edition.article
        changed: dict[str, Any] = {
            name: value
            for name, value, was in (
                ("dated", values["dated"], article.dated),
                ("slug", values["slug"] or None, article.slug),
                ("kind", values["kind"], article.kind),
                ("issuer", issuer, article.issuer),
                ("language", values["language"], article.language),
                ("desk", values["desk"], article.desk),
            )
            if value != was and not (name == "slug" and value is None)
        }
        if sorted(values["topics"]) != sorted(self._topics()):
            changed["tags"] = values["topics"]
        if changed:
            intake.set_address(article, by=self.request.user, **changed)
        # What is decided about in the same form is asked for no more.
        decided = {revised.again.get(each.key) for each in values["decisions"]}
        notices = [each for each in revised.notices if each not in decided]
        return revised.edition, revised.dropped, notices

    def begin(self) -> str:
        """Begin a new edition of a statement that is out or scheduled."""
        self.beginning = NewEditionForm(self.request.POST)
        if self.edition is None:
            raise BadRequest("There is no edition to follow.")
        if not self.beginning.is_valid():
            raise Invalid
        values = self.beginning.cleaned_data
        edition = editions.begin(
            self.article, by=self.request.user, change=values["change"]
        )
        if values["change_note"]:
            intake.revise(
                edition,
                by=self.request.user,
                lock_version=edition.lock_version,
                change_note=values["change_note"],
            )
        messages.success(
            self.request,
            f"Edition {edition.number} begun. Readers keep the present one until it "
            "is published.",
        )
        return self.url("write", edition)


class Files(Step):
    """The files of an edition, with the words that go with them there."""

    step = "files"
    template = "admin/statements/article/files.html"
    actions = {"upload": "upload", "attach": "attach", "words": "words", "take": "take"}

    form: UseForm | None = None
    used: EditionMedia | None = None
    chosen: LibraryForm | None = None

    def context(self) -> dict[str, Any]:
        uses = list(self.edition.media.select_related("asset").order_by("position"))
        taken = {use.asset_id for use in uses}
        return {
            "uses": [
                (
                    use,
                    self.form
                    if self.form is not None and self.used == use
                    else UseForm(
                        initial={
                            "role": use.role,
                            "alt": use.alt,
                            "caption": use.caption,
                            "transcript": use.transcript,
                        },
                        auto_id=f"id_{use.pk}_%s",
                    ),
                )
                for use in uses
            ],
            "form": self.form if self.form and self.used is None else UseForm(),
            "library": self.chosen
            or (
                self._library()
                if library(self.request.user).exclude(pk__in=taken).exists()
                else None
            ),
            "may_write": self.may("change_article") and not self.edition.frozen,
            "may_upload": self.may("add_mediaasset"),
        }

    def _words(self) -> dict[str, str]:
        self.form = UseForm(self.request.POST, self.request.FILES)
        if not self.form.is_valid():
            raise Invalid
        return self.form.cleaned_data

    def upload(self) -> None:
        words = self._words()
        file = self.request.FILES.get("file")
        if file is None:
            raise verbs.Unusable("Choose a file.")
        edition = self.opened()
        asset = media.upload(file, by=self.request.user, desk=self.article.desk)
        editions.attach(edition, asset, by=self.request.user, **words)
        messages.success(self.request, f"{asset} is stored and attached.")

    def attach(self) -> None:
        words = self._words()
        asset = self._asset()
        editions.attach(self.opened(), asset, by=self.request.user, **words)
        messages.success(self.request, f"{asset} is attached.")

    def words(self) -> None:
        self.used = self._use()
        words = self._words()
        editions.attach(self.opened(), self.used.asset, by=self.request.user, **words)
        messages.success(self.request, f"Saved: {self.used.asset}.")

    def take(self) -> None:
        use = self._use()
        self.opened()
        editions.detach_media(use, by=self.request.user)
        messages.success(self.request, f"{use.asset} is no longer attached.")

    def _library(self, *args: Any) -> LibraryForm:
        return LibraryForm(
            *args,
            request=self.request,
            site=self.admin.admin_site,
            taken=self.edition.media.values("asset"),
        )

    def _asset(self) -> Any:
        """By its key, as the page names those attached, or as the chooser took it."""
        key = self.request.POST.get("asset", "")
        asset = library(self.request.user).filter(key=key).first() if key else None
        if asset is not None:
            return asset
        self.chosen = self._library(self.request.POST)
        if not self.chosen.is_valid():
            raise Invalid
        if self.chosen.cleaned_data["asset"] is None:
            self.chosen.add_error("asset", "Choose a file of the library.")
            raise Invalid
        return self.chosen.cleaned_data["asset"]

    def _use(self) -> EditionMedia:
        key = self.request.POST.get("asset", "")
        use = (
            self.edition.media.select_related("asset", "edition")
            .filter(asset__key=key)
            .first()
        )
        if use is None:
            raise verbs.Unusable("That file is not attached any more.")
        return use

"""Words removed by law leave no trace, and the record still verifies without them."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from newsroom import roles
from statements.editorial import (
    buffers,
    checking,
    editions,
    folders,
    intake,
    media,
    publishing,
    quoting,
    reasons,
    remarking,
    sealing,
    searching,
    silencing,
    suggesting,
    wording,
)
from statements.models import (
    Article,
    Audit,
    Change,
    Edition,
    FormerAddress,
    MediaAsset,
    Quote,
    Rejection,
    Source,
    SourceVersion,
    User,
    VerbatimCheck,
)

from .. import builders

pytestmark = pytest.mark.django_db

#: Every word that is to be removed begins with this; it stands nowhere else, and is too
#: long to stand by chance in a token of a form or a nonce of the policy.
CANARY = "zqxjkv"


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def traces(words: str = CANARY) -> set[str]:
    """Every column of every table, and every file, that holds the words.

    In any case, with anything but letters between them, and in sessions too.
    """
    sign = re.compile(
        r"[\W_]*".join(map(re.escape, re.findall(r"\w+", words))), re.IGNORECASE
    )
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name"
            " FROM information_schema.columns"
            " WHERE table_schema NOT IN ('information_schema', 'pg_catalog')"
        )
        for schema, table, column in cursor.fetchall():
            if column == "session_data":
                # Packed, where three letters may stand by chance: read below.
                continue
            cursor.execute(f'SELECT "{column}"::text FROM "{schema}"."{table}"')
            if any(value and sign.search(value) for (value,) in cursor.fetchall()):
                found.add(f"{schema}.{table}.{column}")
    for session in Session.objects.all():
        if sign.search(str(session.get_decoded())):
            found.add("session")
    root = Path(MediaAsset._meta.get_field("file").storage.location)
    for path in root.rglob("*"):
        if path.is_file() and sign.search(path.read_bytes().decode("latin-1")):
            found.add("file")
    return found


@pytest.fixture
def told(author, editor, publisher, administrator, okafor, okafors_office, resolution):
    """A statement with a past; its words stand wherever words of one can stand."""
    edition = builders.make_draft(
        by=author,
        title="Zqxjkvtitle of the day",
        summary="Zqxjkvsummary.",
        byline="Zqxjkvbyline",
        slug="zqxjkvslug",
        body="<p>Ilse Okafor said zqxjkvbefore: “Zqxjkvquote &amp;"
        " <em>zqxjkvmore</em> of it,” and “zqxjkvnothing” else. It goes back to"
        ' <a href="https://example.org/zqxjkvlink">resolution'
        " 2417 (2018) zqxjkvprinted</a>.</p>",
    )
    builders.quote_words(
        edition,
        "Zqxjkvquote & zqxjkvmore of it,",
        by=author,
        speaker=okafor,
        title_as_printed="Zqxjkvking",
    )
    start = edition.text.index("2417")
    quoting.accept(
        edition,
        by=author,
        citations=[
            quoting.NewCitation(
                start,
                start + len("2417 (2018) zqxjkvprinted"),
                resolution,
                pinpoint="zqxjkvpinpoint",
            )
        ],
    )
    asset = media.upload(
        SimpleUploadedFile("zqxjkvname.pdf", b"%PDF-1.7 zqxjkvbytes"),
        by=author,
        desk=author.desks.get(),
        credit="Zqxjkvcredit",
    )
    edition.refresh_from_db()
    editions.attach(
        edition,
        asset,
        by=author,
        role="attachment",
        alt="Zqxjkvalt",
        caption="Zqxjkvcaption",
        transcript="Zqxjkvtranscript",
    )
    edition.refresh_from_db()
    suggested = suggesting.suggest(edition)
    quoting.reject(edition, by=author, quotes=[s.finding for s in suggested.quotes])
    Edition.objects.filter(pk=edition.pk).update(name="Zqxjkvname")
    publishing.submit(edition, by=author)
    start = edition.text.index("zqxjkvmore")
    end = start + len("zqxjkvmore of it")
    remark = remarking.remark(
        edition, start=start, end=end, body="Zqxjkvremark", by=editor
    )
    remarking.reply(remark, body="Zqxjkvanswer", by=author)
    publishing.send_back(edition, by=editor, remark="Zqxjkvremark")
    reasons.waive(edition, by=publisher, rule=RULE, subject="1", reason="Zqxjkvwaiver")
    for scope, subject in (
        ("here", "Zqxjkvsubject"),
        ("subject", "Zqxjkvalways"),
        ("here", "Zqxjkvlifted"),
    ):
        row = silencing.silence(
            edition,
            by=publisher,
            rule="acronym",
            subject=subject,
            scope=scope,
            reason="Zqxjkvsilence",
        )
    silencing.lift(row, by=publisher)
    searching.save("Zqxjkvtitle of the day", {"q": "Zqxjkvtitle of the day"}, by=author)
    first = builders.review_and_publish(edition, editor=editor, publisher=publisher)
    folder, _put = folders.put_in(
        None, "Zqxjkvtitle of the day", [first.quotes.get().permalink_id], by=author
    )
    noted = folder.quotes.get().pk
    folders.fill(
        folder,
        folders.Sheet(
            {
                0: folders.Text(f"As it says: {first.text}", folders.mark_of("")),
                noted: folders.Text("Zqxjkvtitle: look.", folders.mark_of("")),
            },
            [noted],
            {},
        ),
        by=author,
    )
    intake.set_address(first.article, by=publisher, slug="zqxjkvmoved")

    other = editions.begin(first.article, by=author)
    intake.revise(
        other, by=author, lock_version=other.lock_version, title="Zqxjkvdiscarded"
    )
    publishing.discard_edition(other, by=author)
    second = editions.begin(first.article, by=author, change=Change.CORRECTION)
    intake.revise(
        second,
        by=author,
        lock_version=second.lock_version,
        title="Zqxjkvtitle of the next day",
        body=second.body.replace("zqxjkvmore", "zqxjkvless"),
        change_note="Zqxjkvnote",
    )
    second.refresh_from_db()
    quoting.confirm(second.quotes.all(), by=author)
    second.refresh_from_db()
    second = publishing.publish(
        second, by=User.objects.system(), unreviewed_reason="Zqxjkvurgent"
    )
    draft = editions.begin(first.article, by=author)
    source = Source.objects.create(title="A briefing")
    version = SourceVersion.objects.create(
        source=source, number=1, text="-", sha256="0"
    )
    VerbatimCheck.objects.create(
        quote=second.quotes.get(),
        version=version,
        verdict="differs",
        operations=[["put", "zqxjkvoperation"]],
        checker="test",
        by=editor,
    )
    LogEntry.objects.create(
        user=author,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(first.article_id),
        object_repr="Zqxjkvlogged",
        action_flag=CHANGE,
        change_message="Zqxjkvlog",
    )
    Session.objects.create(
        session_key="s" * 32,
        session_data=Session.objects.encode({"_messages": "Zqxjkvtitle is deleted."}),
        expire_date=timezone.now(),
    )
    intake.revise(
        draft, by=author, lock_version=draft.lock_version, summary="Zqxjkvsummary."
    )
    for edition, copied in (
        (draft, "Zqxjkvtyped."),
        (None, f"Begun again: {second.text}"),
    ):
        buffers.keep(edition, by=author, page="a" * 32, turn=1, values={"body": copied})
    wording.gather()
    sealing.take()
    for edition in (first, second, draft):
        edition.refresh_from_db()
    return first, second, draft


RULE = sorted(reasons.WAIVABLE)[0]
PLACES = {
    "file",
    "session",
    "public.article.slug",
    "public.audit.changes",
    "public.audit.reason",
    "public.citation.pinpoint",
    "public.citation.printed",
    "public.correction.after",
    "public.correction.before",
    "public.django_admin_log.change_message",
    "public.django_admin_log.object_repr",
    "public.draft_buffer.values",
    "public.edition.body",
    "public.edition.byline",
    "public.edition.change_note",
    "public.edition.name",
    "public.edition.record",
    "public.edition.summary",
    "public.edition.text",
    "public.edition.title",
    "public.edition.unreviewed_reason",
    "public.edition_base.words",
    "public.edition_media.alt",
    "public.edition_media.caption",
    "public.edition_media.transcript",
    "public.folder.introduction",
    "public.folder.name",
    "public.folder_quote.note",
    "public.former_address.path",
    "public.media_asset.credit",
    "public.media_asset.name",
    "public.quote.prefix",
    "public.quote.suffix",
    "public.quote.text",
    "public.quote.title_as_printed",
    "public.quote.tsv",
    "public.remark.body",
    "public.remark.prefix",
    "public.remark.suffix",
    "public.remark.words",
    "public.rendering.html",
    "public.saved_search.name",
    "public.saved_search.question",
    "public.silence.reason",
    "public.silence.subject",
    "public.verbatim_check.operations",
    "public.vocabulary.asked",
    "public.vocabulary.word",
    "public.waiver.reason",
}


def redact(article: Article, *words: str) -> str:
    named = f"https://statements.example{article.get_absolute_url()}"
    return run(
        "redact", named, "--by", "ada", "--reason", "Order 12/26", "--yes", *words
    )


def healthy() -> dict[str, list[str]]:
    found = {check.sentence: check.find() for check in checking.CHECKS}
    return {sentence: lines for sentence, lines in found.items() if lines}


def test_nothing_of_a_removed_statement_is_left_anywhere(
    told, client, administrator, django_capture_on_commit_callbacks
):
    first, second, draft = told
    article = Article.objects.get(pk=first.article_id)
    permalink = first.quotes.get().permalink_id
    printed = [article.get_absolute_url(), FormerAddress.objects.get().path]
    found = traces()
    assert {place for place in found if not place.startswith("published.")} == PLACES
    assert "published.rendering.html" in found
    digests = list(Edition.objects.order_by("pk").values_list("digest", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        assert redact(article).splitlines() == [
            f"Statement {article.pk}: words removed from 3 editions, 1 file deleted.",
            "Take a seal now, and let backups that hold the words expire.",
        ]

    assert traces() == set()
    assert not Rejection.objects.exists()
    prints = str(list(Audit.objects.filter(table="edition").values_list("changes")))
    assert "md5:" not in prints

    # What readers and colleagues see.
    article.refresh_from_db()
    for path in printed:
        moved = client.get(path)
        assert (moved.status_code, moved.url) == (301, article.get_absolute_url())
    pages = {
        path: client.get(path).content.decode()
        for path in (
            article.get_absolute_url(),
            f"/quotes/{permalink}/",
            second.quotes.get().speaker.get_absolute_url(),
            "/",
            "/statements/",
            "/search/",
        )
    }
    assert "had to be removed" in pages[article.get_absolute_url()]
    assert "had to be removed" in pages[f"/quotes/{permalink}/"]
    assert "Order 12/26" not in "".join(pages.values())
    client.force_login(administrator)
    for edition in (second, draft):
        steps = ("write", "quotes", "check", "review", "publish", "files", "compare")
        for step in steps:
            address = reverse(
                "admin:statements_article_step",
                args=[article.pk, edition.number, step],
            )
            pages[address] = client.get(address, follow=True).content.decode()
        pages[f"preview {edition.number}"] = client.get(
            reverse(
                "admin:statements_article_preview", args=[article.pk, edition.number]
            )
        ).content.decode()
    for noun in ("article", "edition", "quote", "citation", "audit", "formeraddress"):
        address = reverse(f"admin:statements_{noun}_changelist")
        pages[address] = client.get(address).content.decode()
    assert [path for path, page in pages.items() if CANARY in page.lower()] == []
    assert any("by Ada: Order 12/26" in page for page in pages.values())

    # The record still verifies, and is sealed as it is now.
    assert [each.digest for each in Edition.objects.order_by("pk")] == digests
    assert healthy() == {}
    said = run("verify_record", "--files").splitlines()
    assert len(said) == 3
    assert all("were removed on" in line for line in said[:2])
    assert said[2].endswith("all as they were published.")
    seal = sealing.take()
    assert [entry["edition"] for entry in seal.entries] == [first.pk, second.pk]
    assert "Removed by law" in Edition.objects.get(pk=second.pk).title

    # Again, there is nothing to do.
    with django_capture_on_commit_callbacks(execute=True):
        assert "already removed" in redact(article)
    assert sealing.take() is None


def test_what_was_left_cannot_be_changed_unnoticed(told):
    first, *_ = told
    redact(first.article)
    sealing.take()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE edition DISABLE TRIGGER USER")
        cursor.execute("UPDATE edition SET title = 'Else' WHERE id = %s", [first.pk])
        cursor.execute(
            "UPDATE edition SET record = edition_record(id) WHERE id = %s", [first.pk]
        )
        cursor.execute(
            "UPDATE edition SET redacted_digest = record_digest(digest, record)"
            " WHERE id = %s",
            [first.pk],
        )
    out = StringIO()
    with pytest.raises(CommandError, match="1 difference"):
        call_command("verify_record", stdout=out)
    assert "What was left of it is not that of seal 2." in out.getvalue()


PHRASE = "zqxjkvsecret shall sail"


@pytest.fixture
def phrased(author, editor, publisher, okafor, okafors_office):
    body = (
        "<p>Ilse Okafor said: “The Zqxjkvsecret <em>shall</em> sail at dawn,” and"
        ' left. The zqxjkvsecret  shall sail. See <a href="https://example.org/'
        'Zqxjkvsecret-shall-sail">here</a>.</p>'
        "<p>The strait was calm, ZQXJKVSECRET SHALL SAIL.</p>"
    )
    edition = builders.make_draft(
        by=author, title="On the zqxjkvsecret shall sail", body=body
    )
    for words in ("Zqxjkvsecret", "shall sail at", "calm"):
        start = edition.text.index(words)
        end = start + len(words)
        remarking.remark(edition, start=start, end=end, body=f"{words}?", by=author)
    builders.quote_words(edition, "sail at dawn,", by=author, speaker=okafor)
    return builders.review_and_publish(edition, editor=editor, publisher=publisher)


def test_only_these_words_go_and_every_place_stays(
    phrased, client, administrator, author
):
    before = phrased.text
    for number, typed in enumerate(["The zqxjkvsecret SHALL sail.", "Calm."]):
        for edition in (phrased, None):
            buffers.keep(
                edition,
                by=author,
                page=f"{number:032}",
                turn=1,
                values={"body": typed},
            )
    quote = phrased.quotes.get()
    was = phrased.article.get_absolute_url()
    assert len(traces(PHRASE)) > 8

    assert "from 1 edition, 0 files" in redact(phrased.article, "--words", PHRASE)

    assert traces(PHRASE) == set()
    assert [row.values for row in buffers.unsaved(author)] == [{"body": "Calm."}] * 2
    phrased.refresh_from_db()
    assert len(phrased.text) == len(before)
    assert phrased.text == re.sub(
        r"zqxjkvsecret\s+shall\s+sail",
        lambda found: "█" * len(found[0]),
        before,
        flags=re.IGNORECASE,
    )
    assert "The strait was calm, █" in phrased.text
    assert "<em>█████</em>" in phrased.body
    again = Quote.objects.get(pk=quote.pk)
    assert (again.start, again.end, again.text) == (
        quote.start,
        quote.end,
        "████ at dawn,",
    )
    assert [row.words for row in phrased.remarks.all()] == [
        "█" * len("Zqxjkvsecret"),
        "██████████ at",
        "calm",
    ]
    assert phrased.title == f"On the {'█' * len(PHRASE)}"
    article = Article.objects.get(pk=phrased.article_id)
    assert article.slug == "on-the-removed"
    assert client.get(was).url == article.get_absolute_url()
    assert "at dawn" in client.get(article.get_absolute_url()).content.decode()
    assert healthy() == {}
    assert run("verify_record").endswith("all as they were published.\n")
    assert "already removed" in redact(phrased.article, "--words", PHRASE)
    assert "already removed" in redact(phrased.article, "--words", "Lighthouse")

    # All of it may go later on.
    redact(phrased.article)
    assert run("verify_record").endswith("all as they were published.\n")
    assert "calm" not in Edition.objects.get(pk=phrased.pk).text


def test_a_file_that_another_statement_shows_stays(told, author, editor, publisher):
    first, *_ = told
    asset = MediaAsset.objects.get()
    other = builders.make_draft(by=author, title="Another")
    editions.attach(other, asset, by=author, role="attachment", alt="Tides")
    assert f"File {asset.pk} stays: it is shown elsewhere too." in redact(first.article)
    asset.refresh_from_db()
    assert asset.size
    assert Path(asset.file.path).is_file()


def test_what_is_not_of_the_statement_stays(live, author, editor, administrator):
    """The other one has no quotes, so its checks are those of none, not of all."""
    calm = builders.make_draft(by=author, title="Calm", body="It was calm.")
    version = SourceVersion.objects.create(
        source=Source.objects.create(title="A briefing"),
        number=1,
        text="-",
        sha256="0",
    )
    check = VerbatimCheck.objects.create(
        quote=live.quotes.get(),
        version=version,
        verdict="differs",
        operations=[["put", "ships"]],
        checker="test",
        by=editor,
    )
    before = list(Audit.objects.filter(table__in=["verbatim_check", "quote"]).values())
    assert any(row["row"] == str(check.pk) for row in before)

    redact(calm.article)

    after = Audit.objects.filter(table__in=["verbatim_check", "quote"])
    assert list(after.values()) == before
    live.refresh_from_db()
    assert (live.title, live.redacted_at) == (builders.WORDS, None)


@pytest.fixture
def established(db):
    roles.establish(connection)


@pytest.mark.parametrize("role", [roles.APP, roles.PUBLIC])
def test_only_the_owner_of_the_tables_removes_words(
    established, live, administrator, role
):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
        with pytest.raises(CommandError, match="by the owner of the tables alone"):
            redact(live.article)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    live.refresh_from_db()
    assert live.title == "The ferries will sail"


def guards_that_are_off() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger"
            " WHERE tgenabled <> 'O'"
        )
        return [row[0] for row in cursor.fetchall()]


def test_what_breaks_off_leaves_all_as_it_was(told, django_capture_on_commit_callbacks):
    first, *_ = told
    before = traces()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # The last thing that a removal writes.
            cursor.execute(
                "ALTER TABLE audit ADD CONSTRAINT broken CHECK (op <> 'redact')"
            )
        with pytest.raises(IntegrityError, match="broken"):
            redact(first.article)
        transaction.set_rollback(True)
    assert traces() == before
    assert guards_that_are_off() == []

    # A machine that stops before the files are deleted: the next run deletes them.
    redact(first.article)
    assert guards_that_are_off() == []
    assert traces() == {"file"}
    with django_capture_on_commit_callbacks(execute=True):
        assert "already removed" in redact(first.article)
    assert traces() == set()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["/statements/2026/03/02/none/", "--reason", "x"], "There is no statement"),
        (["999999", "--reason", "x"], "There is no statement"),
        (["{pk}", "--reason", " "], "Give the reason"),
        (["{pk}", "--reason", "Of Ferries", "--words", "ferries"], "must not repeat"),
    ],
)
def test_what_cannot_be_removed_gets_a_sentence(live, administrator, words, sentence):
    given = [word.format(pk=live.article_id) for word in words]
    with pytest.raises(CommandError, match=sentence):
        run("redact", *given, "--by", "ada", "--yes")


def test_nothing_is_removed_without_being_asked_twice(live, administrator):
    with pytest.raises(CommandError, match="Give --yes"):
        run("redact", str(live.article_id), "--by", "ada", "--reason", "Order 12/26")
    live.refresh_from_db()
    assert live.redacted_at is None


def test_a_draft_loses_its_words_and_its_approval(ready, author, editor, administrator):
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    redact(ready.article, "--words", "ferries will")
    ready.refresh_from_db()
    assert ready.title == "The ████████████ sail"
    assert ready.approved_at is None
    assert ready.redacted_at is None
    assert Article.objects.get().slug == "the-removed-sail"
    assert not FormerAddress.objects.exists()

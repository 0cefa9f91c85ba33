"""Folders of chosen quotes: choose, order, note, share, print and take along."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from statements.editorial import editions, folders, intake, publishing, quoting, verbs
from statements.exchange import word
from statements.models import Change, Desk, Folder, FolderQuote, Quote
from statements.staff import briefing
from tests import builders

pytestmark = pytest.mark.django_db

URL = "/staff/folders/"


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def three(say) -> list[Quote]:
    return [say(f"The {what} sails.") for what in ("ferry", "tug", "barge")]


@pytest.fixture
def folder(three, editor) -> Folder:
    kept, _put = folders.put_in(
        None, "Strait", [quote.permalink_id for quote in three], by=editor
    )
    return kept


def words(folder: Folder) -> list[str]:
    """The quotes in their order; the database numbers them from 1 without a gap."""
    rows = list(folder.quotes.order_by("position").select_related("chosen"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.chosen.text.split()[1] for row in rows]


def sheet(html: str) -> dict[str, str]:
    """The page's form as a browser would send it back, untouched."""
    form = html.partition('id="sheet"')[2].partition("</form>")[0]
    data = {
        name: unescape(value)
        for name, value in re.findall(
            r'<input type="(?:hidden|text)"[^>]* name="([^"]*)" value="([^"]*)"', form
        )
    }
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    ):
        data[name] = unescape(text)
    data.pop("csrfmiddlewaretoken", None)
    return data


def rows(folder: Folder) -> list[int]:
    return list(folder.quotes.order_by("position").values_list("pk", flat=True))


def said(client, answer) -> str:
    """What the page says after a form, without its tags."""
    html = client.get(answer["Location"].partition("#")[0]).text
    (told,) = re.findall(r'class="kept-said[^>]*>(.*?)</ul>', html, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", unescape(told)).split())


def correct(quote: Quote, former: str, now: str, *, by, editor, publisher) -> Quote:
    """Publish a correction of a quote's words."""
    new = editions.begin(quote.article, by=by, change=Change.CORRECTION)
    intake.revise(
        new,
        by=by,
        lock_version=new.lock_version,
        body=new.body.replace(former, now),
        change_note="They said it otherwise.",
    )
    new.refresh_from_db()
    quoting.confirm(new.quotes.all(), by=by)
    new.refresh_from_db()
    builders.review_and_publish(new, editor=editor, publisher=publisher)
    return new.quotes.get(permalink=quote.permalink_id)


def test_quotes_are_ticked_in_the_search_and_put_in_a_folder(staff, three, say, editor):
    assert "No folder is kept yet." in staff.get(URL).text
    draft = say("The raft is a draft.", publish=False)
    html = staff.get("/staff/quotes/", {"q": "sails", "view": "comfortable"}).text
    keys = re.findall(r'name="put" value="([^"]*)" form="choose"', html)
    assert sorted(keys) == sorted(quote.permalink_id for quote in three)
    (back,) = re.findall(r'name="back" value="([^"]*)"', html)
    chosen = [three[0].permalink_id, three[2].permalink_id]
    page = staff.get(URL, {"put": chosen, "back": unescape(back)}).text
    assert re.findall(r'name="put" value="([^"]*)"', page) == chosen
    data = {"action": "put", "put": chosen, "back": unescape(back)}
    # Without a name nothing is begun, and what was chosen stays.
    refused = staff.post(URL, {**data, "name": " "})
    assert (refused.status_code, Folder.objects.count()) == (422, 0)
    assert "Give the folder a name" in refused.text
    assert re.findall(r'name="put" value="([^"]*)"', refused.text) == chosen
    put = staff.post(URL, {**data, "name": " For  Monday "})
    assert put["Location"] == "/staff/quotes/?q=sails&view=comfortable"
    assert said(staff, put) == ("2 quotes were put in “For Monday”. Open the folder")
    kept = Folder.objects.get()
    assert (kept.name, kept.owner, words(kept)) == (
        "For Monday",
        editor,
        ["ferry", "barge"],
    )
    # From a single hit; those that are there are told, and drafts are left out.
    assert f'href="/staff/folders/?put={three[1].permalink_id}"' in html
    more = [quote.permalink_id for quote in (*three, draft)]
    put = staff.post(URL, {"action": "put", "put": more, "folder": kept.pk})
    assert put["Location"] == kept.get_absolute_url()
    assert said(staff, put) == (
        "1 quote was put in “For Monday”. 2 were there already."
        " 1 is not public and was left out. Open the folder"
    )
    assert words(kept) == ["ferry", "barge", "tug"]
    none = staff.post(URL, {"action": "put", "folder": kept.pk})
    assert (none.status_code, "tick those that you want" in none.text) == (422, True)
    alone = staff.post(
        URL, {"action": "put", "put": draft.permalink_id, "name": "Drafts"}
    )
    assert (alone.status_code, Folder.objects.count()) == (422, 1)
    assert "draft." not in alone.text
    with pytest.raises(DatabaseError), transaction.atomic():
        FolderQuote.objects.create(
            folder=kept, permalink=draft.permalink, chosen=draft, position=9
        )


def test_order_and_notes_are_saved_together_by_any_button(staff, folder):
    page = folder.get_absolute_url()
    first, second, third = rows(folder)
    data = sheet(staff.get(page).text)
    assert data["order"] == f"{first},{second},{third}"
    typed = {
        "introduction": "For the minister.\r\n\r\nBy Monday.",
        f"note-{second}": "  Read <b>this</b> aloud. ",
    }
    moved = staff.post(page, {**data, **typed, "action": f"up:{second}"})
    assert moved["Location"] == f"{page}#quote-{second}"
    folder.refresh_from_db()
    assert words(folder) == ["tug", "ferry", "barge"]
    assert folder.introduction == "For the minister.\n\nBy Monday."
    assert folder.quotes.get(pk=second).note == "Read <b>this</b> aloud."
    html = staff.get(page).text
    assert "<b>this</b>" not in html
    staff.post(page, {**sheet(html), "action": f"down:{second}"})
    assert words(folder) == ["ferry", "tug", "barge"]
    staff.post(page, {**sheet(staff.get(page).text), "action": f"down:{third}"})
    assert words(folder) == ["ferry", "tug", "barge"]
    places = {f"place-{first}": "3", f"place-{third}": "0", f"place-{second}": "x"}
    staff.post(page, {**sheet(staff.get(page).text), **places, "action": "save"})
    assert words(folder) == ["barge", "tug", "ferry"]
    # A quote without a note goes at once; one with a note is asked back.
    taken = staff.post(page, {**sheet(html), "action": f"out:{third}"})
    assert words(folder) == ["tug", "ferry"]
    assert taken.status_code == 302
    data = sheet(staff.get(page).text)
    asked = staff.post(page, {**data, "action": f"out:{second}"})
    assert "Read &lt;b&gt;this&lt;/b&gt; aloud." in asked.text
    assert words(folder) == ["tug", "ferry"]
    staff.post(page, {"action": f"out:{second}", "sure": "yes"})
    assert words(folder) == ["ferry"]


def test_what_is_refused_keeps_what_was_typed_and_saves_nothing(staff, folder):
    page = folder.get_absolute_url()
    first, second, _third = rows(folder)
    long = "n" * 2_001
    data = {
        **sheet(staff.get(page).text),
        "introduction": "Kept.",
        f"note-{first}": long,
        f"note-{second}": "Not \u202eread so.",
        f"place-{second}": "1",
    }
    refused = staff.post(page, {**data, "action": "save"})
    assert refused.status_code == 422
    assert "The note has 2,001 characters; 2,000 are the most." in refused.text
    shown = sheet(refused.text)
    assert {name: shown[name] for name in data} == data
    folder.refresh_from_db()
    assert (folder.introduction, words(folder)) == ("", ["ferry", "tug", "barge"])
    assert not folder.quotes.exclude(note="").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        folder.quotes.update(note=long)


def test_two_who_change_a_folder_at_once_lose_nothing(staff, folder, author, editor):
    page = folder.get_absolute_url()
    first, second, third = rows(folder)
    folders.change(folder, "Strait", by=editor, desk=editor.desks.get())
    mine = sheet(staff.get(page).text)
    theirs = folders.Sheet(
        {second: folders.Text("Theirs.", folders.mark_of(""))},
        [first, second, third],
        {third: 1},
    )
    folders.fill(folder, theirs, by=author)
    assert words(folder) == ["barge", "ferry", "tug"]
    # A note elsewhere is no quarrel, and moves nothing back.
    staff.post(page, {**mine, f"note-{first}": "Mine.", "action": "save"})
    assert words(folder) == ["barge", "ferry", "tug"]
    assert folder.quotes.get(pk=second).note == "Theirs."
    # The same note, and the order that is no longer what was seen.
    late = {**mine, f"note-{first}": "Mine.", f"note-{second}": "Mine, too."}
    refused = staff.post(page, {**late, "action": f"down:{first}"})
    assert refused.status_code == 422
    assert "Somebody else changed which quotes stand here" in refused.text
    assert "Somebody else wrote here since you opened this page." in refused.text
    assert words(folder) == ["barge", "ferry", "tug"]
    assert folder.quotes.get(pk=second).note == "Theirs."
    assert "Theirs." in refused.text
    again = sheet(refused.text)
    assert again[f"note-{second}"] == "Mine, too."
    staff.post(page, {**again, "action": "save"})
    assert folder.quotes.get(pk=second).note == "Mine, too."
    # A note to a quote that a colleague took out is handed back.
    mine = sheet(staff.get(page).text)
    folders.take_out(folder, third, by=author)
    refused = staff.post(
        page, {**mine, f"note-{third}": "Do not go.", "action": "save"}
    )
    assert (refused.status_code, "Do not go." in refused.text) == (422, True)
    # The database itself lets no two quotes share a place.
    with transaction.atomic(), connection.cursor() as cursor:
        folder.quotes.update(position=1)
        with pytest.raises(IntegrityError):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_it_is_shared_with_a_desk_and_renamed_and_deleted_by_its_owner_alone(
    staff, folder, editor, author, client
):
    page, desk = folder.get_absolute_url(), editor.desks.get()
    other = Desk.objects.create(name="Other desk")
    folders.make("Taken", by=editor)
    taken = staff.post(page, {"action": "save", "name": "Taken", "desk": ""})
    assert taken.status_code == 422
    assert "You have a folder called “Taken” already." in taken.text
    assert 'name="name" maxlength="100" value="Taken"' in taken.text
    # What was typed above is saved by the same button, and a name only if changed here.
    row = rows(folder)[0]
    typed = {**sheet(staff.get(page).text), f"note-{row}": "Mine.", "action": "save"}
    as_seen = {"name": "Seen", "name-was": "Seen", "desk": "", "desk-was": ""}
    staff.post(page, {**typed, **as_seen})
    folder.refresh_from_db()
    assert (folder.name, folder.quotes.get(pk=row).note) == ("Strait", "Mine.")
    change = {"action": "save", "name": "Ferries"}
    assert staff.post(page, {**change, "desk": other.pk}).status_code == 404
    client.force_login(author)
    assert client.get(page).status_code == 404
    client.force_login(editor)
    client.post(page, {**change, "desk": desk.pk})
    client.force_login(author)
    html = client.get(page).text
    assert ("Ferries" in html, "Rename, share, delete" in html) == (True, False)
    assert "kept by" in client.get(URL).text
    # A colleague works on what it holds, and on nothing else.
    added = {**sheet(html), "introduction": "Ours.", "action": "save"}
    assert client.post(page, added).status_code == 302
    for action in (change, {"action": "delete", "sure": "yes"}):
        assert client.post(page, action).status_code == 403
    client.force_login(editor)
    asked = client.post(page, {"action": "delete"})
    assert "Delete “Ferries”?" in asked.text
    assert Folder.objects.filter(pk=folder.pk).exists()
    assert client.post(page, {"action": "delete", "sure": "yes"})["Location"] == URL
    assert (client.get(page).status_code, Folder.objects.count()) == (404, 1)


def test_verbs_refuse_strangers_and_those_who_may_not_search(folder, three):
    other = Desk.objects.create(name="Other desk")
    stranger = builders.make_user("stranger", "Editor", desk=other)
    nobody = builders.make_user("nobody")
    row = rows(folder)[0]
    keys = [three[0].permalink_id]
    empty = folders.Sheet({}, [], {})
    for by in (stranger, nobody):
        for verb in (
            lambda by=by: folders.change(folder, "X", by=by, desk=None),
            lambda by=by: folders.delete(folder, by=by),
            lambda by=by: folders.put(folder, keys, by=by),
            lambda by=by: folders.put_in(folder, "", keys, by=by),
            lambda by=by: folders.fill(folder, empty, by=by),
            lambda by=by: folders.take_out(folder, row, by=by),
            lambda by=by: folders.renew(folder, row, by=by),
        ):
            with pytest.raises(PermissionDenied):
                verb()
    with pytest.raises(PermissionDenied):
        folders.make("X", by=nobody)
    with pytest.raises(PermissionDenied):
        folders.change(folder, "X", by=folder.owner, desk=other)


def test_so_many_folders_and_quotes_and_no_more(staff, folder, say, monkeypatch):
    monkeypatch.setattr(folders, "MOST", 1)
    monkeypatch.setattr(folders, "MOST_QUOTES", 3)
    more = staff.post(URL, {"action": "make", "name": "More"})
    assert more.status_code == 422
    assert "You keep 1 folders already." in more.text
    assert 'value="More"' in more.text
    extra = say("The raft sails.").permalink_id
    full = staff.post(URL, {"action": "put", "put": extra, "folder": folder.pk})
    assert full.status_code == 422
    assert "A folder holds 3 quotes at most, and this one has 3." in full.text


def test_words_that_changed_since_they_were_chosen_are_told_with_what_they_were(
    staff, folder, three, author, editor, publisher
):
    page = folder.get_absolute_url()
    correct(
        three[0],
        "The ferry sails.",
        "The ferry will sail.",
        by=author,
        editor=editor,
        publisher=publisher,
    )
    html = staff.get(page).text
    assert html.count("It has changed since it was chosen.") == 1
    assert "“The ferry will sail.”" in html
    assert "“The ferry sails.”" in html
    assert f'href="{three[0].article.get_absolute_url()}history/"' in html
    document = word.read(staff.get(f"{page}briefing.docx").content).html
    assert document.count("It has changed since it was chosen.") == 1
    assert "“The ferry will sail.”" in document
    assert "“The ferry sails.”" not in document
    data = sheet(html)
    staff.post(page, {**data, "action": f"renew:{rows(folder)[0]}"})
    assert "It has changed" not in staff.get(page).text
    # Words that were withdrawn are not repeated, though others came in their place.
    publishing.withdraw(
        three[1].article, by=publisher, reason="error", note="An error."
    )
    correct(
        three[1],
        "The tug sails.",
        "The tug will sail.",
        by=author,
        editor=editor,
        publisher=publisher,
    )
    html = staff.get(page).text
    assert html.count("It has changed since it was chosen.") == 1
    assert ("“The tug will sail.”" in html, "“The tug sails.”" in html) == (True, False)


def test_what_is_no_longer_public_shows_no_words_anywhere_and_keeps_its_note(
    staff, folder, three, publisher
):
    page = folder.get_absolute_url()
    first = rows(folder)[0]
    data = sheet(staff.get(page).text)
    staff.post(page, {**data, f"note-{first}": "Ask again.", "action": "save"})
    before = {
        form: staff.get(f"{page}briefing.{form}").content for form in briefing.FORMS
    }
    publishing.withdraw(
        three[0].article, by=publisher, reason="error", note="An error."
    )
    html = staff.get(page).text
    assert ("No longer public." in html, "Ask again." in html) == (True, True)
    shown = {form: staff.get(f"{page}briefing.{form}") for form in briefing.FORMS}
    # The same requests told it before.
    assert b"ferry" in before["csv"]
    for form, answer in shown.items():
        text = answer.content
        if form in {"docx", "xlsx"}:
            archive = zipfile.ZipFile(io.BytesIO(text))
            text = b"".join(archive.read(name) for name in archive.namelist())
        assert (form, b"tug" in text, b"ferry" in text) == (form, True, False)
    assert "ferry" not in html
    document = word.read(shown["docx"].content).html
    assert "<h1>No longer public</h1><p>Ask again.</p>" in document
    kept = csv.DictReader(io.StringIO(shown["csv"].content.decode("utf-8-sig")))
    assert [row["Words"] for row in kept] == ["The tug sails.", "The barge sails."]


def test_the_briefing_is_a_word_file_called_as_the_folder(
    staff, say, editor, resolution, settings
):
    quote = say(
        "No ferry sails under resolution 2417.",
        cites={"resolution 2417": resolution},
    )
    Quote.objects.filter(pk=quote.pk).update(verdict="verbatim")
    name = 'A/B: "العبّارة" \\ <1>?'
    folder, _put = folders.put_in(None, name, [quote.permalink_id], by=editor)
    page = folder.get_absolute_url()
    row = rows(folder)[0]
    typed = {"introduction": "In short.\n\nAnd long.", f"note-{row}": "Look\nhere."}
    staff.post(page, {**sheet(staff.get(page).text), **typed, "action": "save"})
    answer = staff.get(f"{page}briefing.docx")
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''A%20B%20%D8%A7%D9%84%D8%B9%D8%A8%D9%91%D8%A7"
        "%D8%B1%D8%A9%201.docx"
    )
    assert "no-store" in answer["Cache-Control"]
    found = word.read(answer.content)
    site = settings.SITE_URL
    assert found.title == name
    assert re.sub("^<p>[^<]*</p>", "", found.html) == (
        "<p>In short.</p><p>And long.</p><h1>Ilse Okafor</h1>"
        "<blockquote><p>“No ferry sails under resolution 2417.”</p></blockquote>"
        f"<p>{quote.office} · 2 March 2026 · "
        f'<a href="{site}{quote.article.get_absolute_url()}">{quote.edition.title}</a>'
        f'</p><p>Resolutions: <a href="{site}{resolution.get_absolute_url()}">'
        f"{resolution.symbol}</a></p><p>Verbatim check: Verbatim</p>"
        f'<p><a href="{site}{quote.get_absolute_url()}">'
        f"{site}{quote.get_absolute_url()}</a></p><p>Look<br />here.</p>"
    )
    assert staff.head(f"{page}briefing.docx").content == b""
    assert staff.get(f"{page}briefing.exe").status_code == 404
    for odd, safe in (("...", "folder"), ("a\u200f.", "a"), ("x" * 99, "x" * 60)):
        assert briefing.file_name(odd) == safe


@pytest.mark.parametrize("count", [1, 3])
def test_a_folder_costs_the_same_for_one_and_for_three(
    staff, three, editor, resolution, count, django_assert_num_queries
):
    keys = [quote.permalink_id for quote in three[:count]]
    folder, _put = folders.put_in(None, "Strait", keys, by=editor)
    with django_assert_num_queries(10):
        staff.get(folder.get_absolute_url())
    with django_assert_num_queries(9):
        staff.get(f"{folder.get_absolute_url()}briefing.docx")
    with django_assert_num_queries(5):
        staff.get(URL)


def test_no_form_is_an_error(staff, folder, subtests):
    page = folder.get_absolute_url()
    for place, data in (
        (URL, {"action": "nothing"}),
        (URL, {"action": "put", "folder": "9" * 20, "put": "x"}),
        (
            URL,
            {"action": "put", "name": "\0", "put": "0" * 10, "back": "a=\0%ff&" * 90},
        ),
        (URL, {"action": "make", "name": "\u202e"}),
        (page, {"action": "up:x", "order": ""}),
        (page, {"action": "up:", "order": "1,2"}),
        (page, {"action": "save", "order": "x"}),
        (page, {"action": "save", "order": "9,9,9", "place-9": "99999"}),
        (page, {"action": "save", "order": "1", "introduction": "\0\ud800"}),
        (page, {"action": "out:999999999999999999"}),
        (page, {"action": "renew:1"}),
        (page, {"action": "save", "name": "X", "desk": "x"}),
        (f"{URL}99999999999999999999/", {"action": "save"}),
    ):
        with subtests.test(place=place, data=data):
            sent = {name: v.encode("utf-8", "replace") for name, v in data.items()}
            assert staff.post(place, sent).status_code in {302, 404, 422}
    assert words(folder) == ["ferry", "tug", "barge"]
    with pytest.raises(verbs.Unusable):
        folders.put(folder, [], by=folder.owner)

"""The fields of a secret, and the word of its own that each of them holds."""

from __future__ import annotations

#: Fields that belong to the article, not to an edition: readers have them as soon as
#: any edition of it is live.
OF_ARTICLE = (
    "article.slug",
    "tag.name",
    "tag.slug",
    "issuer.name",
    "issuer.slug",
    "issuer.other_name",
    "kind.name",
    "kind.disclaimer",
    "former.path",
    "silence.subject",
    "silence.reason",
)

#: What colleagues say of the words to one another; readers are never told.
REMARKS = ("remark.body", "remark.answer")

#: What only the desk may read before it is public. The rest is the catalogue, which
#: everybody with a role may read in the admin.
OF_DESK = (
    "article.slug",
    "edition.title",
    "edition.summary",
    "edition.byline",
    "edition.body",
    "edition.change_note",
    "quote.text",
    "quote.second_text",
    "quote.prefix",
    "quote.suffix",
    "quote.title_as_printed",
    "quote.permalink",
    "citation.printed",
    "citation.pinpoint",
    "asset.name",
    "asset.credit",
    "asset.content",
    "asset.key",
    "asset.sha256",
    "use.alt",
    "use.caption",
    "use.transcript",
    "former.path",
    *REMARKS,
)

CATALOGUE = (
    "person.name",
    "person.sort_name",
    "person.slug",
    "person.other_name",
    "person.other_note",
    "person.scheme",
    "person.identifier",
    "portrait.alt",
    "portrait.credit",
    "portrait.name",
    "portrait.content",
    "portrait.key",
    "portrait.sha256",
    "organization.name",
    "organization.slug",
    "organization.other_name",
    "voice.name",
    "voice.slug",
    "post.label",
    "post.slug",
    "resolution.symbol",
    "resolution.slug",
    "resolution.title",
    "resolution.topic",
    "resolution.url",
    "resolution.alias",
)

FIELDS = tuple(dict.fromkeys((*OF_DESK, *OF_ARTICLE, *CATALOGUE)))

#: Not a word of ours, but a value that the program draws, or that has a form.
INVENTED = (("zqb", "qzb"), ("Zqb", "Qzb"), ("2222", "2223"))

DRAWN = {
    "quote.permalink",
    "asset.key",
    "asset.sha256",
    "portrait.key",
    "portrait.sha256",
    "resolution.symbol",
}


def canary(name: str) -> str:
    """The word of a field, eight letters that stand in no other text: ``zqbacefx``."""
    number = FIELDS.index(name)
    return "zqb" + "acefhikm"[number // 8] + "acefhikm"[number % 8] + "efx"


def invented(text: str) -> str:
    """The same with words in place of canaries that were never in any field."""
    for ours, theirs in INVENTED:
        text = text.replace(ours, theirs)
    return text


def c(name: str) -> str:
    """The canary as it stands in a title or a name."""
    return canary(name).capitalize()

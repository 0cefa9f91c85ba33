"""Which values the attributes of a body may have."""

import re
import unicodedata
from urllib.parse import quote as percent

from .elements import CELLS

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
START = re.compile(r"-?[0-9]{1,6}")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SOURCE_SCHEMES = frozenset({"http", "https"})
_URL_DROPPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"
)
_NOT_ASCII = re.compile("[^\x21-\x7e]+")
_URL_ESCAPED = re.compile("[\\s\"'<>`\\\\^{|}\u00a0\ufffe\uffff]")


def link(url: str, schemes: frozenset[str] = LINK_SCHEMES) -> str:
    """An address as it may be stored; "" for one that may not.

    Characters that could end an attribute or hide in an address are
    percent-encoded or dropped, as browsers drop them.
    """
    url = _URL_DROPPED.sub("", url).strip(" \u00a0")
    url = _URL_ESCAPED.sub(lambda each: percent(each[0], safe=""), url)
    if not unicodedata.is_normalized("NFC", url):
        url = _NOT_ASCII.sub(lambda each: percent(each[0], safe=""), url)
    if url.startswith("//"):
        url = f"https:{url}"
    scheme = _SCHEME.match(url)
    if scheme is None:
        # A colon before the first slash that is no scheme is not worth guessing at.
        return "" if ":" in re.split(r"[/?#]", url, maxsplit=1)[0] else url
    if scheme[1].lower() not in schemes:
        return ""
    return scheme[1].lower() + url[scheme.end(1) :]


def source_link(url: str) -> str:
    """The address of a quotation's source: absolute, http or https."""
    address = link(url, _SOURCE_SCHEMES)
    return address if _SCHEME.match(address) else ""


def direction(attributes: dict[str, str]) -> dict[str, str]:
    """Language and direction, where they are well formed."""
    found: dict[str, str] = {}
    lang = attributes.get("lang", "").strip()
    if LANGUAGE.fullmatch(lang):
        found["lang"] = lang
    dir_ = attributes.get("dir", "").strip().lower()
    if dir_ in DIRECTIONS:
        found["dir"] = dir_
    return found


def own(name: str, attributes: dict[str, str]) -> dict[str, str]:
    """Attributes that mean something on this container alone."""
    if not attributes:
        return {}
    own: dict[str, str] = {}
    if name == "blockquote" and (source := source_link(attributes.get("cite", ""))):
        own["cite"] = source
    if name == "ol" and START.fullmatch(attributes.get("start", "")):
        own["start"] = attributes["start"]
    if name in CELLS:
        for key in ("colspan", "rowspan"):
            if SMALL_NUMBER.fullmatch(attributes.get(key, "")):
                own[key] = attributes[key]
    if name == "th" and attributes.get("scope", "").lower() in SCOPES:
        own["scope"] = attributes["scope"].lower()
    return own

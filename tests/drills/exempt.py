"""Guards without which the program is the same: each with the reason why."""

from __future__ import annotations

_LIVE = "The edition is live, and the database keeps what stands in it as live as it."
_INDEX = "Django's index leaves out a list that one may not see, whatever this says."

#: Id of a guard -> why no test can notice that it is missing.
EXEMPT: dict[str, str] = {
    "statements/admin/people.py check 1 self.has_change_permission(request)": (
        "Django offers the action only to those whom this lets pass."
    ),
    "statements/admin/quotes.py check 1 self.may('add_spokesperson')": (
        "It chooses among the choices offered, and “somebody new” is then none."
    ),
    "statements/admin/records.py override 1 def has_module_permission of"
    " FormerAddressAdmin": _INDEX,
    "statements/admin/records.py check 1 self.has_view_permission(request)": _INDEX,
    "statements/admin/records.py override 1 def has_module_permission of AuditAdmin": (
        _INDEX
    ),
    "statements/admin/records.py check 2 self.has_view_permission(request)": _INDEX,
    "statements/management/commands/demo.py gate 1 Article.objects.published()": (
        "A number, told to the operator who has just loaded what it counts."
    ),
    "statements/public/articles.py gate 2 Quote.objects.public(at)": _LIVE,
    "statements/public/articles.py gate 1 Citation.objects.public(at)": _LIVE,
    "statements/public/articles.py gate 2 Article.objects.published(at)": (
        "The article was asked for among those that are public, a query before."
    ),
    "statements/public/articles.py gate 1 Tag.objects.public(at)": (
        "A topic that a public article bears is public by that."
    ),
    "statements/public/quotes.py gate 1 Citation.objects.public(at)": _LIVE,
}

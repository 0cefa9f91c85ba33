"""Rows that must always be there: the system's account, the roles, first kinds.

``lay`` is idempotent: it adds what is missing and never changes what somebody edited,
but for the permissions of the roles, which are ours to say.
"""

from django.apps import apps

#: What each role may do, as ``model.codename`` permissions of this app.
#: docs/permissions.md is the same in words.
_READ = [
    f"view_{noun}"
    for noun in (
        "article",
        "edition",
        "quote",
        "citation",
        "kind",
        "desk",
        "tag",
        "organization",
        "post",
        "spokesperson",
        "appointment",
        "othername",
        "resolutionbody",
        "resolution",
        "resolutionalias",
        "mediaasset",
        "source",
        "silence",
    )
]
_WRITE = ["add_article", "change_article", "add_mediaasset", "change_mediaasset"]
_PEOPLE = [
    f"{verb}_{noun}"
    for noun in ("spokesperson", "appointment", "othername", "post", "organization")
    for verb in ("add", "change")
]
_CATALOGUE = [
    f"{verb}_{noun}"
    for noun in (
        "kind",
        "tag",
        "organization",
        "post",
        "spokesperson",
        "appointment",
        "othername",
        "identifier",
        "resolutionbody",
        "resolution",
        "resolutionalias",
        "resolutionrelation",
        "source",
    )
    for verb in ("add", "change", "delete", "view")
]
_EDIT = [*_READ, *_WRITE, *_PEOPLE, "add_tag", "add_resolution", "submit_edition"]
_EDIT += ["add_resolutionalias"]
_PUBLISH = ["approve_edition", "publish_edition", "withdraw_article"]
_PUBLISH += ["delete_silence"]
_RUN = ["publish_unreviewed_edition", "see_every_desk", "delete_article"]
_DESKS = ["add_desk", "change_desk", "add_user", "change_user", "view_user"]

ROLES: dict[str, list[str]] = {
    "Author": [*_READ, *_WRITE, "submit_edition"],
    "Editor": [*_EDIT, "approve_edition"],
    "Publisher": [*_EDIT, *_PUBLISH, "delete_article"],
    "Data steward": [*_READ, *_CATALOGUE, "see_every_desk"],
    "Auditor": [*_READ, "view_audit", "see_every_desk"],
    "Administrator": [
        *_EDIT,
        *_PUBLISH,
        *_RUN,
        *_CATALOGUE,
        *_DESKS,
        "view_audit",
    ],
}

KINDS = [
    ("Statement", "statement", "NewsArticle"),
    ("Editorial", "editorial", "OpinionNewsArticle"),
    ("Remarks", "remarks", "NewsArticle"),
    ("Briefing", "briefing", "NewsArticle"),
    ("Joint statement", "joint-statement", "NewsArticle"),
    ("Press release", "press-release", "NewsArticle"),
]

BODIES = [
    ("un-sc", "United Nations Security Council", "UNSC"),
    ("un-ga", "United Nations General Assembly", "UNGA"),
    ("un-hrc", "United Nations Human Rights Council", "HRC"),
    ("un-ecosoc", "United Nations Economic and Social Council", "ECOSOC"),
    ("iaea-board", "IAEA Board of Governors", "IAEA"),
    ("wha", "World Health Assembly", "WHA"),
    ("us-house", "United States House of Representatives", "H."),
    ("us-senate", "United States Senate", "S."),
    ("other", "Another body", ""),
]


def lay(using: str = "default") -> None:
    """Add the rows that are missing. Costs about ten queries when all are there."""
    User = apps.get_model("statements", "User")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    User.objects.using(using).get_or_create(
        username="system",
        defaults={"first_name": "Newsroom", "password": "!", "is_active": False},
    )
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(
            content_type__app_label="statements"
        )
    }
    for role, codenames in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        # On the very first migrate, permissions are made after this is called for
        # some apps; the next call completes them.
        group.permissions.set(
            [permissions[name] for name in codenames if name in permissions]
        )
    Kind = apps.get_model("statements", "Kind")
    for name, slug, schema_type in KINDS:
        Kind.objects.using(using).get_or_create(
            slug=slug, defaults={"name": name, "schema_type": schema_type}
        )
    Body = apps.get_model("statements", "ResolutionBody")
    for slug, name, abbreviation in BODIES:
        Body.objects.using(using).get_or_create(
            slug=slug, defaults={"name": name, "abbreviation": abbreviation}
        )

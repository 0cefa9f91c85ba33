"""Kinds of statement, desks and topics of the demo."""

from __future__ import annotations

from .shapes import DemoKind

KINDS = (
    DemoKind(
        "statement",
        "Statement",
        "NewsArticle",
        "A statement of the issuing office. It may be quoted freely with its date.",
    ),
    DemoKind(
        "editorial",
        "Editorial",
        "OpinionNewsArticle",
        "An editorial reflects the views of the Government of Vallorn.",
    ),
    DemoKind(
        "remarks",
        "Remarks",
        "Article",
        "Remarks as prepared. What was said in the room prevails.",
    ),
    DemoKind(
        "briefing",
        "Briefing",
        "ReportageNewsArticle",
        "A summary of a briefing. The recording prevails over the summary.",
    ),
    DemoKind(
        "joint-statement",
        "Joint statement",
        "NewsArticle",
        "A joint statement is issued in the same words by all who signed it.",
    ),
    DemoKind(
        "press-release",
        "Press release",
        "NewsArticle",
        "A press release informs the public; it creates no rights or duties.",
    ),
)

DESKS = ("Foreign affairs", "United Nations", "The Strait", "Home affairs")

TAGS = (
    "Northern Strait",
    "Women, peace and security",
    "Press freedom",
    "Food security",
    "Health care",
    "Environment",
    "Human rights",
    "Multilateralism",
    "Youth",
    "Missing persons",
)

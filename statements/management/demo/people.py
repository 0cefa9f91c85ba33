"""Who speaks in the demo: organisations, posts and people of Vallorn and Estmark."""

from __future__ import annotations

from datetime import date

from . import pictures
from .shapes import (
    DemoOffice,
    DemoOrganization,
    DemoPerson,
    DemoPost,
)

ORGANIZATIONS = (
    DemoOrganization("government-of-vallorn", "Government of Vallorn"),
    DemoOrganization(
        "office-of-the-prime-minister",
        "Office of the Prime Minister",
        parent="government-of-vallorn",
        other_names=("Prime Minister’s Office",),
    ),
    DemoOrganization(
        "ministry-of-foreign-affairs",
        "Ministry of Foreign Affairs",
        parent="government-of-vallorn",
        other_names=("Foreign Ministry", "MFA"),
    ),
    DemoOrganization(
        "permanent-mission",
        "Permanent Mission of Vallorn to the United Nations",
        parent="ministry-of-foreign-affairs",
        other_names=("Permanent Mission", "Permanent Mission to the United Nations"),
    ),
    DemoOrganization(
        "ministry-of-fisheries-and-the-strait",
        "Ministry of Fisheries and the Strait",
        parent="government-of-vallorn",
        other_names=("Fisheries Ministry",),
        former_names=(
            ("Ministry of Fisheries", date(2019, 5, 31)),
            ("Herring Board", date(1994, 12, 31)),
        ),
    ),
    DemoOrganization(
        "ministry-of-health",
        "Ministry of Health",
        parent="government-of-vallorn",
        other_names=("Health Ministry",),
    ),
    DemoOrganization(
        "broadcasting-authority",
        "Broadcasting Authority",
        other_names=("Broadcasting Authority of Vallorn",),
    ),
    DemoOrganization(
        "northern-strait-commission",
        "Northern Strait Commission",
        other_names=("Strait Commission",),
    ),
    DemoOrganization(
        "foreign-ministry-of-estmark",
        "Foreign Ministry of Estmark",
        other_names=("Ministry of Foreign Affairs of Estmark",),
    ),
)

POSTS = (
    DemoPost(
        "prime-minister",
        "Prime Minister",
        "office-of-the-prime-minister",
        exclusive=True,
    ),
    DemoPost(
        "foreign-minister",
        "Foreign Minister",
        "ministry-of-foreign-affairs",
        exclusive=True,
    ),
    DemoPost(
        "spokesperson-mfa",
        "Spokesperson",
        "ministry-of-foreign-affairs",
        exclusive=True,
    ),
    DemoPost(
        "deputy-spokesperson-mfa", "Deputy Spokesperson", "ministry-of-foreign-affairs"
    ),
    DemoPost(
        "director-multilateral",
        "Director-General for Multilateral Affairs",
        "ministry-of-foreign-affairs",
    ),
    DemoPost(
        "director-legal",
        "Director-General for Legal Affairs",
        "ministry-of-foreign-affairs",
    ),
    DemoPost(
        "permanent-representative",
        "Permanent Representative",
        "permanent-mission",
        exclusive=True,
    ),
    DemoPost(
        "deputy-permanent-representative",
        "Deputy Permanent Representative",
        "permanent-mission",
    ),
    DemoPost(
        "minister-of-fisheries",
        "Minister of Fisheries and the Strait",
        "ministry-of-fisheries-and-the-strait",
        exclusive=True,
    ),
    DemoPost(
        "harbour-director",
        "Director of Harbours",
        "ministry-of-fisheries-and-the-strait",
    ),
    DemoPost(
        "minister-of-health", "Minister of Health", "ministry-of-health", exclusive=True
    ),
    DemoPost("chief-medical-officer", "Chief Medical Officer", "ministry-of-health"),
    DemoPost("broadcasting-chair", "Chair", "broadcasting-authority", exclusive=True),
    DemoPost(
        "strait-envoy",
        "Special Envoy for the Northern Strait",
        "office-of-the-prime-minister",
    ),
    DemoPost(
        "foreign-minister-of-estmark",
        "Foreign Minister of Estmark",
        "foreign-ministry-of-estmark",
        exclusive=True,
    ),
)

PEOPLE = (
    DemoPerson(
        "ilse-okafor",
        "Ilse Okafor",
        "Okafor, Ilse",
        "female",
        other_names=("Ilse M. Okafor",),
        offices=(
            DemoOffice(
                "deputy-spokesperson-mfa",
                date(2021, 3, 1),
                "month",
                date(2022, 8, 31),
                "month",
            ),
            DemoOffice("spokesperson-mfa", date(2022, 9, 1)),
        ),
        portrait=pictures.OKAFOR,
    ),
    DemoPerson(
        "dagny-sorrel",
        "Dagny Sorrel",
        "Sorrel, Dagny",
        "female",
        offices=(
            DemoOffice("spokesperson-mfa", date(2020, 1, 1), "year", date(2022, 8, 31)),
            DemoOffice("broadcasting-chair", date(2023, 1, 9)),
        ),
    ),
    DemoPerson(
        "petra-vanholm",
        "Petra Vanholm",
        "Vanholm, Petra",
        "female",
        offices=(
            DemoOffice(
                "deputy-spokesperson-mfa",
                date(2022, 9, 1),
                "month",
                date(2024, 6, 30),
                "month",
            ),
            DemoOffice("deputy-permanent-representative", date(2024, 7, 1)),
        ),
    ),
    DemoPerson(
        "teodor-lindqvist",
        "Teodor Lindqvist",
        "Lindqvist, Teodor",
        "male",
        other_names=("Teo Lindqvist", "Theodor Lindqvist"),
        offices=(
            DemoOffice(
                "director-multilateral",
                date(2019, 1, 1),
                "year",
                date(2023, 12, 31),
                "month",
            ),
            DemoOffice("permanent-representative", date(2024, 1, 15)),
        ),
    ),
    DemoPerson(
        "maren-achterberg",
        "Maren Achterberg",
        "Achterberg, Maren",
        "female",
        other_names=("Maren Achterberg-Sael",),
        offices=(
            DemoOffice("foreign-minister", date(2021, 6, 14), ends=date(2025, 2, 28)),
            DemoOffice("prime-minister", date(2025, 3, 1)),
        ),
    ),
    DemoPerson(
        "casimir-oduya",
        "Casimir Oduya",
        "Oduya, Casimir",
        "male",
        other_names=("Casimir A. Oduya",),
        offices=(
            DemoOffice("prime-minister", date(2021, 5, 20), ends=date(2025, 2, 28)),
            DemoOffice("strait-envoy", date(2025, 9, 1), "month"),
        ),
    ),
    DemoPerson(
        "tamsin-brandao",
        "Tamsin Brandao",
        "Brandao, Tamsin",
        "female",
        other_names=("Liv Tamsin Brandao", "Tamsin Brandão"),
        offices=(
            DemoOffice(
                "director-legal", date(2021, 1, 1), "year", date(2025, 2, 28), "month"
            ),
            DemoOffice("foreign-minister", date(2025, 3, 3)),
        ),
        portrait=pictures.BRANDAO,
    ),
    DemoPerson(
        "hollis-renner",
        "Hollis Renner",
        "Renner, Hollis",
        "male",
        offices=(
            DemoOffice(
                "harbour-director", date(2018, 1, 1), "year", date(2022, 12, 31), "year"
            ),
            DemoOffice("minister-of-fisheries", date(2023, 2, 1)),
        ),
    ),
    DemoPerson(
        "amadou-veitch",
        "Amadou Veitch",
        "Veitch, Amadou",
        "male",
        other_names=("Dr. Amadou Veitch",),
        offices=(
            DemoOffice(
                "chief-medical-officer", date(2020, 4, 1), "month", date(2023, 4, 30)
            ),
            DemoOffice("minister-of-health", date(2023, 5, 2)),
        ),
    ),
    DemoPerson(
        "aurel-kestrin",
        "Aurel Kestrin",
        "Kestrin, Aurel",
        "male",
        offices=(
            DemoOffice("foreign-minister-of-estmark", date(2022, 10, 1), "month"),
        ),
    ),
)

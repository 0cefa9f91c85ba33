"""The nouns of Newsroom: fields, invariants and querysets."""

from .accounts import SYSTEM_USERNAME, User
from .addresses import FormerAddress
from .articles import (
    LANGUAGES,
    RIGHT_TO_LEFT,
    Article,
    Change,
    Desk,
    Edition,
    EditionContributor,
    Kind,
    Origin,
    Rejection,
    Rendering,
    State,
    Waiver,
    WithdrawnReason,
)
from .audit import Audit, Submission, acting
from .binned import Binned
from .buffers import DraftBuffer, EditionBase, Presence
from .bulk import BulkAction, BulkRow
from .calendars import CalendarKey, TakenOff
from .corrections import Correction
from .folders import LONGEST_INTRODUCTION, LONGEST_NOTE, Folder, FolderQuote
from .letters import Letter, Mailbox, Notice, Wish
from .links import Clearance, PreviewLink
from .media import EditionMedia, MediaAsset, Portrait
from .people import (
    Appointment,
    Basis,
    Identifier,
    Organization,
    OtherName,
    Post,
    Precision,
    Spokesperson,
)
from .preferences import Preference
from .quotes import Found, Permalink, Quote, QuoteKind, Verdict, new_permalink
from .remarks import Remark
from .resolutions import (
    Citation,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    ResolutionRelation,
)
from .reviews import LateApproval
from .seals import Seal
from .searches import Alert, Often, SavedSearch
from .silences import Silence
from .sources import Source, SourceVersion, Turn, VerbatimCheck
from .tags import ArticleTag, Tag
from .tallies import Tally
from .vocabulary import Vocabulary

__all__ = [
    "LANGUAGES",
    "LONGEST_INTRODUCTION",
    "LONGEST_NOTE",
    "RIGHT_TO_LEFT",
    "SYSTEM_USERNAME",
    "Alert",
    "Appointment",
    "Article",
    "ArticleTag",
    "Audit",
    "Basis",
    "Binned",
    "BulkAction",
    "BulkRow",
    "CalendarKey",
    "Change",
    "Citation",
    "Clearance",
    "Correction",
    "Desk",
    "DraftBuffer",
    "Edition",
    "EditionBase",
    "EditionContributor",
    "EditionMedia",
    "Folder",
    "FolderQuote",
    "FormerAddress",
    "Found",
    "Identifier",
    "Kind",
    "LateApproval",
    "Letter",
    "Mailbox",
    "MediaAsset",
    "Notice",
    "Often",
    "Organization",
    "Origin",
    "OtherName",
    "Permalink",
    "Portrait",
    "Post",
    "Precision",
    "Preference",
    "Presence",
    "PreviewLink",
    "Quote",
    "QuoteKind",
    "Rejection",
    "Remark",
    "Rendering",
    "Resolution",
    "ResolutionAlias",
    "ResolutionBody",
    "ResolutionRelation",
    "SavedSearch",
    "Seal",
    "Silence",
    "Source",
    "SourceVersion",
    "Spokesperson",
    "State",
    "Submission",
    "Tag",
    "TakenOff",
    "Tally",
    "Turn",
    "User",
    "VerbatimCheck",
    "Verdict",
    "Vocabulary",
    "Waiver",
    "Wish",
    "WithdrawnReason",
    "acting",
    "new_permalink",
]

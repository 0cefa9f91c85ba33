"""What no request of the matrix asks, each with the reason."""

from __future__ import annotations

#: Routes that no request of the matrix asks, with the reason.
EXEMPT = {
    "admin:login": "reads no row of ours before the password is right",
    "admin:logout": "ends the session; the viewer just signed out has used it",
    "admin:password_change": "a form about the person signed in",
    "admin:password_change_done": "a sentence",
    "admin:keys": "the keys of the keyboard, and a switch of one's own",
    "admin:jsi18n": "the words of Django's own scripts",
    "admin:auth_user_password_change": "a form about one account; no statement in it",
    "healthz": "one of two fixed words",
    "robots": "fixed words and addresses",
    "security_txt": "what a setting says, and a day",
    "about": "fixed words, and what settings say",
    "accessibility": "likewise",
    "site_mark": "a picture that a setting names",
    "site_accent": "a colour that a setting says",
    "preview": "shows one edition to whoever holds its link; links that ended, were"
    " revoked or never were are tried in tests/admin/test_links.py",
    "preview_media": "files of that edition alone; those of another are tried there",
    "calendar_feed": "what its owner may see, to whoever holds the private address;"
    " hidden titles, other desks and addresses that ended are tried in"
    " tests/admin/test_calendar.py",
    "admin:first_day": "takes whether one's own list of the first day is put away",
    "admin:list": "takes which columns one's own lists show; every column is asked by"
    " tests/admin/test_listing.py",
    "staff_searches": "questions that one's desks keep, in words of colleagues; what"
    " they find is asked of staff_quotes",
    "search_feed": "the public quotes that a kept question finds, to whoever holds the"
    " private address; hidden ones, other desks and addresses that ended are tried in"
    " tests/staff/test_searches.py",
    "unsubscribe_search": "a fixed sentence, to whoever holds the link in a mail; links"
    " that were made up are tried in tests/staff/test_alerting.py",
    "admin:calendar_address": "a form about the person signed in",
    "unsubscribe": "names kinds of mail alone, to whoever holds the link in one; links"
    " that were made up are tried in tests/admin/test_notices.py",
    "/admin/(?P<url>.*)": "not found, or the same address with a slash",
}
#: Models of the admin without a word of a secret: accounts and what an account holds.
PLAIN = {
    "user": "accounts; no statement in them",
    "group": "roles",
    "desk": "names of desks, which colleagues know",
    "source": "what was really said is public by its nature; statements lead to none",
    "resolutionbody": "bodies are public",
}


#: Actions that answer a POST with the names of the rows chosen, by model and name.
EXEMPT_ACTIONS = {
    "statements.user.deactivate": "accounts",
    "statements.source.delete_selected": "sources",
    "statements.resolutionbody.delete_selected": "bodies",
}
#: Commands that print nothing of a statement that is there, with the reason.
EXEMPT_COMMANDS = {
    "db": "starts and stops the embedded database, reads no row",
    "demo": "writes into an empty Newsroom only, and prints counts and accounts",
    "housekeeping": "prints counts",
    "load_people": "prints counts of the file that it was given",
    "load_resolutions": "prints counts of the file that it was given",
    "load_statements": "prints counts of the file that it was given",
    "receive": "prints what it made of the text that it was given",
    "redetect": "shows an operator words of drafts too: the shell is theirs",
    "redact": "prints the number of a statement, to the owner of the tables alone",
    "send_mail": "prints numbers; what it sends in each state is read in"
    " tests/promises/test_leaks_in_mail.py",
    "seal": "prints a number, a digest and a count",
    "verify_record": "prints counts; of what was tampered with, the address",
}

"""Gather the words of public quotes, for questions that find nothing."""

from __future__ import annotations

from django.db import connection, transaction

from statements.models import Vocabulary

#: Words are gathered from so many of the newest quotes: they hold nearly every word of
#: the others, and the time does not grow with the record.
MOST_READ = 200_000

# Shorter words have too many that are like them, longer ones are addresses. Classes of
# letters are no help: in a database whose character type is C they know ASCII alone.
_GATHER = """
INSERT INTO vocabulary (word, asked, number)
SELECT s.word, l.asked, sum(s.ndoc)
FROM unnest(ARRAY['en', 'ar', 'de', 'es', 'fr', 'it', 'pt', 'ru', 'simple']) AS c (code)
CROSS JOIN LATERAL ts_stat(format($$
    SELECT to_tsvector('public.quote_simple', public.quote_words(q.text))
    FROM (SELECT text, language FROM public.quote
          WHERE live @> statement_timestamp()
          ORDER BY said_on DESC, id DESC LIMIT %%s) q
    WHERE public.quote_language(q.language) = 'public.quote_%%s'::regconfig
$$, %s::integer, c.code)) s
CROSS JOIN LATERAL (
    SELECT strip(to_tsvector(('public.quote_' || c.code)::regconfig, s.word))::text
) l (asked)
WHERE char_length(s.word) BETWEEN 3 AND 40
  AND s.word !~ '[[:digit:][:punct:][:space:]]' AND l.asked <> ''
GROUP BY 1, 2
"""


@transaction.atomic
def gather() -> int:
    """Make the vocabulary anew; how many words it has now.

    Only words of public quotes come in. Those of a text that was withdrawn go out here;
    until then ``Vocabulary.objects.public()`` hides them.
    """
    Vocabulary.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, [MOST_READ])
        return int(cursor.rowcount)

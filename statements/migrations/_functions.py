"""The SQL of the first migration: what generated columns call.

Inside, every name is written with its schema: pg_dump restores with an empty search
path, and an unqualified name would make the dump unrestorable.
"""

TEXT_SEARCH = "".join(
    f"""
    CREATE TEXT SEARCH CONFIGURATION public.quote_{code} (COPY = pg_catalog.{base});
    ALTER TEXT SEARCH CONFIGURATION public.quote_{code}
        ALTER MAPPING FOR hword, hword_part, word
        WITH public.unaccent, pg_catalog.{dictionary};
    """
    for code, base, dictionary in (
        ("ar", "arabic", "arabic_stem"),
        ("de", "german", "german_stem"),
        ("en", "english", "english_stem"),
        ("es", "spanish", "spanish_stem"),
        ("fr", "french", "french_stem"),
        ("it", "italian", "italian_stem"),
        ("pt", "portuguese", "portuguese_stem"),
        ("ru", "russian", "russian_stem"),
        ("simple", "simple", "simple"),
    )
)
DROP_TEXT_SEARCH = "".join(
    f"DROP TEXT SEARCH CONFIGURATION IF EXISTS public.quote_{code};"
    for code in ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "simple")
)

FUNCTIONS = r"""
CREATE FUNCTION public.edition_live(
    published timestamptz, superseded timestamptz, withdrawn timestamptz
) RETURNS tstzrange LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN published IS NULL THEN 'empty'::tstzrange
    ELSE tstzrange(published, least(superseded, withdrawn), '[)')
END;

-- The first day of the month or year of a day, or of the one after it.
CREATE FUNCTION public.period_start(day date, prec text, ahead integer)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE prec
    WHEN 'year' THEN make_date(extract(year FROM day)::integer + ahead, 1, 1)
    WHEN 'month' THEN (
        make_date(extract(year FROM day)::integer, extract(month FROM day)::integer, 1)
        + make_interval(months => ahead)
    )::date
    ELSE day
END;

CREATE FUNCTION public.appointment_certainly(
    starts date, starts_precision text, ends date, ends_precision text
) RETURNS daterange LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN coalesce(public.period_start(starts, starts_precision, 1), '-infinity'::date)
      >= coalesce(
            CASE WHEN ends_precision = 'day' THEN ends + 1
                 ELSE public.period_start(ends, ends_precision, 0) END,
            'infinity'::date)
    THEN 'empty'::daterange
    ELSE daterange(
        public.period_start(starts, starts_precision, 1),
        CASE WHEN ends_precision = 'day' THEN ends + 1
             ELSE public.period_start(ends, ends_precision, 0) END,
        '[)')
END;

CREATE FUNCTION public.appointment_possibly(
    starts date, starts_precision text, ends date, ends_precision text, basis text
) RETURNS daterange LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN daterange(
    (public.period_start(starts, starts_precision, 0)
        - make_interval(years => CASE WHEN basis = 'sighted' THEN 1 ELSE 0 END))::date,
    (CASE WHEN ends_precision = 'day' THEN ends + 1
          ELSE public.period_start(ends, ends_precision, 1) END
        + make_interval(years => CASE WHEN basis = 'sighted' THEN 1 ELSE 0 END))::date,
    '[)');

CREATE FUNCTION public.quote_language(language text)
RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE split_part(language, '-', 1)
    WHEN 'en' THEN 'public.quote_en'::regconfig
    WHEN 'ar' THEN 'public.quote_ar'::regconfig
    WHEN 'de' THEN 'public.quote_de'::regconfig
    WHEN 'es' THEN 'public.quote_es'::regconfig
    WHEN 'fr' THEN 'public.quote_fr'::regconfig
    WHEN 'it' THEN 'public.quote_it'::regconfig
    WHEN 'pt' THEN 'public.quote_pt'::regconfig
    WHEN 'ru' THEN 'public.quote_ru'::regconfig
    ELSE 'public.quote_simple'::regconfig
END;

-- Words as a search means them: "[t]he" is "the", a curly apostrophe a straight one,
-- and what cannot be seen is not there. Queries pass through it too. Punctuation beyond
-- ASCII becomes a blank: in a database whose character type is C, as the embedded one
-- and many others, the parser takes it for letters, and "shores—both" would be one
-- word. Every other character stays one character: marking hits relies on it.
CREATE FUNCTION public.quote_words(words text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(
    regexp_replace(
        normalize(words, NFC),
        '[\u00A0-\u00A9\u00AB\u00AC\u00AE-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF'
        || '\u00D7\u00F7\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3'
        || '\u05F3\u05F4\u060C\u060D\u061B\u061E\u061F\u066A-\u066D\u06D4'
        || '\u0964\u0965\u2000-\u200A\u2012-\u2017\u201A-\u2029\u202F-\u205F'
        || '\u20A0-\u20BF\u2116\u2122\u2190-\u2211\u2213-\u23FF\u2500-\u27BF'
        || '\u3000-\u3004\u3008-\u3020\u3030\u30FB\uFE10-\uFE19\uFE30-\uFE6F'
        || '\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFFC\uFFFD]',
        ' ', 'g'),
    U&'\2019\2018\02BC\2010\2011\2212[]' || U&'\00AD\200B\200C\200D\2060\FEFF',
    U&'''''''---'
);

-- What a quote is found by: its words, '+' beside a word that weighs much in it (about
-- BM25 with k1 1.2, b 0.75 and a mean of 17.4 words; measured on a million quotes), and
-- its facets. Changing this rewrites the table, so it is fixed from the first day.
CREATE FUNCTION public.quote_tsv(words text, language text, facets text[])
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain tsvector := to_tsvector(
        public.quote_language(language), public.quote_words(words)
    );
    hot text[];
    total double precision;
BEGIN
    SELECT sum(coalesce(cardinality(positions), 1)) INTO total FROM unnest(plain);
    SELECT array_agg('+' || lexeme) INTO hot
    FROM (SELECT lexeme, coalesce(cardinality(positions), 1) AS tf FROM unnest(plain)) w
    WHERE tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * total / 17.4)) >= 1.45;
    RETURN plain || array_to_tsvector(coalesce(hot, '{}') || coalesce(facets, '{}'));
END;
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION IF EXISTS public.quote_tsv(text, text, text[]);
DROP FUNCTION IF EXISTS public.quote_words(text);
DROP FUNCTION IF EXISTS public.quote_language(text);
DROP FUNCTION IF EXISTS public.appointment_possibly(date, text, date, text, text);
DROP FUNCTION IF EXISTS public.appointment_certainly(date, text, date, text);
DROP FUNCTION IF EXISTS public.period_start(date, text, integer);
DROP FUNCTION IF EXISTS public.edition_live(timestamptz, timestamptz, timestamptz);
"""


EXTENSIONS = "".join(
    f"CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA public;"
    for name in ("btree_gist", "pg_trgm", "unaccent")
)

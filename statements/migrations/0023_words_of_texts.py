"""An index of the words of published texts and of sources, to find quotations in."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F, Func

WORDS = r"""
-- The words of a long text, each once, unstemmed: a quotation is found by words that
-- stand in it as they were said. In pieces that overlap by a word, for a tsvector
-- holds a megabyte at most. The cost keeps the planner from reading texts one by one.
CREATE FUNCTION public.text_words(words text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
    found text[] := '{}';
    here integer;
BEGIN
    FOR here IN 1 .. length(words) BY 50000 LOOP
        found := found || tsvector_to_array(to_tsvector(
            'public.quote_simple', public.quote_words(substr(words, here, 50100))));
    END LOOP;
    RETURN found;
END;
$$;
"""
DROP_WORDS = "DROP FUNCTION IF EXISTS public.text_words(text);"

# Its words are not sampled: that would cut thousands of texts into words again.
PLAIN = """
ALTER INDEX edition_words ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX source_version_words ALTER COLUMN 1 SET STATISTICS 0;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0022_saved_searches")]

    operations = [
        migrations.RunSQL(WORDS, DROP_WORDS),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                Func(F("text"), function="public.text_words"),
                name="edition_words",
                condition=models.Q(("published_at__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            model_name="sourceversion",
            index=django.contrib.postgres.indexes.GinIndex(
                Func(F("text"), function="public.text_words"),
                name="source_version_words",
            ),
        ),
        migrations.RunSQL(PLAIN, migrations.RunSQL.noop),
    ]

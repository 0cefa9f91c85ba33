"""Quotes, what was said, and what the verbatim check must say of the two.

Our own words, said by nobody. Every rule has rows both ways: what it allows and what it
does not. Notes are written as ``told`` in test_verbatim.py writes them:
``kind printed = said``, ``+`` where the source's sentence goes on, a figure for words
left out, ``!`` before a warning.
"""

from __future__ import annotations

VERBATIM, MARKED, DIFFERS = "verbatim", "marked", "differs"
NOT_FOUND = "not_found"

STOP = (
    "! A full stop stands before the ellipsis, but the sentence of the source goes on."
)
TURNS = "! An ellipsis joins words of two turns, between which somebody else spoke."
RAISED = (
    "! The quote begins with a capital, "
    "but the sentence of the source has begun before."
)
SIC = "! [sic] says that the word before it stands so in the source. It does not."
LOST = "! The source has words here that could not be heard."

FERRIES = (
    "The ministry’s refusal to open the strait, and its reliance on two old ferries, "
    "made the delays that we see. Vallorn has nothing to hide. We will repair the "
    "pier, the oldest in the bay and the pride of the town, before the winter. Then "
    "the ferries sail."
)
LONG = (
    "We began in the spring. " + "Each week we met the harbour masters once again. " * 8
    + "We ended in the autumn."
)  # fmt: skip

TABLE = [
    # (quote, source, outcome with rank, notes, why the row is there)
    # Nothing but the words.
    ("Vallorn has nothing to hide.", FERRIES, VERBATIM, [], "word for word"),
    ("Vallorn has much to hide.", FERRIES, "differs words",
     ["changed much = nothing"], "one word changed turns the sense"),
    ("Vallorn has absolutely nothing to hide.", FERRIES, "differs words",
     ["inserted absolutely"], "one word inserted"),
    ("repair the pier before the winter", "We will repair the old pier before the "
     "winter.", "differs words", ["missing = old"], "one word left out, unmarked"),
    ("The lighthouse was never painted white by anyone.", FERRIES, NOT_FOUND, [],
     "nothing like it was said"),
    ("the idea of the bay, the promise of the bay", "That was the end of the storm and "
     "the beginning of the calm in the bay.", NOT_FOUND, [],
     "words of which every text is full tell nothing"),
    # One letter in brackets.
    ("[t]he ministry’s refusal to open the strait", FERRIES, MARKED,
     ["case [t]he = The"], "a capital lowered"),
    ("[T]he pride of the town", FERRIES, MARKED, ["case [T]he = the"],
     "a capital raised, in brackets"),
    ("[it]s reliance on two old ferries", FERRIES, MARKED, ["bracket [it]s = its"],
     "brackets round letters that stand there anyway"),
    ("[i]t sails to the bay", "She sails to the bay.", "differs words",
     ["changed [i]t = She"], "a bracket does not make another word of the rest"),
    ("the pier[s] of the bay", "the pier of the bay", MARKED,
     ["bracket pier[s] = pier"], "an ending put in"),
    ("we repair[ed] the pier", "we repair the pier", MARKED,
     ["bracket repair[ed] = repair"], "another ending"),
    ("we r[emoved] the pier", "we mend the pier", "differs words",
     ["changed r[emoved] = mend"], "the letters outside the bracket must be there"),
    # Words in brackets.
    ("Vallorn has nothing to [conceal].", FERRIES, MARKED,
     ["bracket [conceal] = hide"], "one word for another, at the end"),
    ("[The country] has nothing to hide.", FERRIES, MARKED,
     ["bracket [The country] = Vallorn"], "at the start, not over the stop before it"),
    ("We will repair [it] before the winter.", "We will repair the old pier before the "
     "winter.", MARKED, ["bracket [it] = the old pier"], "one word for three"),
    ("Vallorn has [absolutely] nothing to hide.", FERRIES, MARKED,
     ["bracket [absolutely] ="], "put in, for nothing"),
    ("We will repair [the quay]. Then the ferries sail.", "We will repair the pier. "
     "Then the ferries sail.", MARKED, ["bracket [the quay] = the pier"],
     "to the end of its sentence"),
    ("made the delays [worse and] nothing to hide", FERRIES, "differs words",
     ["bracket [worse and] =", "missing = that we see. Vallorn has"],
     "never over the end of a sentence"),
    # Ellipses.
    ("We will repair the pier ... before the winter.", FERRIES, MARKED,
     ["omission ... = , the oldest in the bay and the pride of the town, (11)"],
     "words left out, marked"),
    ("We will repair the pier before the winter.", FERRIES, "differs words",
     ["missing = the oldest in the bay and the pride of the town"],
     "the same words left out, unmarked"),
    ("We will repair the pier … before the winter.", FERRIES, MARKED,
     ["omission … = , the oldest in the bay and the pride of the town, (11)"],
     "one character"),
    ("We will repair the pier . . . before the winter.", FERRIES, MARKED,
     ["omission . . . = , the oldest in the bay and the pride of the town, (11)"],
     "three stops with blanks"),
    ("We will repair the pier [...] before the winter.", FERRIES, MARKED,
     ["omission [...] = , the oldest in the bay and the pride of the town, (11)"],
     "in brackets"),
    ("Vallorn has nothing to hide.... Then the ferries sail.", FERRIES, MARKED,
     ["omission .... = . We will repair the pier, the oldest in the bay and the pride "
      "of the town, before the winter. (19)"], "four dots: a stop that was made"),
    ("We will repair the pier. ... Then the ferries sail.", FERRIES, MARKED,
     ["omission . ... = , the oldest in the bay and the pride of the town, before the "
      "winter. (14)", STOP], "a stop before the ellipsis that was not made"),
    ("Vallorn has nothing to hide … made the delays", FERRIES, "differs words",
     ["omission …", "inserted made the delays"],
     "pieces in another order than they were said"),
    ("We began in the spring. … We ended in the autumn.", LONG, MARKED,
     ["omission … = LONG (72)", "! An ellipsis leaves out 72 words."],
     "more than sixty words left out"),
    ("… nothing to hide.", FERRIES, MARKED, ["omission …"], "an ellipsis at the start"),
    ("each year…and this one", "each year...and this one", MARKED,
     ["omission … = ... (0)"], "the source has the ellipsis itself"),
    ("Yes … you [know] it", "Yes. And you surely know it.", MARKED,
     ["omission … = . And (1)", "bracket [know] = surely know"],
     "an ellipsis and a bracket"),
    # The last sign, and the first letter.
    ("We will repair the pier.", FERRIES, VERBATIM, ["punctuation . = , +"],
     "a stop inside the mark: allowed, and the sentence goes on"),
    ("Vallorn has nothing to hide,", FERRIES, VERBATIM, ["punctuation , = ."],
     "a comma inside the mark, before “she said”"),
    ("Vallorn has nothing to hide?", FERRIES, "differs style",
     ["style hide? = hide", "changed hide? = hide"], "a statement made a question"),
    ("vallorn has nothing to hide", FERRIES, VERBATIM, ["case vallorn = Vallorn"],
     "a capital lowered at the start of a partial quote"),
    ("The pride of the town", FERRIES, MARKED, ["case The = the", RAISED],
     "a capital raised: no sentence began there"),
    # Sentences inside.
    ("The strait is calm. The ferries sail.", "The strait is calm. The ferries sail.",
     VERBATIM, [], "two sentences"),
    ("The strait is calm. The ferries sail.", "The strait is calm, the ferries sail.",
     "differs style", ["style calm. The = calm, the", "changed calm. The = calm, the",
                       "case The = the"], "two sentences made of one, unmarked"),
    ("The strait is calm and the ferries sail",
     "The strait is calm, and – the ferries sail", VERBATIM, [],
     "commas and dashes are the stenographer's"),
    ("She met Mr Brandt today", "She met Mr. Brandt today", VERBATIM, [],
     "an abbreviation ends no sentence"),
    # [sic].
    ("the peir [sic] is open", "the peir is open", MARKED, ["sic [sic] = peir"],
     "the slip is the source's"),
    ("the peir [sic] is open", "the pier is open", "differs words",
     ["changed peir = pier", "sic [sic]", SIC], "the slip is the quote's"),
    # Signs that are folded.
    ("“We don’t mind: ‘calm’ is calm.”", "We don't mind: \"calm\" is calm.", VERBATIM,
     [], "curly and straight, single and double"),
    ("We dont mind the wind", "We don't mind the wind", "differs words",
     ["changed dont = don't"], "an apostrophe is a letter, not a mark"),
    ("two\u00a0old fer\u00adries", FERRIES, VERBATIM, [], "odd blanks, a soft hyphen"),
    ("long-term – calm", "long\u2011term — calm", VERBATIM, [], "hyphens and dashes"),
    ("the harbour is open", "the har-\nbour is open", VERBATIM, [],
     "a word parted at the end of a line"),
    ("the fore noon ferry", "the fore-noon ferry", VERBATIM, [], "a hyphen is a blank"),
    ("the forenoon ferry", "the fore-noon ferry", "differs style",
     ["style forenoon = fore-noon", "changed forenoon = fore-noon"],
     "two words made one"),
    ("the ﬁnal café", "the final cafe\u0301", VERBATIM, [],
     "a ligature, an accent in two characters"),
    ("the final cafe", "the final café", "differs style",
     ["style cafe = café", "changed cafe = café"], "an accent that is missing"),
    ("“The pier is open.\n“The ferries sail.”",
     "The pier is open.\n\nThe ferries sail.", VERBATIM, [],
     "two paragraphs, the mark repeated"),
    ("“The pier is open.\n“The ferries stay.”",
     "The pier is open.\n\nThe ferries sail.", "differs words",
     ["changed stay = sail"], "two paragraphs, a word changed"),
    # Fillers.
    ("Today I think we will sail", "Today I – I think we, uh, will sail",
     "differs fillers", ["fillers = I", "missing = I", "fillers = uh", "missing = uh"],
     "a repeated word and a hesitation left out"),
    ("We sail because we can", "We, you know, sail because, I mean, we can",
     "differs fillers", ["fillers = you know", "missing = you know",
                         "fillers = I mean", "missing = I mean"], "phrases that fill"),
    ("They provide boats", "They pro--provide boats", "differs fillers",
     ["fillers = pro", "missing = pro"], "a word broken off"),
    ("I – I think we will sail", "I – I think we will sail", VERBATIM, [],
     "fillers that were kept"),
    ("We kind of agree on the pier", "We agree on the pier", "differs words",
     ["inserted kind of"],
     "a hedge is no filler"),
    ("the tide of the bay is high", "the tide of the northern bay is high",
     "differs words", ["missing = northern"], "a word of meaning is no filler"),
    # Style.
    ("resolution 2254 calls for it", "resolution 2,254 calls for it", "differs style",
     ["style 2254 = 2,254", "changed 2254 = 2,254"], "a comma in a number"),
    ("5 percent of the US fleet", "5% of the U.S. fleet", "differs style",
     ["style percent = %", "changed percent = %", "style US = U.S.",
      "changed US = U.S."], "a sign for a word, stops in an abbreviation"),
    ("the labour of ten men", "the labor of 10 men", "differs style",
     ["style labour = labor", "changed labour = labor", "style ten = 10",
      "changed ten = 10"], "British and American, words and digits"),
    ("$5 million for the pier", "5 million dollars for the pier", "differs style",
     ["style $", "inserted $", "missing = dollars"], "money, before or after"),
    ("resolution 2254 calls for it", "resolution 2245 calls for it", "differs words",
     ["changed 2254 = 2245"], "another number is no style"),
    # Emphasis.
    ("has *nothing* to hide [emphasis added]", FERRIES, MARKED,
     ["emphasis *nothing*"], "added, and said so"),
    ("has *nothing* to hide", FERRIES, "differs emphasis",
     ["changed *nothing* = nothing"], "added, and not said"),
    ("has NOTHING to hide", FERRIES, "differs emphasis",
     ["changed NOTHING = nothing"], "shouted, and not said"),
    ("the NATO fleet has NOTHING to hide (emphasis mine)",
     "the Nato fleet has nothing to hide", MARKED,
     ["case NATO = Nato", "emphasis NOTHING"], "an acronym is not shouted"),
    ("VALLORN HAS NOTHING TO HIDE", FERRIES, VERBATIM,
     ["case VALLORN = Vallorn", "case HAS = has", "case NOTHING = nothing",
      "case TO = to", "case HIDE = hide"], "a headline shouts without meaning it"),
    # What the stenographer wrote of the room.
    ("We sail. And we return.", "We sail. (Applause.) And we return.", VERBATIM,
     ["aside = (Applause.)"], "applause is not said"),
    ("We sail and return.", "We sail (inaudible) and return.", VERBATIM,
     ["aside = (inaudible)", LOST], "words were said that nobody heard"),
    # Where an edge is ragged.
    ("the oldest in the bays",
     "It is the oldest in the bay, and the tide is high there.", "differs words",
     ["changed bays = bay"], "no stray words around the place"),
]  # fmt: skip

#: Turns of a briefing; the labels are part of the text, not of the turns.
BRIEFING = (
    "MS OKAFOR: The pier is open. The strait is calm, and the ferries sail at noon.\n"
    "QUESTION: Will the ferries sail in the storm, then?\n"
    "MS OKAFOR: They will sail at noon. Nothing has changed.\n"
    "MR LINDQVIST: I must add that the old pier was sold in the spring.\n"
)
SPEECH = (
    "The harbour belongs to those who work in it. We shall never sell the old quay."
)

SITUATIONS = [
    # (quote, verdict, whose words, notes, why the row is there): said to be Okafor's;
    # the speech is another document, by Ada Brandt
    ("Nothing has changed.", "verbatim", "MS OKAFOR", [], "her own turn"),
    ("The pier is open … Nothing has changed.", "marked", "MS OKAFOR",
     ["omission … = 26", TURNS], "two turns of hers joined"),
    ("They will sail … Nothing has changed.", "marked", "MS OKAFOR",
     ["omission … = 2"], "two sentences of one turn joined"),
    ("the old pier was sold in the spring", "elsewhere", "MR LINDQVIST",
     ["! These words stand in Briefing, said by MR LINDQVIST: "
      "the quote may be somebody else’s."], "said by a colleague"),
    ("Will the ferries sail in the storm, then?", "elsewhere", "QUESTION",
     ["! These words stand in Briefing, said by QUESTION: "
      "the quote may be somebody else’s."], "the question, not the answer"),
    ("We shall never sell the old quay.", "elsewhere", "Ada Brandt",
     ["! These words stand in Speech, said by Ada Brandt: "
      "the quote may be somebody else’s."], "another document"),
    ("We shall never sell the new quay.", "not_found", "Ada Brandt",
     ["changed new = old"], "not said; the nearest words are shown, with their turn"),
    ("The lighthouse keepers are on strike.", "not_found", "", [], "nobody said it"),
    ("They will sail at dawn.", "differs", "MS OKAFOR", ["changed dawn = noon"],
     "her own words, one changed"),
    ("the ferries sail in the storm", "elsewhere", "QUESTION",
     ["! These words stand in Briefing, said by QUESTION: "
      "the quote may be somebody else’s."],
     "hers differ, and another said it word for word"),
    ("the old", "not_found", "", [], "two words are in everybody's mouth"),
]  # fmt: skip

/* The notes of the margin: what stands beside each finding, quote and citation. */

import { key, undecided } from "newsroom/findings";
import { marked } from "newsroom/marks";
import { remarkNotes } from "newsroom/remarks";

export function notesOf(desk) {
  const { state } = desk.editor;
  const { cited } = key.getState(state);
  const here = marked(state.doc);
  const found = undecided(state).map((each) => openNote(desk, each));
  for (const each of cited) found.push(citedNote(desk, each));
  for (const [id, place] of here) {
    const note = markNote(desk, id, place);
    if (note) found.push(note);
  }
  const remarks = remarkNotes(desk);
  found.push(...remarks.filter((each) => each.from !== null));
  found.sort((one, other) => one.from - other.from || other.to - one.to);
  const detached = [...desk.standing.values()].filter(
    (quote) =>
      !here.has(quote.id) && desk.decisions.get(quote.id)?.do !== "remove",
  );
  return [
    ...detached.map((quote) => detachedNote(desk, quote)),
    ...remarks.filter((each) => each.from === null),
    ...found,
  ];
}

function openNote(desk, each) {
  const quote = each.sort === "quote";
  const one = each.who?.length === 1 ? each.who[0] : null;
  const fresh = quote && !each.who.length ? desk.sameNew(each) : null;
  const why = quote
    ? [
        each.evidence,
        each.cue && `“${each.cue}”`,
        each.kind,
        `${each.sure} % sure`,
        each.safe && "safe",
      ]
    : ["resolution", each.pinpoint, `${each.sure} % sure`, each.safe && "safe"];
  const warnings = [...(each.warnings ?? [])];
  if (quote && each.who.length > 1) {
    warnings.push(`${each.who.length} people can be meant.`);
  } else if (quote && !each.who.length && each.new.name && !fresh) {
    warnings.push("Not in the catalogue yet.");
  } else if (!quote && !each.symbol) warnings.push("Several can be meant.");
  else if (!quote && !each.symbols[0].known && !warnings.length) {
    warnings.push("Not in the catalogue yet.");
  }
  return {
    key: each.key,
    each,
    from: each.from,
    to: each.to,
    open: true,
    todo: true,
    safe: each.safe,
    state: "open",
    who: quote
      ? (one?.label ?? (each.new.name || each.speaker))
      : each.symbol || each.words,
    office: quote ? (one?.beside ?? each.new.office) : each.title,
    words: quote ? `“${each.words}”` : each.words,
    why: why.filter(Boolean).join(" · "),
    warnings,
    deeds: quote
      ? ["accept", "reject", "speaker", "next"]
      : ["accept", "reject", "next"],
  };
}

function citedNote(desk, each) {
  return {
    key: each.key,
    from: each.from,
    to: each.to,
    state: "confirmed",
    who: each.symbol,
    office: each.title,
    words: each.printed,
    why: "resolution · confirmed",
    deeds: ["next"],
  };
}

function markNote(desk, id, place) {
  const decision = desk.decisions.get(id);
  const quote = desk.standing.get(id);
  const words = desk.editor.state.doc.textBetween(place.from, place.to, " ", " ");
  const note = { key: id, id, ...place, words: `“${words}”` };
  if (quote) return standingNote(desk, note, quote, words, decision);
  if (!decision || decision.do === "reject") return null;
  const cites = decision.do === "cite";
  return {
    ...note,
    words: cites ? words : note.words,
    state: "accepted",
    who: cites ? decision.symbol : decision.label,
    office: cites ? decision.pinpoint : officeOf(decision),
    why: decision.who || cites ? "accepted, not saved" : "accepted, new, not saved",
    deeds: cites ? ["back", "next"] : ["speaker", "back", "next"],
  };
}

/** The office of a speaker who was chosen here, of somebody new too. */
function officeOf({ title, beside, office, organization, name }) {
  const body = name ? organization : "";
  return title || beside || [office, body].filter(Boolean).join(", ");
}

function standingNote(desk, note, quote, words, decision) {
  const changed = decision?.do === "speaker";
  const sure = quote.confirmed && words === quote.words.replaceAll("\n", " ");
  const confirmed = sure || changed || decision?.do === "confirm";
  return {
    ...note,
    state: confirmed ? "confirmed" : "changed",
    todo: !confirmed,
    who: changed ? decision.label : quote.speaker,
    office: changed ? decision.title : quote.office,
    why: decision
      ? "changed here, not saved"
      : confirmed
        ? "confirmed"
        : "changed: confirm again",
    deeds: [
      ...(confirmed ? [] : ["accept"]),
      "speaker",
      ...(decision ? ["back"] : []),
      "remove",
      "next",
    ],
  };
}

function detachedNote(desk, quote) {
  return {
    key: quote.id,
    id: quote.id,
    from: null,
    state: "detached",
    todo: true,
    who: quote.speaker,
    office: quote.office,
    words: `“${quote.words}”`,
    why: "detached: its words are gone from the text",
    warnings: ["Undo, put the words back where the cursor stands, or remove the quote."],
    deeds: ["restore", "remove", "next"],
  };
}

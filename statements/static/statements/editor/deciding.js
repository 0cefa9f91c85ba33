/* What is done with a finding or a quote: accepted, rejected, given to another, taken
   back. A decision is a mark over its words, and what it says under the mark's id. */

import { pm } from "django-prose-editor/editor";

import { undecided } from "newsroom/findings";
import { newId } from "newsroom/marks";
import { choose } from "newsroom/speaker";

const { closeHistory } = pm.history;

const folded = (name) => name.trim().toLowerCase().replace(/\s+/g, " ");

/** Expects `editor`, `margin`, `asking`, `told`, `decisions`, `standing`, `draw()`,
    `sync()`: see main.js. */
export class Deciding {
  mark(id) {
    return this.editor.schema.marks.decided.create({ id });
  }

  /** Put decisions on their words as one step that undo takes back alone. */
  #decide(pairs, said) {
    const { view } = this.editor;
    const tr = closeHistory(this.editor.state.tr);
    for (const [place, decision] of pairs) {
      const id = newId();
      this.decisions.set(id, decision);
      tr.addMark(place.from, place.to, this.mark(id));
    }
    view.dispatch(tr);
    view.dispatch(closeHistory(this.editor.state.tr));
    this.draw();
    const left = undecided(this.editor.state).length;
    const note = left ? this.margin.next() : null;
    this.margin.say(
      `${said} ${left ? `${left} to decide. Next: ${note?.who ?? ""}.` : "All decided."}`,
    );
  }

  #quoteBy(each, choice) {
    const decision = {
      do: "quote",
      kind: each.kind,
      title: choice.title ?? each.title ?? "",
      label: choice.label,
      beside: choice.beside ?? "",
      found: each.found !== false,
    };
    if (choice.fresh) {
      const { name, organization, office } = choice.fresh;
      Object.assign(decision, { name, organization, office, label: name || organization });
    } else decision.who = choice.who;
    return decision;
  }

  /** The person of that name whom somebody made here, before the text is saved. */
  sameNew(each) {
    const wanted = folded(each.new?.name ?? "");
    if (!wanted) return null;
    for (const decision of this.decisions.values()) {
      if (decision.do !== "quote" || decision.who) continue;
      // The name in the text, or the one that it was given here.
      const names = [decision.name, decision.printed ?? ""].map(folded);
      if (names.includes(wanted)) return decision;
    }
    return null;
  }

  #choiceOf(decision) {
    const { name, organization, office } = decision;
    return { fresh: { name, organization, office }, label: decision.label };
  }

  #safe() {
    return undecided(this.editor.state).filter((each) => each.safe);
  }

  #cite(each, symbol) {
    return { do: "cite", symbol, pinpoint: each.pinpoint ?? "" };
  }

  #pair(each) {
    return [
      each,
      each.sort === "quote"
        ? this.#quoteBy(each, { ...each.who[0], title: each.title })
        : this.#cite(each, each.symbol),
    ];
  }

  acceptSafe() {
    const safe = this.#safe();
    if (!safe.length) {
      // Told to eyes too: else the key seems to do nothing.
      this.problem = "Nothing here is safe enough to accept unseen: decide each.";
      this.draw();
      this.problem = null;
      this.margin.say("Nothing is safe enough to accept unseen.");
      return;
    }
    this.#decide(safe.map((each) => this.#pair(each)), `Accepted: ${safe.length}.`);
    this.margin.list.focus();
  }

  async accept(note) {
    if (!note?.deeds.includes("accept")) return;
    if (note.id) {
      this.#ofStanding(note.id, { do: "confirm" }, "Confirmed.");
      return;
    }
    const { each } = note;
    if (each.sort === "citation") {
      await this.#acceptCitation(each);
      return;
    }
    if (each.who.length === 1) {
      this.#decide([this.#pair(each)], `Accepted: ${each.who[0].label}.`);
      return;
    }
    const same = each.who.length ? null : this.sameNew(each);
    if (same) {
      const choice = { ...this.#choiceOf(same), title: each.title };
      this.#decide([[each, this.#quoteBy(each, choice)]], `Accepted: ${same.label}.`);
      return;
    }
    await this.#ask(note, false);
  }

  async #acceptCitation(each) {
    const may = each.symbols.filter(({ known }) => known || this.told.resolutions);
    if (!may.length) {
      this.margin.say("It is not in the catalogue yet. Ask an editor to add it.");
      this.problem = `${each.symbol || each.words} is not in the catalogue yet. Ask an editor to add it, or reject it.`;
      this.draw();
      this.problem = null;
      return;
    }
    let symbol = each.symbol || null;
    if (!symbol) {
      const answer = await choose({
        heading: "Which resolution?",
        words: each.words,
        offers: may.map((one) => ({
          symbol: one.symbol,
          label: one.symbol,
          beside: one.known ? "" : "new in the catalogue",
        })),
        title: null,
      });
      this.margin.list.focus();
      if (!answer) return;
      symbol = answer.symbol;
    }
    this.#decide([[each, this.#cite(each, symbol)]], `Accepted: ${symbol}.`);
  }

  reject(note) {
    if (!note?.each) return;
    this.#decide([[note.each, { do: "reject", of: note.each.sort }]], "Rejected.");
  }

  changeSpeaker(note) {
    return this.#ask(note, true);
  }

  /** Who a quote is by now, to be offered first; nobody where that is not known. */
  #present(note, decision) {
    if (decision?.who) return [{ ...decision, why: "chosen here" }];
    const quote = decision ? null : this.standing.get(note.id);
    if (!quote?.who) return [];
    const { who, speaker: label, office: beside } = quote;
    return [{ who, label, beside, why: "now" }];
  }

  /** What to do where the speaker is nobody who is offered. */
  #missing() {
    return this.told.people
      ? "Choose who said it: search the catalogue by a part of the name, or give " +
          "somebody new."
      : "Choose who said it: search the catalogue by a part of the name. Whoever is " +
          "not in it, an editor adds: cancel, and submit the text with this undecided.";
  }

  /** Ask who said it; of an open finding, the answer accepts it. */
  async #ask(note, seeking) {
    if (!note?.deeds.includes("speaker")) return;
    const decision = this.decisions.get(note.id);
    const quote = this.standing.get(note.id);
    const each = note.each ?? { who: [], alike: [], new: {}, title: quote?.title ?? "" };
    const present = this.#present(note, decision);
    const offers = [
      ...present,
      ...each.who,
      ...(each.alike ?? []),
      ...this.#chosenHere(),
    ];
    const printed = each.new?.name ?? "";
    const unknown = !offers.length && !this.told.people;
    // Somebody new is chosen beforehand only where nobody of the catalogue is like it.
    const alone =
      this.told.people && printed && !each.who.length && !each.alike.length;
    const answer = await choose({
      heading: "Who said it?",
      words: note.words,
      note: each.alike?.length
        ? "In the catalogue there are people of that name:"
        : unknown
          ? `${printed || "The speaker"} is not in the catalogue, and only editors add ` +
            "people. Search below, or cancel and leave it: submit the text, and whoever " +
            "reviews it can name the speaker."
          : "",
      offers,
      seeking,
      missing: this.#missing(),
      search: (name) => this.asking.post({ name }).then(({ people }) => people),
      fresh: this.told.people ? { name: "", ...each.new } : null,
      title: decision?.title ?? each.title ?? "",
      chosen: alone
        ? "fresh"
        : present.length + each.who.length === 1
          ? [...present, ...each.who][0].who
          : null,
    });
    this.margin.list.focus();
    if (!answer) return;
    const choice = answer.decision
      ? { ...this.#choiceOf(answer.decision), title: answer.title }
      : answer;
    if (this.standing.has(note.id)) {
      const made = { ...this.#quoteBy(each, choice), do: "speaker" };
      this.#ofStanding(note.id, made, `${made.label} said it.`);
      return;
    }
    const made = { ...this.#quoteBy({ ...each, kind: each.kind ?? decision?.kind }, choice), printed };
    if (note.id) {
      this.decisions.set(note.id, { ...made, found: decision.found });
      this.#changedAside(`${made.label} said it.`);
      return;
    }
    this.#decide([[each, made]], `Accepted: ${made.label}.`);
  }

  /** People who were made here, to be offered again. */
  #chosenHere() {
    const found = new Map();
    for (const decision of this.decisions.values()) {
      if (decision.do !== "quote" || decision.who) continue;
      found.set(decision.label, {
        who: `new ${decision.label}`,
        label: decision.label,
        beside: decision.office ?? "",
        why: "new here",
        decision,
      });
    }
    return [...found.values()];
  }

  #ofStanding(id, decision, said) {
    this.decisions.set(id, decision);
    this.#changedAside(said);
  }

  #changedAside(said) {
    this.sync();
    this.draw();
    this.margin.say(said);
  }

  takeBack(note) {
    if (!note?.id) return;
    if (this.standing.has(note.id)) {
      this.decisions.delete(note.id);
      this.#changedAside("Taken back.");
      return;
    }
    const { view } = this.editor;
    const tr = closeHistory(this.editor.state.tr);
    tr.removeMark(note.from, note.to, this.mark(note.id));
    view.dispatch(tr);
    view.dispatch(closeHistory(this.editor.state.tr));
    this.draw();
    this.margin.say("Taken back.");
  }

  restore(note) {
    const { state, view } = this.editor;
    const quote = this.standing.get(note?.id);
    if (!quote || this.margin.current()?.state !== "detached") return;
    const words = state.schema.text(quote.words.replaceAll("\n", " "), [
      this.mark(quote.id),
    ]);
    view.dispatch(closeHistory(state.tr.insert(state.selection.to, words)));
    view.dispatch(closeHistory(this.editor.state.tr));
    this.draw();
    this.margin.say("The words stand in the text again.");
  }

  remove(note) {
    if (!this.standing.has(note?.id)) return;
    const { view } = this.editor;
    this.decisions.set(note.id, { do: "remove" });
    if (note.from !== null) {
      const tr = closeHistory(this.editor.state.tr);
      view.dispatch(tr.removeMark(note.from, note.to, this.mark(note.id)));
    }
    this.#changedAside("The quote goes when you save.");
  }

  async markByHand() {
    const { from, to, empty } = this.editor.state.selection;
    if (empty) {
      this.margin.say("Select the words first.");
      this.problem = "Select the words of the quote first.";
      this.draw();
      this.problem = null;
      return;
    }
    const words = this.editor.state.doc.textBetween(from, to, " ", " ");
    const answer = await choose({
      heading: "Who said it?",
      words: `“${words}”`,
      offers: this.#chosenHere(),
      search: (name) => this.asking.post({ name }).then(({ people }) => people),
      fresh: this.told.people ? {} : null,
      title: "",
      seeking: true,
      missing: this.#missing(),
    });
    if (!answer) return;
    const choice = answer.decision
      ? { ...this.#choiceOf(answer.decision), title: answer.title }
      : answer;
    const each = { kind: "direct", found: false, title: "" };
    this.#decide([[{ from, to }, this.#quoteBy(each, choice)]], "Marked.");
  }
}

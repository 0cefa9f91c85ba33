/* A document of the editor as plain text; places count code points.

   The rule is that of statements/markup/projection.py: the text is the text nodes in
   order, with their line ends left out; a hard break is "\n"; and where a block begins
   or ends between two texts there is one "\n". */

/** How many code points a string has. */
export function count(words) {
  let number = 0;
  for (const _ of words) number += 1;
  return number;
}

/** The code units that the first `points` code points of a string take. */
function units(words, points) {
  let taken = 0;
  let left = points;
  for (const character of words) {
    if (left === 0) break;
    taken += character.length;
    left -= 1;
  }
  return taken;
}

/**
 * The text of a ProseMirror document, and the way between places and positions.
 *
 * `text`: the plain text. `position(place)`: where a place of it lies in the document,
 * as the end of what goes before with `before`, else as the start of what follows.
 * `place(position)`: the way back.
 */
export function project(doc) {
  const runs = [];
  const parts = [];
  let length = 0;
  let boundary = false;

  function emit(words, position) {
    if (boundary && length) {
      parts.push("\n");
      length += 1;
    }
    boundary = false;
    const points = count(words);
    runs.push({ place: length, points, position, words });
    parts.push(words);
    length += points;
  }

  function walk(node, position) {
    if (node.isText) {
      let at = position;
      for (const line of node.text.split("\n")) {
        if (line) emit(line, at);
        at += line.length + 1;
      }
      return;
    }
    if (node.type.name === "hardBreak") {
      emit("\n", position);
      return;
    }
    if (node.isBlock) boundary = true;
    node.forEach((child, offset) => walk(child, position + 1 + offset));
    if (node.isBlock) boundary = true;
  }

  doc.forEach((child, offset) => walk(child, offset));

  /** The last run that begins at or before a value of one of its properties. */
  function run(name, value) {
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (runs[middle][name] <= value) low = middle + 1;
      else high = middle;
    }
    return runs[low - 1];
  }

  return {
    text: parts.join(""),
    length,
    position(place, before = false) {
      const found = run("place", before ? place - 1 : place) ?? runs[0];
      if (!found) return 0;
      const points = Math.max(0, Math.min(place - found.place, found.points));
      return found.position + units(found.words, points);
    },
    place(position) {
      const found = run("position", position);
      if (!found) return 0;
      const taken = Math.min(position - found.position, found.words.length);
      return found.place + count(found.words.slice(0, taken));
    },
  };
}

// Lines between cards: links run in the gutters between them; ways of the journey (on,
// branch, loop, return) are thin arrows under the curve, each on a track.

const TRACK = 26;
const TRACK_GAP = 16;
const WAY_WORDS = { on: "change of channel", branch: "branch", loop: "loop", return: "return" };

/** Draw everything that runs over the grid: the curve, ways under it, links. */
function drawLines(board) {
  const { grid, over } = board.grid;
  const { shown } = board.state;
  const tracks = getComputedStyle(grid).gridTemplateColumns.split(" ").map(parseFloat);
  const zone = shown.zones.find((one) => one.shape === "curve");
  if (zone) drawCurveZone(board, zone, tracks);
  const ties = shown.ties.filter((tie) => tie.style === "link");
  board.streets = null;
  board.linksOf = [...nearEntries(board)].join(" ");
  board.root.classList.toggle("jk-tied", ties.length > 0 && !zone);
  drawLinks(board, over, grid, ties);
}

function drawCurveZone(board, zone, tracks) {
  const { shown } = board.state;
  const node = board.grid.zoneNode(zone.id);
  if (!node) return;
  const [, column, , nColumns] = zone.cell;
  const starts = [0];
  for (const width of tracks.slice(column, column + nColumns)) starts.push(starts.at(-1) + width);
  const centreOf = (place) => (starts[place] + starts[place + 1]) / 2;
  const isSeen = (place) => starts[place + 1] - starts[place] > 1; // others are zoomed away
  const letters = new Map(shown.personas.map(([id, letter]) => [id, letter]));
  const points = touchpointCards(shown);
  const sheet = {
    curves: shown.curves
      .map((rows) => rows.filter((row) => isSeen(row.column)))
      .filter((rows) => rows.length),
    centreOf,
    isSeen,
    width: starts.at(-1),
    columnWidth: Math.max(...tracks.slice(column, column + nColumns)),
    size: parseFloat(getComputedStyle(node).fontSize),
    isNamedBeside: column > 0 && board.size.columns.slice(0, column).every((one) => one.isHead),
    prefix: board.prefix,
    cardOf: (row) => points.get(row.touchpoint) ?? null,
    hueOf(row) {
      const letter = letters.get(row?.persona);
      return letter ? `var(--jk-persona-${letter.toLowerCase()})` : "var(--jk-ink)";
    },
  };
  const ways = shown.ties.filter((tie) => tie.style !== "link");
  const marked = shown.curves.flat().map((row) => sheet.cardOf(row)).map((card) => card && [card.basis, card.n_pains, card.marks]);
  const key = JSON.stringify([shown.curves, ways, marked, shown.personas, starts, sheet.size]);
  if (node.jkDrawn === key) return;
  node.jkDrawn = key;
  drawCurve(node, sheet);
  drawScale(node, sheet);
  const columns = new Map();
  for (const rows of shown.curves) {
    for (const row of rows) if (row.touchpoint) columns.set(row.touchpoint, row.column);
  }
  drawWays(node, ways, columns, sheet);
}

function touchpointCards(shown) {
  const found = new Map();
  for (const card of Object.values(shown.cards)) {
    if (card.kind === "touchpoint" && !card.is_fixed) found.set(card.entry, card);
  }
  return found;
}

/**
 * Write the words of the gridlines at the left, where they stay while scrolling: on the
 * lane's head if there is one, for in the plot they meet the first dots of the curve.
 */
function drawScale(node, { curves, isNamedBeside }) {
  if (node.querySelector(":scope > .jk-scale")) return;
  const scale = make("div", { class: isNamedBeside ? "jk-scale jk-beside" : "jk-scale", "aria-hidden": "true" });
  for (let emotion = 2; emotion >= -2; emotion -= 1) {
    const word = make("div", { class: "jk-scale-word" });
    const dot = make("span", { class: "jk-emotion" });
    setToken(dot, "--jk-dot", `emotion-${EMOTION_TOKENS[emotion + 2]}`);
    word.append(dot, make("span", { text: EMOTION_WORDS[emotion + 2] }));
    word.style.top = `${yOf(emotion)}px`;
    scale.append(word);
  }
  node.classList.toggle("jk-bare", !curves.length);
  node.append(scale);
}

/** Draw the ways of the journey below the plot, shorter ones nearer to the curve. */
function drawWays(node, ties, columns, sheet) {
  node.querySelector(":scope > .jk-ways")?.remove();
  const arrows = ties
    .map((tie) => wayArrow(tie, columns, sheet))
    .filter(Boolean)
    .sort((one, other) => one.length - other.length);
  const tracks = [];
  for (const arrow of arrows) {
    const isClear = (other) => arrow.right + TRACK_GAP < other.left || other.right + TRACK_GAP < arrow.left;
    const track = tracks.find((one) => one.every(isClear));
    if (track) track.push(arrow);
    else tracks.push([arrow]);
  }
  if (!tracks.length) return;
  const height = tracks.length * TRACK + 8;
  const picture = shape("svg", { class: "jk-ways", width: sheet.width, height, role: "img" });
  picture.setAttribute("aria-label", `Ways: ${arrows.map((one) => one.said).join("; ")}.`);
  tracks.forEach((track, i) => {
    for (const arrow of track) drawArrow(picture, arrow, i * TRACK + 20);
  });
  node.append(picture);
}

function wayArrow(tie, columns, sheet) {
  if (!columns.has(tie.source) || !columns.has(tie.target)) return null;
  if (![tie.source, tie.target].some((entry) => sheet.isSeen(columns.get(entry)))) return null;
  const start = sheet.centreOf(columns.get(tie.source));
  const end = sheet.centreOf(columns.get(tie.target));
  const isLoop = start === end;
  let words = WAY_WORDS[tie.style] ?? tie.style;
  if (tie.label && tie.label !== words) words += `: ${tie.label}`;
  if (tie.is_broken) words += ", and all begins again";
  const room = isLoop ? sheet.width - start - 24 : Math.max(Math.abs(end - start), sheet.columnWidth) - 12;
  const text = fitted(words, room, false, sheet.size);
  const wide = wordsWidth(text, false, sheet.size);
  const from = isLoop ? start + 20 : Math.min(start, end) + 10;
  const textLeft = Math.max(0, Math.min(from, sheet.width - wide - 4));
  return {
    start,
    end,
    text,
    textLeft,
    isBroken: Boolean(tie.is_broken),
    isOpen: Boolean(tie.is_open),
    said: tie.is_open ? `${words}, and nobody asked whether the context is kept` : words,
    length: Math.abs(end - start),
    left: Math.min(start, end, textLeft) - 4,
    right: Math.max(start, end, textLeft + wide) + 4,
  };
}

/** What becomes of the context on a way: its class, and the mark in its middle. */
function contextOf({ isBroken, isOpen }) {
  if (isBroken) return { kind: "jk-broken", mark: "✕" };
  return isOpen ? { kind: "jk-unsure", mark: "?" } : { kind: "", mark: "" };
}

function contextMark(x, y, mark) {
  const node = shape("g", { class: "jk-context" });
  node.append(shape("circle", { cx: at(x), cy: at(y), r: 7 }), shape("text", { x: at(x), y: at(y + 4), text: mark }));
  return node;
}

function drawArrow(picture, { start, end, text, textLeft, isBroken, isOpen }, y) {
  const context = contextOf({ isBroken, isOpen });
  const kind = `jk-way ${context.kind}`.trim();
  if (start === end) {
    const loop = `M${start + 4},${y - 9}a6,6,0,1,0,2,4.5m-3,-2l3,2.2l2.6,-2.8`;
    picture.append(shape("path", { d: loop, class: kind }));
    picture.append(shape("text", { x: textLeft, y: y + 1, class: "jk-way-word", text }));
    return;
  }
  const side = end > start ? 1 : -1;
  picture.append(
    shape("text", { x: textLeft, y: y - (context.mark ? 9 : 6), class: "jk-way-word", text }),
    shape("path", { d: `M${start},${y}H${end}`, class: kind }),
    shape("path", { d: `M${end - side * 6},${y - 4}l${side * 6},4l${-side * 6},4`, class: "jk-way" }),
    shape("circle", { cx: start, cy: y, r: 3, class: "jk-way-start" }),
  );
  if (context.mark) picture.append(contextMark((start + end) / 2, y, context.mark));
}

/** Draw links between cards: all of them, or those of the cards that are pointed at. */
function drawLinks(board, over, grid, ties) {
  over.replaceChildren();
  const near = nearEntries(board);
  const isNear = (tie) => near.has(tie.source) || near.has(tie.target);
  const asked = board.hasLines() ? ties : ties.filter(isNear);
  if (!asked.length) return;
  over.setAttribute("width", grid.scrollWidth);
  over.setAttribute("height", grid.scrollHeight);
  board.streets ??= makeStreets(board, grid);
  const { streets } = board;
  const seen = new Set();
  const ways = [];
  for (const tie of asked) {
    const pair = `${tie.source} ${tie.target}`;
    if (tie.source === tie.target || seen.has(pair)) continue;
    seen.add(pair);
    const way = streets.way(tie.source, tie.target);
    if (way) ways.push({ tie, points: way });
  }
  spread(ways, streets.room);
  for (const { tie, points } of ways) {
    const line = shape("path", { d: curvedPath(points) ?? roundedPath(points), class: "jk-link" });
    line.classList.toggle("jk-hurts", Boolean(tie.is_hurting));
    line.style.strokeWidth = String(1.5 + (tie.weight - 1) * 0.5); // wider than the rules it runs along
    const context = contextOf({ isBroken: tie.is_broken, isOpen: tie.is_open });
    if (context.kind) line.classList.add(context.kind);
    const [x, y] = points.at(-1);
    const side = Math.sign(x - points.at(-2)[0]);
    const end = shape("path", { d: `M${at(x - side * 6)},${at(y - 4)}l${side * 6},4l${-side * 6},4`, class: "jk-link-end" });
    line.dataset.tie = tie.id;
    end.classList.toggle("jk-hurts", Boolean(tie.is_hurting));
    for (const one of [line, end]) one.classList.toggle("jk-near", isNear(tie));
    over.append(line, end);
    if (context.mark) over.append(contextMark(...middleOf(points), context.mark));
  }
}

/** Return the place half-way along a line of straight pieces. */
function middleOf(points) {
  const pieces = points.slice(1).map((point, i) => [points[i], point]);
  const long = ([from, to]) => Math.hypot(to[0] - from[0], to[1] - from[1]);
  let left = pieces.reduce((sum, piece) => sum + long(piece), 0) / 2;
  for (const piece of pieces) {
    const length = long(piece);
    if (left <= length && length > 0) {
      return [0, 1].map((axis) => piece[0][axis] + ((piece[1][axis] - piece[0][axis]) * left) / length);
    }
    left -= length;
  }
  return points[0];
}

/** Return the entries whose links are meant: pointed at, focused, selected, opened. */
function nearEntries(board) {
  const near = new Set([board.pointed, board.panel.entry(), board.focused() && board.place?.dataset.entry]);
  for (const id of board.selected) near.add(board.state.shown.cards[id]?.entry);
  near.delete(undefined);
  near.delete(null);
  near.delete(false);
  return near;
}

/** Show the links of the cards that are meant now. */
function markLinks(board) {
  const key = [...nearEntries(board)].join(" ");
  if (board.linksOf === key) return;
  board.linksOf = key;
  const { grid, over } = board.grid;
  const ties = board.state.shown.ties.filter((tie) => tie.style === "link");
  if (ties.length) drawLinks(board, over, grid, ties);
}

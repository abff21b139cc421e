// Lines between cards: links run behind the cards, from edge to edge; ways of the
// journey (on, branch, loop, return) are thin arrows under the curve, each on a track.

const TRACK = 26;
const TRACK_GAP = 16;
const FAR_PX = 120;
const WAY_WORDS = { on: "change of channel", branch: "branch", loop: "loop", return: "return" };

/** Draw everything that runs over the grid: the curve, ways under it, links. */
function drawLines(board) {
  const { grid, over } = board.grid;
  const { shown } = board.state;
  const tracks = getComputedStyle(grid).gridTemplateColumns.split(" ").map(parseFloat);
  const zone = shown.zones.find((one) => one.shape === "curve");
  if (zone) drawCurveZone(board, zone, tracks);
  const ties = shown.ties.filter((tie) => tie.style === "link");
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
    prefix: board.prefix,
    cardOf: (row) => points.get(row.touchpoint) ?? null,
    hueOf(row) {
      const letter = letters.get(row?.persona);
      return letter ? `var(--jk-persona-${letter.toLowerCase()})` : "var(--jk-ink)";
    },
  };
  drawCurve(node, sheet);
  drawScale(node, sheet.curves.length > 0);
  const columns = new Map();
  for (const rows of shown.curves) {
    for (const row of rows) if (row.touchpoint) columns.set(row.touchpoint, row.column);
  }
  drawWays(node, shown.ties.filter((tie) => tie.style !== "link"), columns, sheet);
}

function touchpointCards(shown) {
  const found = new Map();
  for (const card of Object.values(shown.cards)) {
    if (card.kind === "touchpoint" && !card.is_fixed) found.set(card.entry, card);
  }
  return found;
}

/** Write the words of the gridlines at the left, where they stay while scrolling. */
function drawScale(node, hasCurve) {
  let scale = node.querySelector(":scope > .jk-scale");
  if (scale) return;
  scale = make("div", { class: "jk-scale", "aria-hidden": "true" });
  for (let emotion = 2; emotion >= -2; emotion -= 1) {
    const word = make("div", { class: "jk-scale-word" });
    const dot = make("span", { class: "jk-emotion" });
    setToken(dot, "--jk-dot", `emotion-${EMOTION_TOKENS[emotion + 2]}`);
    word.append(dot, make("span", { text: EMOTION_WORDS[emotion + 2] }));
    word.style.top = `${yOf(emotion)}px`;
    scale.append(word);
  }
  node.classList.toggle("jk-bare", !hasCurve);
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
    said: words,
    length: Math.abs(end - start),
    left: Math.min(start, end, textLeft) - 4,
    right: Math.max(start, end, textLeft + wide) + 4,
  };
}

function drawArrow(picture, { start, end, text, textLeft, isBroken }, y) {
  const kind = isBroken ? "jk-way jk-broken" : "jk-way";
  if (start === end) {
    const loop = `M${start + 4},${y - 9}a6,6,0,1,0,2,4.5m-3,-2l3,2.2l2.6,-2.8`;
    picture.append(shape("path", { d: loop, class: kind }));
    picture.append(shape("text", { x: textLeft, y: y + 1, class: "jk-way-word", text }));
    return;
  }
  const side = end > start ? 1 : -1;
  picture.append(
    shape("text", { x: textLeft, y: y - 6, class: "jk-way-word", text }),
    shape("path", { d: `M${start},${y}H${end}`, class: kind }),
    shape("path", { d: `M${end - side * 6},${y - 4}l${side * 6},4l${-side * 6},4`, class: "jk-way" }),
    shape("circle", { cx: start, cy: y, r: 3, class: "jk-way-start" }),
  );
}

/** Draw links between cards, behind them. */
function drawLinks(board, over, grid, ties) {
  over.replaceChildren();
  if (!ties.length) return;
  const origin = grid.getBoundingClientRect();
  over.setAttribute("width", grid.scrollWidth);
  over.setAttribute("height", grid.scrollHeight);
  const boxes = new Map();
  const boxOf = (entry) => {
    if (!boxes.has(entry)) {
      const [card] = cardsOfEntry(board.state, entry);
      const box = card && board.grid.cardNode(card.id)?.getBoundingClientRect();
      boxes.set(entry, box?.width ? box : null);
    }
    return boxes.get(entry);
  };
  for (const tie of ties) {
    const [from, to] = [boxOf(tie.source), boxOf(tie.target)];
    if (!from || !to || tie.source === tie.target) continue;
    const line = shape("path", { d: linkPath(from, to, origin), class: "jk-link" });
    line.style.strokeWidth = String(1 + (tie.weight - 1) * 0.5);
    line.classList.toggle("jk-broken", Boolean(tie.is_broken));
    line.dataset.tie = tie.id;
    const end = linkEnd(from, to, origin);
    const isFar = Math.max(to.left - from.right, from.left - to.right, Math.abs(to.top - from.top) - 400) > FAR_PX;
    for (const one of [line, end]) one.classList.toggle("jk-far", isFar);
    for (const one of [line, end]) one.dataset.ends = `${tie.source} ${tie.target}`;
    over.append(line, end);
  }
  markLinks(over, board.focused() && board.place?.dataset.entry);
}

/** Return where a link begins and ends: at the sides that face each other. */
function linkEnds(from, to, origin) {
  const mid = (box) => box.top + box.height / 2 - origin.top;
  const gap = 4;
  if (to.left >= from.right - 8) return [from.right - origin.left, mid(from), to.left - origin.left - gap, mid(to), 1, 1];
  if (to.right <= from.left + 8) return [from.left - origin.left, mid(from), to.right - origin.left + gap, mid(to), -1, -1];
  // One above the other: around the right side.
  return [from.right - origin.left, mid(from), to.right - origin.left + gap, mid(to), 1, -1];
}

function linkPath(from, to, origin) {
  const [x0, y0, x1, y1, out, back] = linkEnds(from, to, origin);
  const reach = out === back ? Math.max(24, Math.abs(x1 - x0) / 2) : 28;
  return `M${at(x0)},${at(y0)}C${at(x0 + out * reach)},${at(y0)},${at(x1 - back * reach)},${at(y1)},${at(x1)},${at(y1)}`;
}

function linkEnd(from, to, origin) {
  const [, , x, y, , back] = linkEnds(from, to, origin);
  const d = `M${at(x - back * 6)},${at(y - 4)}l${back * 6},4l${-back * 6},4`;
  return shape("path", { d, class: "jk-link-end" });
}

/** Show the links of the focused card stronger than the others. */
function markLinks(over, entry) {
  for (const line of over.children) {
    line.classList.toggle("jk-near", Boolean(entry) && line.dataset.ends.split(" ").includes(entry));
  }
}

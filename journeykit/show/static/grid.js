// The picture: heads and zones on a grid, cards in zones. What is there is used again,
// so that a card keeps its element, the focus and what is being typed into it. Only what
// is shown otherwise than before is touched, and nothing is measured between two changes:
// then a drop costs one layout of the page, and an answer that says the same costs none.

const CARD_ROOM = 168;
const COLUMN_ROOM = 168;
const FEW_MOVED = 12;
const HEAD_LETTERS = 12.8;
const HEAD_EDGES = 20;
const MOST_HEAD = 208;

/** Return the drawing of one board; `draw` brings it up to date with the state. */
function makeGrid(board) {
  const grid = make("div", { class: "jk-grid" });
  const over = shape("svg", { class: "jk-over", "aria-hidden": "true" });
  const scroll = make("div", { class: "jk-scroll" }, grid);
  const zones = new Map();
  const cards = new Map();
  const observer = longCardObserver();
  let drawn = {}; // what the last drawing was made of
  grid.append(over);

  function draw() {
    const { shown, kinds, settings } = board.state;
    const focused = board.focused();
    const edited = board.editor?.hold();
    const frame = JSON.stringify(shown.zones.map((zone) => [zone.id, zone.cell, zone.shape]));
    const now = { frame, heads: shown.heads, zoom: board.zoom, ties: shown.ties, curves: shown.curves, kinds, isLocked: settings.is_read_only };
    const isNew = (...names) => names.some((name) => now[name] !== drawn[name]);
    const isNewFrame = isNew("frame", "heads", "zoom");
    const isNewRule = isNewFrame || isNew("kinds", "isLocked");
    let isChanged = isNewRule || isNew("ties", "curves");
    drawn = now;
    if (isNewFrame) drawFrame(board, grid, zones);
    for (const card of Object.values(shown.cards)) isChanged = drawCard(card) || isChanged;
    const others = shown.zones.filter((zone) => isOther(zone, isNewRule));
    const moved = isNewFrame ? [] : placesOf(others);
    for (const zone of others) drawZone(zone);
    for (const [id, node] of cards) {
      if (id in shown.cards) continue;
      observer.unobserve(node);
      node.remove();
      cards.delete(id);
      isChanged = true;
    }
    const places = moved.map(([node]) => node.getBoundingClientRect()); // all at once: one layout
    moved.forEach(([node, was], i) => showMove(node, was, places[i]));
    edited?.();
    if (focused && !board.focused()) board.focusAgain(focused);
    board.afterDraw(isChanged || others.length > 0);
  }

  /** Return whether a zone looks otherwise now; what arrives again is equal, not the same. */
  function isOther(zone, isNewRule) {
    const held = zones.get(zone.id);
    if (held?.zone === zone && !isNewRule) return false;
    if (held) held.zone = zone;
    return held?.key !== zoneKey(board, zone);
  }

  function drawZone(zone) {
    let held = zones.get(zone.id);
    if (!held) {
      held = newZone(board, zone);
      zones.set(zone.id, held);
      placeInGrid(board, held.node, zone.cell);
      grid.append(held.node);
    }
    paintZone(board, held, zone);
    const own = new Set(zone.cards);
    // Who leaves for another zone is stepped over: or all who stay would be moved instead.
    const staying = (node) => {
      let one = node;
      while (one && !own.has(one.dataset.card)) one = one.nextElementSibling;
      return one;
    };
    let next = held.list.firstElementChild;
    for (const [place, id] of zone.cards.entries()) {
      const node = cards.get(id);
      if (!node) continue;
      if (node !== next) next = staying(next);
      if (next && node !== next && node === staying(next.nextElementSibling)) next = node; // one goes down
      if (node === next) next = next.nextElementSibling;
      else putBefore(held.list, node, next);
      placeCard(board, node, zone, place);
    }
  }

  /** Draw a card; return whether it looks otherwise now. */
  function drawCard(card) {
    let node = cards.get(card.id);
    const isPending = board.state.shown.pending.has(card.entry);
    if (!node) {
      node = newCardElement(card, (one) => observer.observe(one));
      cards.set(card.id, node);
    }
    if (node.jkCard === card && node.jkPending === isPending) return false;
    const key = JSON.stringify([{ ...card, version: 0 }, isPending]); // a version is not seen
    const isChanged = node.jkKey !== key;
    if (isChanged) paintCard(node, card, board.state);
    Object.assign(node, { jkCard: card, jkPending: isPending, jkKey: key });
    return isChanged;
  }

  /** Return where cards are on the screen that are about to move, if they are few. */
  function placesOf(others) {
    const moved = [];
    for (const zone of others) {
      const list = zones.get(zone.id)?.list;
      for (const id of zone.cards) {
        const node = cards.get(id);
        const isMoved = node?.parentElement && node.parentElement !== list && !node.classList.contains("jk-landed");
        if (isMoved) moved.push(node);
        if (moved.length > FEW_MOVED) return [];
      }
    }
    if (!moved.length || isStill()) return [];
    return moved.map((node) => [node, node.getBoundingClientRect()]);
  }

  return {
    grid,
    scroll,
    over,
    draw,
    zones,
    cardNode: (id) => cards.get(id),
    zoneNode: (id) => zones.get(id)?.node,
    /** The cards are of another width: which of them are long now? */
    lookAtLong() {
      for (const node of cards.values()) {
        if (node.jkText.textContent.length <= LONG_TEXT) continue;
        observer.unobserve(node);
        observer.observe(node);
      }
    },
    stop: () => observer.disconnect(),
  };
}

/** Let a card glide from where it was, out of its zone's frame. */
function showMove(node, was, is) {
  const from = `translate(${was.left - is.left}px, ${was.top - is.top}px)`;
  const zone = node.closest(".jk-zone");
  const end = () => zone.classList.remove("jk-gliding");
  zone.classList.add("jk-gliding");
  node.animate([{ transform: from }, { transform: "none" }], { duration: 160, easing: "ease-out" }).finished.then(end, end);
}

function newZone(board, zone) {
  const title = make("div", { class: "jk-zone-title", dir: "auto" });
  const list = make("div", { class: "jk-cards" });
  const hint = make("div", { class: "jk-hint" });
  const attrs = { class: "jk-zone", role: "group", tabindex: "-1", "data-zone": zone.id };
  const node = make("div", attrs, title, list, hint);
  const addText = make("span");
  const add = make(
    "button",
    { class: "jk-add", tabindex: "-1", on: { click: () => board.editor.openAdd(zone.id) } },
    icon("plus"),
    addText,
  );
  node.append(add);
  return { node, title, list, hint, add, addText, zone, key: "" };
}

/** Return the words in an empty zone: [what belongs there, an example]. */
function hintOf(board, zone) {
  const isSaid = !zone.cards.length && (zone.hint || zone.example) && board.saysHint(zone);
  return isSaid ? [zone.hint, zone.example] : ["", ""];
}

/** Return the words of the button that adds to a zone; "" where nothing can be added. */
function addWords(board, zone) {
  const { kinds, settings } = board.state;
  if (!zone.adds || settings.is_read_only) return "";
  const isName = kinds[zone.adds]?.text_field === "name";
  if (board.isForm()) return isName ? "Add just a name" : "Add just a line";
  return `Add ${lowered(kinds[zone.adds]?.label ?? "card")}`;
}

function paintZone(board, held, zone) {
  const { node, list } = held;
  const isEmpty = zone.cards.length === 0;
  const [hint, adds] = [hintOf(board, zone), addWords(board, zone)];
  if (held.shape !== zone.shape) node.classList.remove(`jk-shape-${held.shape}`);
  node.classList.add(`jk-shape-${zone.shape}`);
  node.classList.toggle("jk-empty", isEmpty);
  node.classList.toggle("jk-toned", Boolean(zone.tone));
  setToken(node, "--jk-ground", zone.tone);
  node.setAttribute("aria-label", zoneWords(zone));
  setText(held.title, zone.is_titled ? zone.title : "");
  setHidden(held.title, !zone.is_titled || !zone.title);
  node.classList.toggle("jk-untitled", held.title.hidden);
  if (isEmpty) list.removeAttribute("role");
  else list.setAttribute("role", "list");
  if (String(held.said) !== String(hint)) {
    const [words, example] = hint;
    held.hint.replaceChildren();
    if (words) held.hint.append(make("div", { dir: "auto", text: words }));
    if (example) held.hint.append(make("div", { class: "jk-example", dir: "auto", text: example }));
  }
  setHidden(held.add, !adds);
  held.add.setAttribute("aria-label", zone.title ? `${adds} to ${zone.title}` : adds);
  setText(held.addText, adds);
  Object.assign(held, { zone, key: zoneKey(board, zone), shape: zone.shape, said: hint });
}

/** Return all that a zone's looks come from. */
function zoneKey(board, zone) {
  return JSON.stringify([zone, hintOf(board, zone), addWords(board, zone)]);
}

/** Put a card into its column, where a zone has columns. */
function placeCard(board, node, zone, place) {
  const isColumn = zone.shape === "columns";
  if (!isColumn && !node.jkColumn) return;
  const column = Math.min(place, zone.cell[3] - 1);
  const at = zone.cell[1] + column;
  const isAway = isColumn && board.zoom && (at < board.zoom[0] || at >= board.zoom[1]);
  node.jkColumn = isColumn ? column + 1 : 0;
  node.style.gridColumn = node.jkColumn || "";
  node.classList.toggle("jk-away", Boolean(isAway));
}

function zoneWords(zone) {
  const n = zone.cards.length;
  const words = [zone.title || "Zone", n ? counted(n, "card") : "empty"];
  if (!n && zone.hint) words.push(zone.hint);
  if (zone.why_not) words.push(zone.why_not);
  return words.join(", ");
}

/** Lay out columns and rows, and set the heads. */
function drawFrame(board, grid, zones) {
  const { shown } = board.state;
  const size = frameSize(shown);
  const range = board.zoom ?? [0, shown.n_columns];
  board.size = size;
  grid.style.gridTemplateColumns = size.columns
    .map((one, i) => (one.isHead || (i >= range[0] && i < range[1]) ? one.track : "0"))
    .join(" ");
  grid.style.gridTemplateRows = size.rows.map((one) => one.track).join(" ");
  for (const node of grid.querySelectorAll(":scope > .jk-head")) node.remove();
  const [nTop, nLeft] = [size.rows, size.columns].map((tracks) => tracks.findIndex((one) => !one.isHead));
  if (nTop > 0 && nLeft > 0) {
    const corner = make("div", { class: "jk-head jk-corner jk-at-top jk-at-left" });
    placeInGrid(board, corner, [0, 0, nTop, nLeft]);
    grid.append(corner);
  }
  for (const head of shown.heads) {
    const node = newHead(board, head, size);
    placeInGrid(board, node, head.cell);
    grid.append(node);
  }
  const ids = new Set(shown.zones.map((zone) => zone.id));
  for (const [id, held] of zones) {
    if (!ids.has(id)) {
      held.node.remove();
      zones.delete(id);
    }
  }
  for (const zone of shown.zones) {
    const held = zones.get(zone.id);
    if (!held) continue;
    held.key = ""; // its cards find their columns again
    placeInGrid(board, held.node, zone.cell);
  }
}

/** Return the tracks: which columns and rows hold only heads, how much room the others need. */
function frameSize(shown) {
  const columns = Array.from({ length: shown.n_columns }, () => ({ room: 0, word: 0, isHead: true, levels: new Set() }));
  const rows = Array.from({ length: shown.n_rows }, () => ({ isHead: true, levels: new Set() }));
  for (const { cell, shape: form } of shown.zones) {
    const [row, column, nRows, nColumns] = cell;
    const isWhole = nColumns === shown.n_columns && nColumns > 1; // it lies under the heads too
    const need = form === "columns" || form === "curve" ? COLUMN_ROOM : CARD_ROOM / nColumns;
    for (let i = column; !isWhole && i < column + nColumns && columns[i]; i += 1) {
      columns[i].isHead = false;
      columns[i].room = Math.max(columns[i].room, need);
    }
    for (let i = row; i < row + nRows && rows[i]; i += 1) Object.assign(rows[i], { isHead: false, isWhole });
  }
  for (const { cell, level, text } of shown.heads) {
    const column = cell[3] === 1 && columns[cell[1]];
    if (column) {
      column.levels.add(level);
      column.word = Math.max(column.word, longestWord(text));
    }
    if (cell[2] === 1) rows[cell[0]]?.levels.add(level);
  }
  if (columns.every((one) => one.isHead)) columns.forEach((one) => Object.assign(one, { isHead: false, room: CARD_ROOM }));
  const isAxis = (one) => one.levels.size === 1 && one.levels.has("axis");
  for (const one of columns) {
    if (!one.isHead) one.track = `minmax(calc(${Math.ceil(one.room)}px * var(--b-scale)), 1fr)`;
    else one.track = isAxis(one) ? "max-content" : `max(var(--b-head), ${one.word}px)`;
  }
  // Quadrants are of equal height: they are read by their middle.
  const isMatrix = shown.heads.some((head) => head.level === "axis");
  const inner = rows.filter((one) => !one.isHead && !one.isWhole).length > 2 ? "minmax(96px, auto)" : "minmax(200px, 1fr)";
  for (const one of rows) {
    one.track = one.isHead ? "auto" : isMatrix && !one.isWhole ? inner : "minmax(44px, auto)";
  }
  return { columns, rows };
}

/** Return the room that the longest word of a head needs, within reason. */
function longestWord(text) {
  const width = Math.max(0, ...text.split(/\s+/).map((word) => wordsWidth(word, true, HEAD_LETTERS)));
  return Math.min(MOST_HEAD, Math.ceil(width) + HEAD_EDGES);
}

function newHead(board, head, size) {
  const [row, column, , nColumns] = head.cell;
  const node = make("div", { class: `jk-head jk-head-${head.level}` });
  if (head.entry) {
    const kind = head.level === "stage" ? "stage" : "";
    const act = () => board.panel.openEntry({ entry: head.entry, kind, text: head.text, version: 0 });
    node.append(make("button", { class: "jk-head-text jk-head-open", dir: "auto", text: head.text, on: { click: act } }));
  } else node.append(make("div", { class: "jk-head-text", dir: "auto", text: head.text }));
  if (head.detail) node.append(make("div", { class: "jk-head-detail", dir: "auto", text: head.detail }));
  node.classList.toggle("jk-at-left", Boolean(size.columns[column]?.isHead) && nColumns === 1);
  node.classList.toggle("jk-at-top", Boolean(size.rows[row]?.isHead) && head.level !== "line");
  if (head.level === "stage") {
    node.setAttribute("role", "heading");
    node.setAttribute("aria-level", "3");
    const isNear = board.zoom?.[0] === column;
    const words = isNear ? "Show the whole map" : `Show ${head.text} alone`;
    const act = () => board.zoomTo(isNear ? null : [column, column + nColumns]);
    node.append(iconButton("zoom", words, act, { class: "jk-button jk-zoom" }));
  }
  return node;
}

function placeInGrid(board, node, cell) {
  const [row, column, nRows, nColumns] = cell;
  node.style.gridRow = `${row + 1} / span ${nRows}`;
  node.style.gridColumn = `${column + 1} / span ${nColumns}`;
  const { zoom, size } = board;
  const isHead = size.columns[column]?.isHead && nColumns === 1;
  const isAway = zoom && !isHead && (column >= zoom[1] || column + nColumns <= zoom[0]);
  node.classList.toggle("jk-away", Boolean(isAway));
}

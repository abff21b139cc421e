// The picture: heads and zones on a grid, cards in zones. What is there is used again,
// so that a card keeps its element, the focus and what is being typed into it.

const CARD_ROOM = 176;
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
  const drawn = { frame: null, heads: null, zoom: undefined };
  grid.append(over);

  function draw() {
    const { state } = board;
    const focused = board.focused();
    const edited = board.editor?.hold();
    const frame = JSON.stringify(state.shown.zones.map((zone) => [zone.id, zone.cell, zone.shape]));
    const isNewFrame = frame !== drawn.frame || board.zoom !== drawn.zoom;
    if (isNewFrame || state.shown.heads !== drawn.heads) {
      drawn.frame = frame;
      drawn.heads = state.shown.heads;
      drawn.zoom = board.zoom;
      drawFrame(board, grid, zones);
    }
    const before = isNewFrame ? null : placesOf(cards, state);
    for (const zone of state.shown.zones) drawZone(zone);
    for (const [id, node] of cards) {
      if (!(id in state.shown.cards)) {
        observer.unobserve(node);
        node.remove();
        cards.delete(id);
      }
    }
    if (before) showMoves(before, cards);
    edited?.();
    if (focused && !board.focused()) board.focusAgain(focused);
    board.afterDraw();
  }

  function drawZone(zone) {
    let held = zones.get(zone.id);
    if (!held) {
      held = newZone(board, zone);
      zones.set(zone.id, held);
      placeInGrid(board, held.node, zone.cell);
      grid.append(held.node);
    }
    if (held.zone !== zone) paintZone(board, held, zone);
    let next = held.list.firstElementChild;
    for (const [place, id] of zone.cards.entries()) {
      const card = board.state.shown.cards[id];
      if (!card) continue;
      const node = drawCard(card);
      if (node === next) next = next.nextElementSibling;
      else held.list.insertBefore(node, next);
      if (held.zone !== zone) {
        node.setAttribute("aria-posinset", place + 1);
        node.setAttribute("aria-setsize", zone.cards.length);
        const column = Math.min(place, zone.cell[3] - 1);
        const isColumn = zone.shape === "columns";
        const { zoom } = board;
        const isAway = isColumn && zoom && (zone.cell[1] + column < zoom[0] || zone.cell[1] + column >= zoom[1]);
        node.classList.toggle("jk-away", Boolean(isAway));
        node.style.gridColumn = isColumn ? column + 1 : "";
      }
    }
    held.zone = zone;
  }

  function drawCard(card) {
    let node = cards.get(card.id);
    const isPending = board.state.shown.pending.has(card.entry);
    if (!node) {
      node = newCardElement(card, (one) => observer.observe(one));
      cards.set(card.id, node);
    }
    if (node.jkCard === card && node.jkPending === isPending) return node;
    // A whole layout that arrives again is made of equal cards, not of the same ones.
    const key = JSON.stringify([card, isPending]);
    if (node.jkKey !== key) paintCard(node, card, board.state);
    Object.assign(node, { jkCard: card, jkPending: isPending, jkKey: key });
    return node;
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

function newZone(board, zone) {
  const title = make("div", { class: "jk-zone-title", dir: "auto" });
  const list = make("div", { class: "jk-cards" });
  const hint = make("div", { class: "jk-hint" });
  const attrs = { class: "jk-zone", role: "group", tabindex: "-1", "data-zone": zone.id };
  const node = make("div", attrs, title, list, hint);
  const add = make("button", {
    class: "jk-add",
    tabindex: "-1",
    on: { click: () => board.editor.openAdd(zone.id) },
  });
  node.append(add);
  return { node, title, list, hint, add, zone: null };
}

function paintZone(board, held, zone) {
  const { node, list } = held;
  const { kinds, settings } = board.state;
  const isEmpty = zone.cards.length === 0;
  node.className = `jk-zone jk-shape-${zone.shape}`;
  node.classList.toggle("jk-empty", isEmpty);
  node.classList.toggle("jk-toned", Boolean(zone.tone));
  setToken(node, "--jk-ground", zone.tone);
  node.setAttribute("aria-label", zoneWords(zone));
  held.title.textContent = zone.is_titled ? zone.title : "";
  held.title.hidden = !zone.is_titled || !zone.title;
  if (isEmpty) list.removeAttribute("role");
  else list.setAttribute("role", "list");
  held.hint.replaceChildren();
  if (isEmpty && (zone.hint || zone.example) && board.saysHint(zone)) {
    if (zone.hint) held.hint.append(make("div", { dir: "auto", text: zone.hint }));
    if (zone.example) {
      held.hint.append(make("div", { class: "jk-example", dir: "auto", text: zone.example }));
    }
  }
  const what = lowered(kinds[zone.adds]?.label ?? "card");
  held.add.hidden = !zone.adds || settings.is_read_only;
  const isName = kinds[zone.adds]?.text_field === "name";
  const words = !board.isForm() ? `Add ${what}` : isName ? "Add just a name" : "Add just a line";
  held.add.setAttribute("aria-label", zone.title ? `${words} to ${zone.title}` : words);
  held.add.replaceChildren(icon("plus"), make("span", { text: words }));
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
    held.zone = null;
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

/** Return where cards stand on the screen, of those that are about to move. */
function placesOf(cards, state) {
  if (isStill()) return null;
  const moved = [];
  for (const [id, node] of cards) {
    const home = node.parentElement?.parentElement?.dataset.zone;
    const zone = zoneOf(state, id);
    if (zone && home && zone.id !== home) moved.push([id, node.getBoundingClientRect()]);
    if (moved.length > FEW_MOVED) return null;
  }
  return moved;
}

function showMoves(before, cards) {
  for (const [id, was] of before) {
    const node = cards.get(id);
    const is = node?.getBoundingClientRect();
    if (!is || node.classList.contains("jk-landed")) continue;
    const from = `translate(${was.left - is.left}px, ${was.top - is.top}px)`;
    node.animate([{ transform: from }, { transform: "none" }], { duration: 160, easing: "ease-out" });
  }
}

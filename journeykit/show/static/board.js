// One board for every layout: Python says what stands where, this draws it, and what
// people do goes back as small messages.
//
// The parts are joined into one module, in the order of PARTS in board.py. There is no
// bundler, and nothing is loaded from outside.

const DRAFTS_MS = 5000;
let nBoards = 0;

/** Draw a board into *el*; anywidget calls this for each view. */
function render({ model, el }) {
  nBoards += 1;
  const state = makeState(model);
  const shelf = makeShelf(state.settings.workshop ?? "");
  const client = clientDigits();
  const root = make("div", { class: "jk-board", "data-layout": state.truth.name, "data-kind": state.settings.kind });
  const live = make("div", { class: "jk-live", "aria-live": "polite" });
  const startedAt = Date.now();
  const takeOver = () => {
    board.redraw();
    // Later nobody wants a box to open by itself.
    if (Date.now() - startedAt < DRAFTS_MS) restoreDrafts(board);
  };
  const board = {
    model,
    root,
    state,
    shelf,
    client,
    prefix: `jk${nBoards}-${randomHex(6)}`,
    sessions: new Map(),
    selected: new Set(),
    zoom: null,
    walkColumn: 0,
    place: null,
    pointed: null,
    lines: null,
    linking: null,
    isCut: false,
    send: (message) => sendOrNote(board, message),
    say: (words) => (live.textContent = words),
    focusNode: () => root.getRootNode().activeElement,
  };
  Object.assign(board, boardFocus(board), boardActs(board));
  board.outbox = makeOutbox({
    shelf,
    client,
    send: board.send,
    isCut: () => board.isCut,
    onChange: () => showHowItStands(board),
    onRevived: () => board.send({ type: "hello" }),
    onRestored: takeOver,
  });
  board.grid = makeGrid(board);
  board.editor = makeEditor(board);
  board.moving = makeMoving(board);
  board.notes = makeNotes(board);
  board.panel = makePanel(board);
  board.bar = makeBar(board);
  board.foot = make("div", { class: "jk-foot", dir: "auto" });
  const list = make("div", { class: "jk-list" }, board.panel.newButton, board.grid.scroll);
  const main = make("div", { class: "jk-main" }, list, board.panel.node);
  root.append(board.bar.node, board.notes.banner, board.notes.tray, main, board.foot, board.notes.undoBar, live);
  root.classList.toggle("jk-form", state.settings.view === "form");
  el.append(root);
  const ends = [listenToPointers(board), listenToPage(board), listenToKernel(board)];
  listenToKeys(board);
  listenToFocus(board);
  board.bar.start();
  board.redraw();
  showHowItStands(board);
  board.outbox.restore().then(takeOver);
  holdPageLock(client);
  board.send({ type: "hello" });
  return () => {
    board.editor.flush();
    board.panel.flush();
    board.outbox.flush();
    board.outbox.stop();
    for (const end of ends) end();
    board.notes.stop();
    board.grid.stop();
    root.remove();
  };
}

/** Send a message; after a restart of the kernel there is nobody to send it to. */
function sendOrNote(board, message) {
  let isCut = false;
  try {
    board.model.send(message);
  } catch {
    isCut = true; // what was to be written waits in the outbox
  }
  if (isCut === board.isCut) return;
  board.isCut = isCut;
  // The outbox may be in the middle of sending.
  queueMicrotask(() => board.root.isConnected && showHowItStands(board));
}

/** Show the state line and the banner. */
function showHowItStands(board) {
  const { settings } = board.state;
  const status = board.outbox.status();
  const { line, banner } = stateWords(status, board.shelf.isKeeping());
  if (settings.is_read_only) board.bar.showState("locked", settings.why_read_only || "Read only");
  else board.bar.showState(status.word, line);
  board.notes.setBanner(banner);
}

/** Scroll to what has the focus before the next frame, when all is laid out anyway. */
function keepInSight(board, node) {
  if (!board.inSight) {
    requestAnimationFrame(() => {
      if (board.inSight.isConnected) board.inSight.scrollIntoView({ block: "nearest", inline: "nearest" });
      board.inSight = null;
    });
  }
  board.inSight = node;
}

/** Return what a board does with the focus: one place at a time can be tabbed to. */
function boardFocus(board) {
  let marked = [];
  return {
    /** Return the place that has the focus: { zone, card }; null if none has. */
    focused() {
      const node = board.focusNode();
      if (!node || !board.grid.grid.contains(node) || node.closest(".jk-box")) return null;
      const card = node.closest(".jk-card")?.dataset.card ?? null;
      const zone = node.closest(".jk-zone")?.dataset.zone ?? null;
      return zone ? { zone, card } : null;
    },
    isWriting: () => Boolean(board.focusNode()?.closest?.("textarea, input, select")),
    focusOn({ zone, card }) {
      const node = board.grid.cardNode(card) ?? board.grid.zoneNode(zone ?? zoneOf(board.state, card)?.id);
      if (!node) return;
      board.holdTabStop(node);
      if (board.focusNode() !== node) node.focus({ preventScroll: true });
      keepInSight(board, node);
    },
    /** Give the focus back after drawing: to the card, else to what stands in its place. */
    focusAgain({ zone, card }) {
      if (card && board.grid.cardNode(card)) return board.focusOn({ card });
      const left = board.state.zones.get(zone);
      return board.focusOn({ zone, card: left?.cards[0] });
    },
    holdTabStop(node) {
      if (board.place === node) return;
      board.place?.setAttribute("tabindex", "-1");
      board.place = node;
      node?.setAttribute("tabindex", "0");
    },
    showSelection() {
      for (const id of [...board.selected]) if (!(id in board.state.shown.cards)) board.selected.delete(id);
      for (const node of marked) node.classList.toggle("jk-selected", board.selected.has(node.dataset.card));
      marked = [...board.selected].map((id) => board.grid.cardNode(id)).filter(Boolean);
      for (const node of marked) node.classList.add("jk-selected");
      markLinks(board);
    },
    clearSelection() {
      board.selected.clear();
      board.showSelection();
    },
  };
}

/** Keep the tab stop where the focus is; clicks choose, double clicks edit. */
function listenToFocus(board) {
  const { grid } = board.grid;
  grid.addEventListener("focusin", (event) => {
    const node = event.target.closest(".jk-card") ?? event.target.closest(".jk-zone");
    if (!node) return;
    board.holdTabStop(node);
    markLinks(board);
    addOpenButton(board, node);
    if (board.state.settings.view === "form" && node.dataset.card) board.panel.open(node.dataset.card, true);
  });
  grid.addEventListener("pointerover", (event) => {
    const node = event.target.closest?.(".jk-card");
    if (node) addOpenButton(board, node);
    board.pointed = node?.dataset.entry ?? null;
    markLinks(board);
  });
  const forget = () => {
    board.pointed = null;
    markLinks(board);
  };
  grid.addEventListener("pointerleave", forget);
  grid.addEventListener("focusout", () => queueMicrotask(() => markLinks(board)));
  grid.addEventListener("click", (event) => {
    const node = event.target.closest(".jk-card");
    if (!node || board.swallowClick || event.target.closest("button, textarea")) return;
    const { card } = node.dataset;
    if (board.linking) return board.endLinking(card);
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      if (!board.selected.delete(card)) board.selected.add(card);
    } else board.selected.clear();
    board.showSelection();
    board.focusOn({ card });
  });
  grid.addEventListener("dblclick", (event) => {
    const node = event.target.closest(".jk-card");
    if (node && !event.target.closest("button, textarea")) board.editor.openCard(node.dataset.card);
    else if (!node && event.target.closest(".jk-cards, .jk-hint")) {
      board.editor.openAdd(event.target.closest(".jk-zone").dataset.zone);
    }
  });
}

/** Give a card that is pointed at the button that opens it. */
function addOpenButton(board, node) {
  if (!node.dataset.card || node.querySelector(":scope > .jk-open") || board.state.settings.view === "form") return;
  const words = `Open ${shortened(board.state.shown.cards[node.dataset.card]?.text ?? "")}`;
  const act = (event) => {
    event.stopPropagation();
    board.open(node.dataset.card);
  };
  node.append(iconButton("open", words, act, { class: "jk-button jk-open jk-kept", tabindex: "-1" }));
}

/** Listen to the page itself: it hides, closes, wakes, changes its size. */
function listenToPage(board) {
  const flush = () => {
    board.editor.flush();
    board.panel.flush();
    board.outbox.flush();
  };
  let lastTick = Date.now();
  const wake = () => {
    if (document.visibilityState !== "visible") return flush();
    board.outbox.nudge();
    board.send({ type: "hello" });
    return undefined;
  };
  // A frozen page gets no events, but its clock has jumped.
  const clock = setInterval(() => {
    if (Date.now() - lastTick > 15000) wake();
    lastTick = Date.now();
  }, 5000);
  const onStorage = (event) => {
    if (event.key?.startsWith(board.shelf.prefix) && event.newValue === null) {
      board.outbox.forget(event.key.slice(board.shelf.prefix.length));
      board.redraw();
    }
  };
  window.addEventListener("pagehide", flush);
  window.addEventListener("storage", onStorage);
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  let width = 0;
  const sizes = new ResizeObserver(() => {
    board.redrawLines();
    const { offsetWidth: now } = board.grid.grid;
    if (now !== width) board.grid.lookAtLong();
    width = now;
  });
  sizes.observe(board.grid.grid);
  return () => {
    clearInterval(clock);
    sizes.disconnect();
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("storage", onStorage);
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}

export default { render };

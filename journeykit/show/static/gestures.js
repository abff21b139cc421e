// Mouse, pen and touch: a card is dragged after four pixels, by touch after a long press,
// so that a finger can still scroll. Pointer events; HTML5 drag knows no touch.

const DRAG_PX = 4;
const PRESS_MS = 250;
const SLIP_PX = 8;
const EDGE_PX = 48;

/** Listen to pointers on a board; return what stops that. */
function listenToPointers(board) {
  const { grid, scroll } = board.grid;
  let held = null; // { card, x, y, pointer, isTouch, timer, ghost }
  let why = null;
  // What lies under it is not hovered while something is dragged, and nothing is selected.
  // A rule for all of the board was turned down: each drop restyled every card.
  const glass = make("div", { class: "jk-glass" });
  let rolling = 0;

  function onDown(event) {
    const node = event.target.closest?.(".jk-card");
    const isWriting = event.target.closest("button, textarea, input, .jk-box");
    if (!node || isWriting || event.button > 0 || held) return;
    const card = node.dataset.card;
    if (board.linking) return;
    held = { card, x: event.clientX, y: event.clientY, pointer: event.pointerId, isTouch: event.pointerType === "touch" };
    if (held.isTouch) held.timer = setTimeout(() => held && lift(held.x, held.y), PRESS_MS);
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    window.addEventListener("keydown", onKey, true);
  }

  function lift(x, y) {
    const ids = board.selected.has(held.card) ? [...board.selected] : [held.card];
    if (!board.moving.start(ids)) return release();
    const node = board.grid.cardNode(held.card);
    const box = node.getBoundingClientRect();
    const ghost = node.cloneNode(true);
    ghost.className = "jk-card jk-ghost";
    ghost.setAttribute("aria-hidden", "true");
    ghost.removeAttribute("tabindex");
    if (ids.length > 1) ghost.append(make("span", { class: "jk-many", text: ids.length }));
    ghost.style.width = `${box.width}px`;
    why = make("div", { class: "jk-why", hidden: true });
    board.root.append(ghost, why);
    grid.append(glass);
    Object.assign(held, { ghost, dx: held.x - box.left, dy: held.y - box.top });
    follow(x, y);
    board.say("Lifted. Let go over a zone to put it there, Escape puts it back.");
  }

  function onMove(event) {
    if (!held || event.pointerId !== held.pointer) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    if (!held.ghost) {
      if (held.isTouch) {
        if (far > SLIP_PX) release();
        return;
      }
      if (far < DRAG_PX) return;
      lift(event.clientX, event.clientY);
      if (!held) return;
    }
    event.preventDefault();
    follow(event.clientX, event.clientY);
  }

  function follow(x, y) {
    const origin = board.root.getBoundingClientRect();
    held.at = [x, y];
    held.ghost.style.transform = `translate(${x - held.dx - origin.left}px, ${y - held.dy - origin.top}px)`;
    const zoneNode = zoneAt(x, y);
    const zone = zoneNode && board.state.zones.get(zoneNode.dataset.zone);
    const words = board.moving.over(zone?.id, zone ? cardBelow(board, zone, x, y) : null);
    why.textContent = words;
    why.hidden = !words;
    why.style.transform = `translate(${x - origin.left + 12}px, ${y - origin.top + 16}px)`;
    if (!rolling) rolling = requestAnimationFrame(roll);
  }

  /** Return the zone at a point, under whatever JupyterLab laid over it meanwhile. */
  function zoneAt(x, y) {
    const within = (node) => board.root.contains(node) && node.closest(".jk-zone");
    const under = board.root.getRootNode().elementsFromPoint(x, y).find(within);
    return under?.closest(".jk-zone");
  }

  /** Scroll while the pointer is near an edge of the board's box. */
  function roll() {
    rolling = 0;
    if (!held?.ghost) return;
    const box = scroll.getBoundingClientRect();
    const [x, y] = held.at;
    const push = (place, low, high) =>
      place < low + EDGE_PX ? Math.max(-14, (place - low - EDGE_PX) / 4) : place > high - EDGE_PX ? Math.min(14, (place - high + EDGE_PX) / 4) : 0;
    const by = [push(x, box.left, box.right), push(y, box.top, box.bottom)];
    const [left, top] = [scroll.scrollLeft, scroll.scrollTop];
    scroll.scrollBy(...by);
    if (scroll.scrollLeft !== left || scroll.scrollTop !== top) follow(x, y);
  }

  function onUp(event) {
    if (!held || event.pointerId !== held.pointer) return;
    const { card, ghost } = held;
    if (!ghost) return release();
    board.moving.drop();
    release();
    board.swallowClick = true; // the click that ends a drag opens nothing
    setTimeout(() => (board.swallowClick = false), 50);
    board.focusOn({ card });
  }

  function onCancel() {
    if (!held) return;
    if (held.ghost) {
      board.moving.cancel();
      board.say("Put back.");
    }
    release();
  }

  function onKey(event) {
    if (event.key !== "Escape" || !held?.ghost) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  }

  function release() {
    clearTimeout(held?.timer);
    held?.ghost?.remove();
    why?.remove();
    glass.remove();
    held = null;
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", onUp);
    window.removeEventListener("pointercancel", onCancel);
    window.removeEventListener("keydown", onKey, true);
  }

  const onTouch = (event) => {
    if (held?.ghost && event.cancelable) event.preventDefault();
  };
  const onMenu = (event) => {
    if (held?.isTouch) event.preventDefault();
  };
  grid.addEventListener("pointerdown", onDown);
  const onSelect = (event) => {
    if (held) event.preventDefault();
  };
  grid.addEventListener("selectstart", onSelect);
  grid.addEventListener("touchmove", onTouch, { passive: false });
  grid.addEventListener("contextmenu", onMenu);
  return () => {
    onCancel();
    grid.removeEventListener("pointerdown", onDown);
  };
}

/** Return the card before which something dropped at a point would stand; null: the end. */
function cardBelow(board, zone, x, y) {
  const lifted = board.moving.current()?.ids ?? [];
  for (const id of zone.cards) {
    if (lifted.includes(id)) continue;
    const box = board.grid.cardNode(id)?.getBoundingClientRect();
    if (!box?.width) continue;
    const isBefore =
      zone.shape === "list"
        ? y < box.top + box.height / 2
        : y < box.top || (y < box.bottom && x < box.left + box.width / 2);
    if (isBefore) return id;
  }
  return null;
}

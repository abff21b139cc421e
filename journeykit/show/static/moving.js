// Moving cards, by whatever hand: which zones take them, where they would stand, the drop.

/** Return what moves cards on a board. */
function makeMoving(board) {
  const bar = make("div", { class: "jk-drop", hidden: true });
  let moving = null; // { ids, kinds, zone, before, start }

  function start(ids) {
    const { state } = board;
    const cards = ids.map((id) => state.shown.cards[id]).filter(Boolean);
    const fixed = cards.find((card) => card.is_fixed);
    if (state.settings.is_read_only || fixed || !cards.length) {
      const zone = fixed && zoneOf(state, fixed.id);
      board.say(state.settings.why_read_only || zone?.why_not || "This card cannot be moved.");
      return false;
    }
    board.editor.finish();
    moving = { ids, kinds: new Set(cards.map((card) => card.kind)), zone: null, before: null };
    for (const { node, add, zone } of board.grid.zones.values()) {
      node.classList.add(takes(zone) ? "jk-takes" : "jk-refuses");
      add.classList.add("jk-quiet");
    }
    for (const id of ids) board.grid.cardNode(id)?.classList.add("jk-lifted");
    board.grid.grid.append(bar);
    return true;
  }

  const takes = (zone) => [...moving.kinds].every((kind) => takesKind(zone, kind));

  /** Show where the cards would stand; return why not, "" if they may. */
  function over(zoneId, before) {
    const zone = board.state.zones.get(zoneId);
    board.grid.zoneNode(moving.zone)?.classList.remove("jk-over-zone");
    moving.zone = null;
    bar.hidden = true;
    if (!zone) return "";
    if (!takes(zone)) {
      const kind = [...moving.kinds].find((one) => !takesKind(zone, one));
      return whyNot(board.state, zone, kind);
    }
    moving.zone = zoneId;
    moving.before = before;
    board.grid.zoneNode(zoneId).classList.add("jk-over-zone");
    placeBar(zone, before);
    return "";
  }

  function placeBar(zone, before) {
    const cards = zone.cards.filter((id) => !moving.ids.includes(id));
    const near = before ?? cards.at(-1);
    const box = near && board.grid.cardNode(near)?.getBoundingClientRect();
    if (!box?.width) return;
    const origin = board.grid.grid.getBoundingClientRect();
    const isFlat = zone.shape === "list";
    const [x, y] = [box.left - origin.left, box.top - origin.top];
    Object.assign(bar.style, {
      left: `${isFlat ? x : x + (before ? -6 : box.width + 2)}px`,
      top: `${isFlat ? y + (before ? -6 : box.height + 2) : y}px`,
      width: isFlat ? `${box.width}px` : "4px",
      height: isFlat ? "4px" : `${box.height}px`,
    });
    bar.hidden = false;
  }

  function end() {
    if (!moving) return;
    for (const { node, add } of board.grid.zones.values()) {
      node.classList.remove("jk-takes", "jk-refuses", "jk-over-zone");
      add.classList.remove("jk-quiet");
    }
    for (const id of moving.ids) board.grid.cardNode(id)?.classList.remove("jk-lifted");
    bar.remove();
    bar.hidden = true;
    moving = null;
  }

  function drop() {
    const { ids, zone, before } = moving;
    end();
    if (zone) moveCards(board, ids, zone, before);
    return Boolean(zone);
  }

  return {
    start,
    over,
    drop,
    cancel: end,
    current: () => moving,
    /** The board was drawn anew: zones may be other elements now. */
    refresh() {
      if (!moving) return;
      const { ids, zone, before } = moving;
      const left = ids.filter((id) => board.state.shown.cards[id]);
      end();
      if (left.length && start(left) && zone) over(zone, before);
    },
  };
}

/** Write that cards stand in a zone now, before another card or at the end. */
function moveCards(board, ids, zoneId, before) {
  const { state } = board;
  const zone = state.zones.get(zoneId);
  const rest = zone.cards.filter((id) => !ids.includes(id));
  const target = before && rest.includes(before) ? before : null;
  const last = new Map();
  const ops = [];
  const places = [];
  for (const id of ids) {
    const card = state.shown.cards[id];
    const isHere = zone.cards.includes(id);
    if (isHere && ids.length === 1 && nextAfter(zone, id) === target) return;
    const near = neighbours(state, zone, card.kind, target, ids);
    ops.push({
      do: "change",
      entry: card.entry,
      kind: card.kind,
      fields: isHere ? {} : putsFor(zone, card),
      base: card.version,
      after: last.get(card.kind) ?? near.after,
      before: near.before,
    });
    last.set(card.kind, card.entry);
    places.push({ zone: zoneId, card: id, before: target });
  }
  for (const id of ids) board.grid.cardNode(id)?.classList.add("jk-landed");
  board.write(ops, places);
  for (const id of ids) board.grid.cardNode(id)?.classList.remove("jk-landed");
  const now = state.zones.get(zoneId).cards;
  const place = now.indexOf(ids[0]) + 1;
  const what = ids.length > 1 ? counted(ids.length, "card") + " moved" : "Moved";
  board.say(`${what} to ${zone.title || "the zone"}, ${place} of ${now.length}`);
}

function nextAfter(zone, id) {
  return zone.cards[zone.cards.indexOf(id) + 1] ?? null;
}

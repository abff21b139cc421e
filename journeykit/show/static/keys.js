// Everything by keyboard. On the board one thing has the focus, a card or a zone; arrows
// walk, space lifts and drops, letters are commands. Nothing typed here leaves the board.

const KEY_HELP = [
  ["Arrows", "walk"],
  ["Enter", "edit"],
  ["n", "new card"],
  ["Space", "lift, arrows move, Space drops"],
  ["m", "move to…"],
  ["o", "open"],
  ["v", "vote"],
  ["l", "link to…"],
  ["Delete", "remove"],
  ["/", "search"],
  ["Ctrl+Z", "undo"],
];

/** Listen to the keyboard on a board; return what stops that. */
function listenToKeys(board) {
  const { grid } = board.grid;

  function onKey(event) {
    if (event.isComposing) return;
    const isWriting = event.target.closest("input, textarea, select");
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = isCommand && !event.altKey ? commandKey(key, event, isWriting) : null;
    if (act) {
      event.preventDefault();
      act();
    } else if (!isCommand && !event.altKey && !isWriting && event.target.closest(".jk-grid")) {
      if (gridKey(key, event)) event.preventDefault();
    }
    event.stopPropagation();
  }

  function commandKey(key, event, isWriting) {
    if (key === "f") return board.bar.focusSearch;
    if (isWriting) return null; // the browser's own undo belongs to the text
    if (key === "z") return () => board.revert(event.shiftKey ? "redo" : "undo");
    if (key === "y") return () => board.revert("redo");
    if (key === "a" && event.target.closest(".jk-grid")) return selectZone;
    return null;
  }

  function gridKey(key, event) {
    if (board.moving.current()) return movingKey(key, event);
    const place = board.focused();
    if (!place) return false;
    if (event.target.closest("button") && [" ", "Enter"].includes(key)) return false;
    if (board.linking) return linkingKey(key, place, event);
    if (key in ARROWS) return walk(key, place, event.shiftKey);
    const act = cardKeys(place)[key] ?? zoneKeys(place)[key];
    act?.();
    return Boolean(act);
  }

  function walk(key, place, isSelecting) {
    const next = stepFrom(board, place, key);
    if (!next) return true;
    if (isSelecting) {
      for (const one of [place.card, next.card]) if (one) board.selected.add(one);
      board.showSelection();
    }
    board.focusOn(next);
    return true;
  }

  const cardKeys = (place) =>
    place.card
      ? {
          " ": () => lift(place),
          Enter: () => board.editor.openCard(place.card),
          F2: () => board.editor.openCard(place.card),
          Delete: () => board.removeCards(chosen(place)),
          Backspace: () => board.removeCards(chosen(place)),
          o: () => board.open(place.card),
          v: () => board.vote(place.card),
          l: () => board.startLinking(place.card),
          m: () => board.askWhere(chosen(place)),
        }
      : {};

  const zoneKeys = (place) => ({
    n: () => board.editor.openAdd(place.zone),
    Insert: () => board.editor.openAdd(place.zone),
    Enter: () => board.editor.openAdd(place.zone),
    "/": board.bar.focusSearch,
    "?": () => board.notes.showKeys(KEY_HELP),
    Home: () => board.focusOn({ zone: place.zone, card: board.state.zones.get(place.zone).cards[0] }),
    End: () => board.focusOn({ zone: place.zone, card: board.state.zones.get(place.zone).cards.at(-1) }),
    Escape: () => board.clearSelection(),
  });

  const chosen = (place) => (board.selected.has(place.card) ? [...board.selected] : [place.card]);

  function selectZone() {
    const place = board.focused();
    for (const id of board.state.zones.get(place?.zone)?.cards ?? []) board.selected.add(id);
    board.showSelection();
    board.say(`${counted(board.selected.size, "card")} selected`);
  }

  function lift(place) {
    const ids = chosen(place);
    if (!board.moving.start(ids)) return;
    const zone = board.state.zones.get(place.zone);
    const others = zone.cards.filter((id) => !ids.includes(id));
    const after = zone.cards.slice(zone.cards.indexOf(place.card) + 1).find((id) => !ids.includes(id));
    board.moving.at = { zone: place.zone, index: after ? others.indexOf(after) : others.length };
    board.moving.over(place.zone, after ?? null);
    board.say("Lifted. Arrows move it, Space drops it, Escape puts it back.");
  }

  function movingKey(key) {
    const { moving } = board;
    if (key === " " || key === "Enter") {
      const [card] = moving.current().ids;
      moving.drop();
      board.focusOn({ card });
    } else if (key === "Escape") {
      const [card] = moving.current().ids;
      moving.cancel();
      board.focusOn({ card });
      board.say("Put back.");
    } else if (key in ARROWS) moveOn(key);
    return key !== "Tab";
  }

  function moveOn(key) {
    const { moving } = board;
    const { ids, kinds } = moving.current();
    const { zone: zoneId, index } = moving.at ?? { zone: board.focused()?.zone, index: 0 };
    const zone = board.state.zones.get(zoneId);
    const others = zone.cards.filter((id) => !ids.includes(id));
    const [down, right] = ARROWS[key];
    const along = zone.shape === "list" ? down : right;
    let next = null;
    if (along && index + along >= 0 && index + along <= others.length && takesAll(zone, kinds)) {
      next = { zone, index: index + along };
    } else {
      const canStand = (one) => takesAll(one, kinds);
      const found = zoneTowards(board, [...zone.cell], ARROWS[key], zoneId, canStand);
      if (!found) return board.say("No zone there takes it.");
      const n = found.cards.filter((id) => !ids.includes(id)).length;
      next = { zone: found, index: down < 0 || right < 0 ? n : Math.min(index, n) };
      if (down > 0) next.index = 0;
    }
    moving.at = { zone: next.zone.id, index: next.index };
    const rest = next.zone.cards.filter((id) => !ids.includes(id));
    moving.over(next.zone.id, rest[next.index] ?? null);
    board.grid.zoneNode(next.zone.id).scrollIntoView({ block: "nearest", inline: "nearest" });
    board.say(`${next.zone.title || "Zone"}, place ${next.index + 1} of ${rest.length + 1}`);
  }

  const takesAll = (zone, kinds) => [...kinds].every((kind) => takesKind(zone, kind));

  function linkingKey(key, place, event) {
    if (key === "Escape") board.endLinking(null);
    else if (key === "Enter" || key === " ") board.endLinking(place.card);
    else if (key in ARROWS) walk(key, place, false);
    else return event.key !== "Tab";
    return true;
  }

  function onCopy(event) {
    if (event.target.closest("input, textarea")) return;
    const ids = board.selected.size ? [...board.selected] : [board.focused()?.card].filter(Boolean);
    if (!ids.length) return;
    const lines = ids.map((id) => board.state.shown.cards[id]?.text.replaceAll("\n", " "));
    event.clipboardData.setData("text/plain", lines.filter(Boolean).join("\n"));
    event.preventDefault();
    event.stopPropagation();
    board.say(`${counted(ids.length, "card")} copied`);
  }

  function onPaste(event) {
    if (event.target.closest("input, textarea")) return;
    const place = board.focused();
    const zone = board.state.zones.get(place?.zone);
    const lines = pastedLines(event.clipboardData.getData("text/plain"));
    event.preventDefault();
    event.stopPropagation();
    if (!zone || !lines.length) return;
    if (!zone.adds || board.state.settings.is_read_only) {
      board.say(board.state.settings.why_read_only || zone.why_not || "Nothing can be added here.");
      return;
    }
    const next = place.card ? nextAfter(zone, place.card) : null;
    board.addCards(zone.id, lines, next);
  }

  board.root.addEventListener("keydown", onKey);
  board.root.addEventListener("keypress", stopEvent);
  board.root.addEventListener("keyup", stopEvent);
  grid.addEventListener("copy", onCopy);
  grid.addEventListener("paste", onPaste);
}

function stopEvent(event) {
  event.stopPropagation();
}

// What people can do on a board, whichever hand asks for it: each is one group of
// operations, drawn at once, and one step of undo.

const MOST_OPERATIONS = 400;
const LINES_FIRST = new Set(["copis", "channel_changes", "channel_consistency"]);
const CROWD = 800; // cards, from which on those out of sight are not drawn: few are drawn sooner

/** Return the acts of a board. */
function boardActs(board) {
  let isLinesDue = false;
  const isLocked = () => {
    const { is_read_only: isIt, why_read_only: why } = board.state.settings;
    if (isIt) board.say(why || "This board is read only.");
    return isIt;
  };

  return {
    /** Queue a group of operations and draw what it does. */
    write(ops, places) {
      board.outbox.add("write", ops, places);
      board.notes.settle();
      board.redraw();
    },
    redraw() {
      layOver(board.state, board.outbox.items());
      board.grid.draw();
    },
    /** Draw what lies over the grid, once before the next frame. */
    redrawLines() {
      if (isLinesDue || !hasFollowers(board)) return;
      isLinesDue = true;
      requestAnimationFrame(() => {
        isLinesDue = false;
        if (!board.root.isConnected) return;
        keepHeadsInPlace(board);
        drawLines(board);
      });
    },
    afterDraw(isChanged) {
      const { shown, settings } = board.state;
      setText(board.foot, shown.foot ?? "");
      setHidden(board.foot, !shown.foot);
      board.root.classList.toggle("jk-crowded", Object.keys(shown.cards).length > CROWD);
      // Links run between zones and cards: so no zone can be painted by itself where there are any.
      board.root.classList.toggle("jk-unlinked", !shown.ties.some((tie) => tie.style === "link"));
      board.root.classList.toggle("jk-single", shown.zones.length === 1);
      board.root.classList.toggle("jk-locked", Boolean(settings.is_read_only));
      if (!board.place?.isConnected) {
        const first = firstPlace(board);
        board.holdTabStop(first && (board.grid.cardNode(first.card) ?? board.grid.zoneNode(first.zone)));
      }
      board.showSelection();
      board.bar.refresh();
      board.panel.refresh();
      board.moving.refresh();
      showHowItStands(board);
      if (isChanged) board.redrawLines();
    },
    /** Whether an empty zone says what belongs there: of many alike only the first. */
    saysHint(zone) {
      const { curves } = board.state.shown;
      if (zone.hint === zone.title) return false; // heads say it already
      if (zone.shape === "curve") return curves.every((rows) => rows.every((row) => row.felt === null));
      const { zones } = board.state.shown;
      const row = zones.filter((one) => one.cell[0] === zone.cell[0]);
      const isEachItsOwn = new Set(row.map((one) => one.hint)).size === row.length;
      if (row.length <= 4 || isEachItsOwn) return true;
      const isSaid = zones.some((one) => one.hint === zone.hint && one.cards.length);
      return !isSaid && row[0].id === zone.id;
    },
    isPendingField: (entry, field) =>
      board.outbox.items().some((item) => item.message.ops?.some((op) => op.entry === entry && field in (op.fields ?? {}))),

    revert(type) {
      if (isLocked()) return;
      board.editor.finish();
      board.outbox.add(type);
      board.redraw();
    },

    /** Add cards to a zone, one for each line. */
    addCards(zoneId, lines, before = null) {
      if (isLocked()) return;
      const zone = board.state.zones.get(zoneId);
      const kind = zone.adds;
      const field = board.state.kinds[kind]?.text_field ?? "text";
      for (let start = 0; start < lines.length; start += MOST_OPERATIONS) {
        const now = board.state.zones.get(zoneId);
        const near = neighbours(board.state, now, kind, before);
        let { after } = near;
        const ops = lines.slice(start, start + MOST_OPERATIONS).map((line) => {
          const entry = newEntryId(kind);
          const op = { do: "add", entry, kind, fields: { ...zone.puts[kind], ...zone.starts, [field]: line }, after, before: near.before };
          after = entry;
          return op;
        });
        board.write(ops, ops.map((op) => ({ zone: zoneId, card: op.entry, before, field })));
        if (board.isForm() && lines.length === 1) board.panel.open(ops[0].entry, true);
      }
      if (lines.length > 1) board.notes.offerUndo(`${counted(lines.length, "card")} added.`);
      board.say(`${counted(lines.length, "card")} added to ${zone.title || "the zone"}`);
    },

    removeCards(ids) {
      if (isLocked()) return;
      const { state } = board;
      const cards = ids.map((id) => state.shown.cards[id]).filter(Boolean);
      const fixed = cards.find((card) => card.is_fixed);
      if (fixed) return board.say(zoneOf(state, fixed.id)?.why_not || "This card cannot be removed here.");
      const zone = zoneOf(state, ids[0]);
      const at = zone?.cards.indexOf(ids[0]) ?? 0;
      board.editor.finish();
      const ops = cards.map((card) => ({ do: "remove", entry: card.entry, base: card.version, with_links: true }));
      board.selected.clear();
      board.write(ops, ops.map(() => ({})));
      const left = state.zones.get(zone?.id)?.cards ?? [];
      if (zone) board.focusOn({ zone: zone.id, card: left[Math.min(at, left.length - 1)] });
      const words = cards.length > 1 ? counted(cards.length, "card") : `“${shortened(cards[0].text, 48)}”`;
      board.notes.offerUndo(`Removed ${words}.`);
      board.say(`Removed ${words}. Control Z brings it back.`);
      return undefined;
    },

    vote(cardId) {
      const card = board.state.shown.cards[cardId];
      const { participant } = board.state.settings;
      if (!card || isLocked()) return;
      if (!participant) return board.say("There is nobody to vote as.");
      const fields = { subject: card.entry, participant };
      board.write([{ do: "add", entry: newEntryId("vote"), kind: "vote", fields }], [{}]);
      board.say(`Voted, ${counted(board.state.shown.cards[cardId].n_votes, "vote")} now`);
      return undefined;
    },

    open: (cardId) => board.panel.open(cardId),

    /** Ask for the zone that cards are to move to. */
    askWhere(ids, anchor) {
      if (isLocked()) return;
      const { state } = board;
      const cards = ids.map((id) => state.shown.cards[id]);
      if (cards.some((card) => card.is_fixed)) return board.say(zoneOf(state, ids[0])?.why_not || "This card cannot be moved.");
      const home = zoneOf(state, ids[0]);
      const choices = state.shown.zones
        .filter((zone) => cards.every((card) => takesKind(zone, card.kind)))
        .filter((zone) => zone.id !== home?.id)
        .map((zone) => [zone.id, zone.title || zone.id]);
      const back = { card: ids[0] };
      board.notes.askChoice("Move to…", choices, anchor ?? board.grid.cardNode(ids[0]), back, (zoneId) => {
        moveCards(board, ids, zoneId, null);
        board.focusOn(back);
      });
      return undefined;
    },

    canLink: (card) => (board.state.shown.joins ?? []).some(([source, target]) => [source, target].includes(card.kind)),

    startLinking(cardId) {
      const card = board.state.shown.cards[cardId];
      if (!card || isLocked()) return;
      if (!board.canLink(card)) return board.say("Nothing on this board can be linked to it.");
      board.linking = cardId;
      board.root.classList.add("jk-linking");
      for (const other of Object.values(board.state.shown.cards)) {
        const can = other.entry === card.entry || joinOf(board, card, other);
        board.grid.cardNode(other.id)?.classList.toggle("jk-no-link", !can);
      }
      board.panel.refresh();
      board.focusOn({ card: cardId });
      board.notes.tell("Choose the card to link to. Escape gives up.");
      board.say("Choose the card to link to with the arrows, Enter links, Escape gives up.");
      return undefined;
    },

    endLinking(targetId) {
      const source = board.state.shown.cards[board.linking];
      const target = board.state.shown.cards[targetId];
      board.linking = null;
      board.root.classList.remove("jk-linking");
      for (const node of board.grid.grid.querySelectorAll(".jk-no-link")) node.classList.remove("jk-no-link");
      board.notes.hush();
      board.panel.refresh();
      if (!source || !target || source === target) return board.say("No link was made.");
      const join = joinOf(board, source, target);
      if (!join) return board.notes.tell("These two cannot be linked.");
      const ends = { source: join.from.entry, target: join.to.entry };
      const isChange = join.relation === "channel_change"; // a kind of its own
      const kind = isChange ? "channel_change" : "link";
      const fields = isChange ? ends : { ...ends, relation: join.relation };
      board.write([{ do: "add", entry: newEntryId(kind), kind, fields }], [{}]);
      board.focusOn({ card: source.id });
      return board.say(`Linked to ${shortened(target.text)}`);
    },

    removeLink(link) {
      if (isLocked()) return;
      board.write([{ do: "remove", entry: link, with_links: true }], [{}]);
      board.notes.offerUndo("Removed the link.");
    },

    /** Whether all links are drawn: where they are what the board is about, or if asked. */
    hasLines: () => board.lines ?? LINES_FIRST.has(board.state.shown.name),
    isForm: () => board.state.settings.view === "form",

    /** Whether the layout can be asked for one persona or one touchpoint. */
    isMap: () => board.state.shown.name === "journey_map" || board.state.shown.curves.length > 0,

    /** Ask for the layout with other options; empty ones are not asked. */
    ask(options) {
      board.send({ type: "options", options: { ...board.state.shown.options, ...options } });
    },

    /** Show some columns alone; null shows all. */
    zoomTo(range) {
      board.zoom = range;
      board.redraw();
      board.grid.scroll.scrollTo({ left: 0 });
      board.say(range ? "One stage is shown" : "The whole map is shown");
    },
  };
}

/** Return how two cards can be joined, in whichever direction the board knows. */
function joinOf(board, one, other) {
  for (const [source, target, relation] of board.state.shown.joins ?? []) {
    if (source === one.kind && target === other.kind) return { from: one, to: other, relation };
  }
  for (const [source, target, relation] of board.state.shown.joins ?? []) {
    if (source === other.kind && target === one.kind) return { from: other, to: one, relation };
  }
  return null;
}

/** Whether there is anything that follows the cards: heads that stay, a curve, lines. */
function hasFollowers(board) {
  const { heads, ties, zones } = board.state.shown;
  return heads.length > 0 || ties.length > 0 || zones.some((zone) => zone.shape === "curve") || board.root.classList.contains("jk-tied");
}

/** Let heads of several rows or columns stay below or beside one another. */
function keepHeadsInPlace(board) {
  const { grid, scroll } = board.grid;
  const style = getComputedStyle(grid);
  const rows = style.gridTemplateRows.split(" ").map(parseFloat);
  const columns = style.gridTemplateColumns.split(" ").map(parseFloat);
  const reach = (sizes, places) => {
    let sum = 0;
    const starts = sizes.map((size, i) => {
      const start = sum;
      if (places[i]?.isHead && places.slice(0, i).every((one) => one.isHead)) sum += size;
      return start;
    });
    return [starts, sum];
  };
  const [tops, top] = reach(rows, board.size.rows);
  const [lefts, left] = reach(columns, board.size.columns);
  const key = JSON.stringify([tops, lefts]);
  if (board.size.heads === key) return;
  board.size.heads = key; // another frame is another size
  for (const node of grid.querySelectorAll(":scope > .jk-head")) {
    if (node.classList.contains("jk-at-top")) node.style.top = `${tops[parseInt(node.style.gridRow, 10) - 1] ?? 0}px`;
    if (node.classList.contains("jk-at-left")) node.style.left = `${lefts[parseInt(node.style.gridColumn, 10) - 1] ?? 0}px`;
  }
  grid.style.setProperty("--jk-left", `${left}px`);
  scroll.style.scrollPadding = `${top + 8}px 8px 8px ${left + 8}px`;
}

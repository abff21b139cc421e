// The panel: the form of one entry, built from the description of its kind, with its
// links and what can be done with it.

/** Return the panel of a board. */
function makePanel(board) {
  const title = make("div", { class: "jk-panel-title", dir: "auto", role: "heading", "aria-level": "3" });
  const kindLine = make("div", { class: "jk-panel-kind" });
  const acts = make("div", { class: "jk-row jk-panel-acts" });
  const body = make("div", { class: "jk-panel-body" });
  const links = make("div", { class: "jk-panel-links" });
  const history = make("div", { class: "jk-panel-history" });
  const close_ = iconButton("close", "Close", () => close());
  const node = make(
    "div",
    { class: "jk-panel", role: "region", "aria-label": "Details", hidden: true },
    make("div", { class: "jk-panel-head" }, make("div", {}, kindLine, title), close_),
    acts,
    body,
    links,
    history,
  );
  const folded = new Set();
  let opened = null; // { card, entry, kind, version, fields, controls }

  function open(cardId, isQuiet) {
    const card = board.state.shown.cards[cardId];
    if (card) openEntry({ ...card, card: cardId }, isQuiet);
  }

  /** Open an entry: of a card, or of a head. */
  function openEntry(card, isQuiet) {
    if (opened?.entry === card.entry) {
      if (!isQuiet) focusFirst();
      return;
    }
    endControls();
    const { entry, kind, version, text } = card;
    opened = { card: card.card, entry, kind, version, text, links: [], fields: null, controls: new Map(), wantsFocus: !isQuiet };
    node.hidden = false;
    board.root.classList.add("jk-open-panel");
    close_.hidden = board.state.settings.view === "form";
    paintHead();
    const isPending = card.card && !(card.card in board.state.truth.cards);
    const words = isPending ? "Waiting until this card is saved…" : "Opening…";
    body.replaceChildren(make("div", { class: "jk-help", text: words }));
    history.replaceChildren();
    paintLinks();
    board.send({ type: "open", entry: card.entry });
    board.redrawLines();
    // The panel takes room: the card that was opened stays in sight.
    requestAnimationFrame(() => board.grid.cardNode(card.card)?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  function close() {
    if (!opened) return;
    const { card } = opened;
    endControls();
    opened = null;
    node.hidden = true;
    board.root.classList.remove("jk-open-panel");
    board.send({ type: "close" });
    board.focusOn({ card });
    board.redrawLines();
  }

  function endControls() {
    for (const { typing } of opened?.controls.values() ?? []) {
      if (typing.isDirty()) typing.send();
      typing.end();
    }
  }

  /** Take what the kernel says of the opened entry. */
  function takeEntry(message) {
    if (!opened || opened.entry !== message.entry) return;
    const isFirst = !opened.fields;
    const { version, fields, kind, links: joined } = message;
    Object.assign(opened, { version, fields, kind, links: joined ?? opened.links });
    if (isFirst) buildForm();
    else {
      for (const [name, control] of opened.controls) {
        if (!control.isBusy() && !board.isPendingField(opened.entry, name)) control.set(message.fields[name] ?? null, message.version);
      }
    }
    paintHead();
    paintLinks();
    paintHistory(message.history ?? []);
  }

  function buildForm() {
    const specs = board.state.kinds[opened.kind]?.fields ?? [];
    const groups = new Map();
    for (const spec of specs) {
      const group = spec.group ?? "";
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(spec);
    }
    body.replaceChildren();
    const place = { entry: opened.entry, kind: opened.kind };
    for (const [group, members] of groups) {
      const fields = members.map((spec) => {
        const value = opened.fields[spec.name] ?? null;
        const control = makeField(board, spec, place, value, opened.version);
        opened.controls.set(spec.name, control);
        return control.node;
      });
      body.append(group ? foldable(group, fields) : make("div", { class: "jk-group-open" }, fields));
    }
    if (!specs.length) body.append(make("div", { class: "jk-help", text: "This card has no fields to fill in." }));
    for (const [name, control] of opened.controls) {
      const draft = board.shelf.read(draftName(opened.entry, name));
      if (draft && !sameValue(draft.value, opened.fields[name] ?? null)) control.restore(draft);
    }
    for (const area of body.querySelectorAll("textarea")) growWith(area);
    if (opened.wantsFocus) focusFirst();
    opened.wantsFocus = false;
  }

  function foldable(group, fields) {
    const inside = make("div", { class: "jk-group-fields", id: `${board.prefix}-group-${group}` }, fields);
    const head = make("button", { class: "jk-group-head", "aria-controls": inside.id, text: group });
    const paint = () => {
      inside.hidden = folded.has(group);
      head.setAttribute("aria-expanded", inside.hidden ? "false" : "true");
    };
    head.addEventListener("click", () => {
      if (!folded.delete(group)) folded.add(group);
      paint();
    });
    paint();
    return make("div", { class: "jk-group" }, head, inside);
  }

  function focusFirst() {
    body.querySelector("input, textarea, select")?.focus();
  }

  function paintHead() {
    const card = currentCard();
    const label = board.state.kinds[opened.kind]?.label ?? opened.kind;
    kindLine.textContent = label;
    title.textContent = shortened(card?.text || opened.text || label, 120);
    acts.replaceChildren();
    const { is_read_only: isLocked } = board.state.settings;
    if (isLocked || !card) return;
    const act = (name, words, todo) =>
      acts.append(make("button", { class: "jk-button jk-worded", on: { click: todo } }, icon(name), make("span", { text: words })));
    const votes = card.n_votes ? `Vote (${card.n_votes})` : "Vote";
    const isForm = board.state.settings.view === "form";
    if (board.state.settings.participant && !isForm) act("vote", votes, () => board.vote(card.id));
    if (board.canLink(card)) act("link", "Link to…", () => board.startLinking(card.id));
    if (!card.is_fixed && !isForm) act("move", "Move to…", () => board.askWhere([card.id], acts));
    if (card.kind === "touchpoint" && board.isMap() && !board.state.shown.options?.touchpoint) {
      act("zoom", "Show alone", () => board.ask({ touchpoint: card.entry }));
    }
    if (!card.is_fixed) act("remove", "Remove", () => board.removeCards([card.id]));
  }

  const currentCard = () => board.state.shown.cards[opened.card] ?? cardsOfEntry(board.state, opened.entry)[0];

  function paintLinks() {
    links.replaceChildren();
    if (!opened) return;
    const own = opened.links.filter(([id]) => board.state.shown.pending.get(id)?.do !== "remove");
    if (!own.length) return;
    links.append(make("div", { class: "jk-section", text: "Links" }));
    for (const [id, relation, , name] of own) {
      const what = make("div", { class: "jk-help", text: String(relation).replaceAll("_", " ") });
      const row = make("div", { class: "jk-link-row" }, make("div", {}, what, make("div", { dir: "auto", text: shortened(name, 120) })));
      if (!board.state.settings.is_read_only) {
        row.append(iconButton("close", `Remove the link to ${shortened(name)}`, () => board.removeLink(id)));
      }
      links.append(row);
    }
  }

  function paintHistory(steps) {
    history.replaceChildren();
    if (!steps.length) return;
    history.append(make("div", { class: "jk-section", text: "What changed" }));
    for (const step of steps.slice(0, 8)) {
      const words = typeof step === "string" ? step : Object.values(step).join(" · ");
      history.append(make("div", { class: "jk-help", dir: "auto", text: shortened(words, 160) }));
    }
  }

  return {
    node,
    open,
    openEntry,
    close,
    takeEntry,
    entry: () => opened?.entry ?? null,
    control: (entry, field) => (opened?.entry === entry ? (opened.controls.get(field) ?? null) : null),
    /** The board was drawn anew. */
    refresh() {
      if (!opened) return;
      if (opened.card && !currentCard()) {
        endControls();
        opened = null;
        node.hidden = true;
        board.root.classList.remove("jk-open-panel");
        return;
      }
      paintHead();
      paintLinks();
    },
    /** What is half typed is sent; the controls stay as they are. */
    flush() {
      for (const { typing } of opened?.controls.values() ?? []) if (typing.isDirty()) typing.send();
    },
    /** The kernel may have forgotten which entry is open here. */
    reopen() {
      if (opened) board.send({ type: "open", entry: opened.entry });
    },
    endControls,
  };
}

/** Let a box for text grow with what is written into it. */
function growWith(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 320)}px`;
  };
  area.addEventListener("input", fit);
  if (area.isConnected) fit();
}

// The panel: the form of one entry, built from the description of its kind, with its
// links and what can be done with it. In a form, also that of an entry to be added.

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
  const newButton = make("button", { class: "jk-button jk-worded jk-new", hidden: true, on: { click: () => openBlank() } });
  const folded = new Set();
  let blank = null; // the form of an entry that is not there yet
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
    endBlank();
    const { entry, kind, version, text } = card;
    opened = { card: card.card, entry, kind, version, text, links: [], fields: null, controls: new Map(), wantsFocus: !isQuiet };
    showPanel();
    paintHead();
    paintNew();
    markOpened();
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

  function showPanel() {
    node.hidden = false;
    board.root.classList.add("jk-open-panel");
    close_.hidden = board.isForm();
  }

  /** Clear the panel for something that is no entry. */
  function clear(kindWords, words) {
    if (opened) board.send({ type: "close" });
    endControls();
    endBlank();
    opened = null;
    showPanel();
    markOpened();
    kindLine.textContent = kindWords;
    title.textContent = words;
    for (const part of [acts, body, links, history]) part.replaceChildren();
  }

  /** Show in the list of a form which entry is open. */
  function markOpened() {
    if (!board.isForm()) return;
    for (const one of board.grid.grid.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    board.grid.cardNode(opened?.card)?.setAttribute("aria-current", "true");
  }

  /** Open the blank form of a new entry, with what was begun. */
  function openBlank(isQuiet) {
    const { kind } = board.state.settings;
    if (!blank) {
      clear("", `New ${lowered(board.state.kinds[kind].label)}`);
      const onGone = () => {
        endBlank();
        goHome();
        paintNew();
      };
      blank = makeBlank(board, kind, (entry) => open(entry, true), onGone);
      body.append(blank.node);
      for (const area of body.querySelectorAll("textarea")) growWith(area);
    }
    paintNew();
    if (!isQuiet) focusFirst();
  }

  function endBlank() {
    blank = null;
  }

  /** Give a new entry that was refused back to its form; false if there is no room. */
  function giveBlankBack(op, reason, field) {
    const { settings } = board.state;
    const isBegun = board.shelf.read(blankName(op.kind)) !== null;
    if (!board.isForm() || settings.kind !== op.kind || isBegun) return false;
    keepBlank(board, op.kind, op.fields);
    endBlank();
    openBlank(true);
    blank.refuse(reason, field);
    return true;
  }

  /** A form is never empty: the first entry, or what belongs here. */
  function goHome() {
    const { shown, kinds, settings } = board.state;
    const { kind } = settings;
    const [zone] = shown.zones;
    if (!board.isForm() || opened || blank || !zone) return;
    if (zone.cards.length) return open(zone.cards[0], true);
    const words = `No ${lowered(kinds[kind]?.plural ?? "entries")} yet`;
    if (title.textContent === words && body.childElementCount) return undefined;
    clear("", words);
    body.append(make("div", { class: "jk-lead", dir: "auto", text: zone.hint }));
    if (zone.example) body.append(make("div", { class: "jk-example", dir: "auto", text: zone.example }));
    return undefined;
  }

  /** Bring the button for a new entry up to date. */
  function paintNew() {
    const { settings, kinds, shown } = board.state;
    const { kind } = settings;
    const isOne = kind === "case" && shown.zones[0]?.cards.length > 0;
    newButton.hidden = !board.isForm() || settings.is_read_only || isOne || !kinds[kind]?.fields.length;
    if (newButton.hidden) return;
    const label = lowered(kinds[kind].label);
    const isBegun = !blank && board.shelf.read(blankName(kind)) !== null;
    const words = isBegun ? `Go on with the new ${label}` : `New ${label}`;
    if (newButton.textContent !== words) newButton.replaceChildren(icon("plus"), make("span", { text: words }));
    newButton.setAttribute("aria-pressed", blank ? "true" : "false");
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
      body.append(group ? foldable(board, folded, group, fields) : make("div", { class: "jk-group-open" }, fields));
    }
    if (!specs.length) body.append(make("div", { class: "jk-help", text: "This card has no fields to fill in." }));
    for (const [name, control] of opened.controls) {
      const draft = board.shelf.read(draftName(opened.entry, name));
      if (draft && !sameValue(draft.value, opened.fields[name] ?? null)) control.restore(draft);
    }
    const joins = makeJoins(board, opened.entry, opened.kind);
    if (joins) body.append(joins);
    for (const area of body.querySelectorAll("textarea")) growWith(area);
    if (opened.wantsFocus) focusFirst();
    opened.wantsFocus = false;
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
    if (board.linking === card.id) act("link", "Choose the other card, or give up", () => board.endLinking(null));
    else if (board.canLink(card)) act("link", "Link to…", () => board.startLinking(card.id));
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
    for (const [id, relation, , name, words] of own) {
      const what = make("div", { class: "jk-help", text: words ?? String(relation).replaceAll("_", " ") });
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
    newButton,
    openBlank,
    giveBlankBack,
    open,
    openEntry,
    close,
    takeEntry,
    entry: () => opened?.entry ?? null,
    isJoined: (relation, other) => opened?.links.some(([, is, to]) => is === relation && to === other) ?? false,
    control: (entry, field) => (opened?.entry === entry ? (opened.controls.get(field) ?? null) : null),
    /** The board was drawn anew. */
    refresh() {
      paintNew();
      blank?.refresh();
      if (opened?.card && !currentCard()) {
        endControls();
        opened = null;
        node.hidden = !board.isForm();
        board.root.classList.toggle("jk-open-panel", board.isForm());
      }
      if (!opened) return goHome();
      markOpened();
      paintHead();
      paintLinks();
      return undefined;
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

/** Return fields under a heading that folds them away. */
function foldable(board, folded, group, fields) {
  const id = `${board.prefix}-group-${randomHex(6)}`;
  const inside = make("div", { class: "jk-group-fields", id }, fields);
  const head = make("button", { class: "jk-group-head", "aria-controls": id, text: group });
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

/** Let a box for text grow with what is written into it. */
function growWith(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 320)}px`;
  };
  area.addEventListener("input", fit);
  if (area.isConnected) fit();
}

// The bar above the board: undo, search, personas, colours, size, and how things stand.

/** Return the bar of a board. */
function makeBar(board) {
  const undo = iconButton("undo", "Undo (Ctrl+Z)", () => board.revert("undo"));
  const redo = iconButton("redo", "Redo (Ctrl+Shift+Z)", () => board.revert("redo"));
  const title = make("div", { class: "jk-title", dir: "auto", role: "heading", "aria-level": "2" });
  const search = make("input", { class: "jk-input jk-search-field", type: "search", "aria-label": "Search the cards", placeholder: "Search", autocomplete: "off" });
  const count = make("span", { class: "jk-count", role: "status" });
  const chips = make("div", { class: "jk-chips", role: "group", "aria-label": "Whose cards" });
  const colour = make("button", { class: "jk-button jk-worded", on: { click: changeColour } });
  const whole = make("button", { class: "jk-button jk-worded", text: "Show the whole map", hidden: true, on: { click: () => board.ask({ touchpoint: null }) } });
  const lines = make("button", { class: "jk-button jk-worded", text: "Lines", title: "Show all links", on: { click: changeLines } });
  const larger = make("button", { class: "jk-button", "aria-label": "Larger", title: "Larger, for a projector", on: { click: () => setLarger(!isLarger) } }, icon("larger"));
  const keys = make("button", { class: "jk-button", "aria-label": "Keys", title: "What the keys do (?)", text: "?", on: { click: () => board.notes.showKeys(KEY_HELP) } });
  const line = make("div", { class: "jk-state", role: "status" });
  const stateDot = make("span", { class: "jk-state-dot", "aria-hidden": "true" });
  const stateText = make("span");
  line.append(stateDot, stateText);
  const filters = make("div", { class: "jk-filters" }, chips, colour, whole);
  const node = make(
    "div",
    { class: "jk-bar", role: "toolbar", "aria-label": "Board" },
    title,
    make("div", { class: "jk-tools" }, undo, redo, make("div", { class: "jk-search" }, icon("search"), search, count), lines, larger, keys),
    line,
    filters,
  );
  let isLarger = Boolean(board.state.settings.is_projector);
  let byPersona = false;
  let persona = "";
  let found = [];
  let at = -1;

  function setLarger(is) {
    isLarger = is;
    board.root.classList.toggle("jk-larger", isLarger);
    larger.setAttribute("aria-pressed", isLarger ? "true" : "false");
    board.redrawLines();
  }

  function changeLines() {
    board.lines = !board.hasLines();
    paintLines();
    board.redrawLines();
  }

  function paintLines() {
    const { ties, curves } = board.state.shown;
    setHidden(lines, board.isForm() || curves.length > 0 || !ties.some((tie) => tie.style === "link"));
    lines.setAttribute("aria-pressed", board.hasLines() ? "true" : "false");
  }

  function changeColour() {
    byPersona = !byPersona;
    paintColour();
  }

  function paintColour() {
    board.root.classList.toggle("jk-by-persona", byPersona);
    colour.textContent = byPersona ? "Colour: persona" : "Colour: kind";
    colour.setAttribute("aria-label", `${colour.textContent}. Change it`);
  }

  function paintChips() {
    const { personas } = board.state.shown;
    const isForm = board.state.settings.view === "form";
    const hasTheirs = board.isMap() || Object.values(board.state.shown.cards).some((card) => card.persona && card.kind !== "persona");
    const isOne = isForm || personas.length === 0 || !hasTheirs;
    for (const one of [colour, chips]) setHidden(one, isOne);
    const key = JSON.stringify([personas, persona]);
    if (chips.dataset.key === key) return;
    const hadFocus = chips.contains(board.focusNode()) ? board.focusNode().dataset.persona : null;
    chips.dataset.key = key;
    chips.replaceChildren(
      ...personas.map(([id, letter, name]) => {
        const chip = make(
          "button",
          { class: "jk-chip", "data-persona": id, title: name, "aria-pressed": id === persona ? "true" : "false", on: { click: () => choosePersona(id === persona ? "" : id) } },
          make("span", { class: "jk-letter", text: letter }),
          make("span", { class: "jk-chip-name", dir: "auto", text: name }),
        );
        setToken(chip, "--jk-hue", `persona-${letter.toLowerCase()}`);
        return chip;
      }),
    );
    if (hadFocus) [...chips.children].find((one) => one.dataset.persona === hadFocus)?.focus();
  }

  function choosePersona(id) {
    persona = id;
    paintChips();
    filter();
    if (board.isMap()) board.ask({ persona: id || null });
  }

  /** Dim what is not asked for: cards of other personas, cards without the words. */
  function filter() {
    const asked = search.value.trim().toLocaleLowerCase();
    const letter = board.state.shown.personas.find(([id]) => id === persona)?.[1] ?? "";
    found = [];
    const isFiltering = Boolean(asked || letter);
    if (!isFiltering && !board.root.classList.contains("jk-filtering")) return;
    board.root.classList.toggle("jk-filtering", isFiltering);
    for (const zone of board.state.shown.zones) {
      for (const id of zone.cards) {
        const card = board.state.shown.cards[id];
        const node = card && board.grid.cardNode(id);
        if (!node) continue;
        const isTheirs = !letter || !card.persona || card.persona === letter;
        const isMeant = !asked || `${card.text}\n${card.detail}`.toLocaleLowerCase().includes(asked);
        node.classList.toggle("jk-dim", isFiltering && !(isTheirs && isMeant));
        if (asked && isTheirs && isMeant) found.push(id);
      }
    }
    const total = Object.keys(board.state.shown.cards).length;
    count.textContent = asked ? `${found.length} of ${total}` : "";
  }

  function nextFound(step) {
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    const node = board.grid.cardNode(found[at]);
    node.scrollIntoView({ block: "center", inline: "center" });
    for (const one of board.grid.grid.querySelectorAll(".jk-hit")) one.classList.remove("jk-hit");
    node.classList.add("jk-hit");
    count.textContent = `${at + 1} of ${found.length}`;
  }

  search.addEventListener("input", () => {
    at = -1;
    filter();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") nextFound(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      const hit = found[at];
      search.value = "";
      filter();
      for (const one of board.grid.grid.querySelectorAll(".jk-hit")) one.classList.remove("jk-hit");
      board.focusOn(hit ? { card: hit } : firstPlace(board));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  paintColour();
  return {
    node,
    focusSearch: () => search.focus(),
    start: () => isLarger && setLarger(true),
    /** Bring the bar up to date with the state. */
    refresh() {
      const { settings, shown } = board.state;
      setText(title, shown.title);
      for (const one of [undo, redo]) setHidden(one, Boolean(settings.is_read_only));
      setHidden(whole, !shown.options?.touchpoint);
      const known = shown.options?.persona;
      if (known !== undefined && known !== null && !persona) persona = known;
      paintChips();
      paintLines();
      setHidden(filters, chips.hidden && whole.hidden);
      filter();
    },
    /** Show how things stand. */
    showState(word, words) {
      if (line.dataset.state !== word) line.dataset.state = word;
      setText(stateText, words);
    },
  };
}

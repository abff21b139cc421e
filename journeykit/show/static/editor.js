// Writing in place: into a card, and into the box that adds cards to a zone.

/** Return lines of pasted text that are to be cards of their own. */
function pastedLines(text) {
  return text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean);
}

/** Return the editor of a board; at most one box is open. */
function makeEditor(board) {
  let open = null; // { box, area, reason, kindOf, finish(isKept), giveUp() }
  let isHeld = false;

  function newBox(words, text, isSeveral) {
    const reason = make("div", { class: "jk-reason", role: "alert", hidden: true });
    reason.id = `${board.prefix}-reason`;
    const area = make("textarea", {
      class: "jk-area",
      rows: "1",
      dir: "auto",
      "aria-label": words,
      "aria-describedby": reason.id,
      value: text,
    });
    const box = make("div", { class: "jk-box jk-kept" }, area, reason);
    const say = (why) => {
      reason.textContent = why;
      reason.hidden = !why;
      area.setAttribute("aria-invalid", why ? "true" : "false");
    };
    const fit = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Enter" && !(event.shiftKey && isSeveral)) {
        event.preventDefault();
        open?.enter();
      } else if (event.key === "Escape") {
        event.preventDefault();
        open?.giveUp();
      }
    });
    area.addEventListener("blur", () => {
      if (!isHeld) open?.leave();
    });
    return { box, area, say, fit };
  }

  function close(isFocusKept) {
    if (!open) return;
    const { box, card, zone } = open;
    open = null;
    box.parentElement?.classList.remove("jk-editing");
    const hadFocus = box.contains(board.focusNode());
    isHeld = true; // removing a focused box blurs it
    box.remove();
    isHeld = false;
    if (hadFocus && isFocusKept !== false) board.focusOn(card ? { card } : { zone });
  }

  /** Edit the words of a card. */
  function openCard(cardId, { text, reason, base } = {}) {
    const card = board.state.shown.cards[cardId];
    const node = board.grid.cardNode(cardId);
    if (!card || !node) return false;
    if (board.state.settings.is_read_only || !card.text_field) {
      board.say(board.state.settings.why_read_only || "The words of this card are written elsewhere.");
      return false;
    }
    finish();
    const spec = fieldSpec(board.state, card.kind, card.text_field);
    const draft = board.shelf.read(draftName(card.entry, card.text_field));
    const words = text ?? draft?.value ?? card.text;
    const isSeveral = spec.input === "prose";
    const { box, area, say, fit } = newBox(`Words of the card: ${shortened(card.text)}`, words, isSeveral);
    const check = (value) => (value.trim() ? valueProblem(spec, value) : "A card needs some words. Delete removes it.");
    const typing = makeTyping(board, {
      place: { entry: card.entry, kind: card.kind, field: card.text_field },
      first: card.text,
      base: base ?? draft?.base ?? card.version,
      read: () => area.value.trim(),
      check,
      say,
    });
    area.addEventListener("input", () => {
      fit();
      typing.input();
    });
    box.jkEntry = card.entry;
    open = {
      box,
      area,
      card: cardId,
      fit,
      send: typing.send,
      enter: () => typing.send() && (typing.end(), close()),
      leave() {
        if (typing.send()) {
          typing.end();
          close(false);
        }
      },
      giveUp() {
        typing.giveUp();
        typing.end();
        close();
      },
    };
    node.classList.add("jk-editing");
    node.append(box);
    focusArea(area, fit);
    if (reason) say(reason);
    if (words !== card.text && !reason) typing.input();
    return true;
  }

  /** Open the box that adds cards to a zone. */
  function openAdd(zoneId, { text, reason, before } = {}) {
    const zone = board.state.zones.get(zoneId);
    const node = board.grid.zoneNode(zoneId);
    if (!zone || !node) return false;
    if (!zone.adds || board.state.settings.is_read_only) {
      const why = board.state.settings.why_read_only || zone.why_not;
      board.say(why || "Nothing can be added here.");
      return false;
    }
    finish();
    const kind = board.state.kinds[zone.adds] ?? {};
    const spec = fieldSpec(board.state, zone.adds, kind.text_field);
    const name = `draft:+${zoneId}:`;
    const words = text ?? board.shelf.read(name)?.value ?? "";
    const label = `New ${lowered(kind.label ?? "card")} in ${zone.title || "this place"}`;
    const { box, area, say, fit } = newBox(label, words, spec.input === "prose");
    area.setAttribute("placeholder", zone.example || `${kind.label ?? "Card"}…`);
    box.classList.add("jk-add-box");
    const keep = () => {
      const draft = { value: area.value, zone: zoneId, client: board.client, time: Date.now() };
      if (area.value.trim()) board.shelf.keep(name, draft);
      else board.shelf.drop(name);
    };
    area.addEventListener("input", () => {
      fit();
      say("");
      keep();
    });
    area.addEventListener("paste", (event) => {
      const lines = pastedLines(event.clipboardData?.getData("text/plain") ?? "");
      if (lines.length < 2) return;
      event.preventDefault();
      event.stopPropagation();
      const first = area.value.trim();
      add(first ? [first, ...lines] : lines);
    });
    const add = (lines) => {
      const problem = lines.map((line) => valueProblem(spec, line)).find(Boolean);
      if (problem) {
        if (lines.length > 1) area.value = lines.join("\n");
        fit();
        keep();
        say(problem);
        return false;
      }
      area.value = "";
      board.shelf.drop(name);
      board.addCards(zoneId, lines, before);
      fit();
      return true;
    };
    open = {
      box,
      area,
      zone: zoneId,
      fit,
      send: () => true, // its draft is kept; a half sentence becomes no card
      enter() {
        const line = area.value.trim();
        if (!line) close();
        else add(spec.input === "prose" ? [line] : pastedLines(line));
      },
      leave() {
        const line = area.value.trim();
        if (!line || add(spec.input === "prose" ? [line] : pastedLines(line))) close(false);
      },
      giveUp() {
        board.shelf.drop(name);
        close();
      },
    };
    node.classList.add("jk-editing");
    node.insertBefore(box, node.querySelector(":scope > .jk-add"));
    focusArea(area, fit);
    keep(); // from now on it is this tab's
    if (reason) say(reason);
    return true;
  }

  function focusArea(area, fit) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    fit();
    area.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  /** Send what is open and close it, unless something is wrong with it. */
  function finish() {
    open?.leave();
  }

  return {
    openCard,
    openAdd,
    finish,
    isOpen: () => open !== null,
    isOpenFor: (cardId) => open?.card === cardId,
    /** The page goes away: send what is typed, leave the box as it is. */
    flush: () => open?.send(),
    /** Show other words in the open box, since theirs were taken. */
    replace(cardId, text) {
      if (open?.card === cardId) {
        open.area.value = text;
        open.fit();
      }
    },
    /** Hold the box while the board is drawn; return what gives the focus back. */
    hold() {
      if (!open) return null;
      const { area, box } = open;
      const hadFocus = board.focusNode() === area;
      const selection = [area.selectionStart, area.selectionEnd];
      isHeld = true;
      return () => {
        if (open?.card && !box.isConnected) {
          const [card] = cardsOfEntry(board.state, box.jkEntry ?? open.card);
          const node = card && board.grid.cardNode(card.id);
          if (node) node.append(box);
        }
        if (hadFocus && box.isConnected && board.focusNode() !== area) {
          area.focus({ preventScroll: true });
          area.setSelectionRange(...selection);
        }
        isHeld = false;
      };
    },
  };
}

/** Return the specification of a field; a plain line where none is known. */
function fieldSpec(state, kind, field) {
  const specs = state.kinds[kind]?.fields ?? [];
  return specs.find((spec) => spec.name === field) ?? { name: field, title: "", input: "line" };
}

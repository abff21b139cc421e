// Words beside the board: the banner while something is not saved, the bar that offers
// undo, both values of a conflict, what was refused, the list of zones to move to.

const UNDO_BAR_MS = 8000;

/** Return the notes of a board. */
function makeNotes(board) {
  const banner = make("div", { class: "jk-banner", role: "status", hidden: true });
  const tray = make("div", { class: "jk-tray" });
  const undoBar = make("div", { class: "jk-undo-bar", role: "status", hidden: true });
  let timer = null;
  let dialog = null;

  function close(isFocusKept = true) {
    const { node, back } = dialog ?? {};
    dialog = null;
    if (isFocusKept && back) board.focusOn(back); // while all is laid out as it was
    node?.remove();
  }

  /** Close what was answered: once its answer is sent, and before the board is drawn. */
  function settle() {
    if (dialog?.isAnswered) close();
  }

  /** Show a small dialog near a card or field. */
  function show(node, anchor, back) {
    close(false);
    dialog = { node, back };
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    board.root.append(node);
    const [origin, box] = [board.root, anchor ?? board.root].map((one) => one.getBoundingClientRect());
    const room = origin.width - node.offsetWidth - 8;
    node.style.left = `${Math.max(8, Math.min(box.left - origin.left, room))}px`;
    const below = (anchor ? box.bottom : origin.top + 80) - origin.top + 6;
    node.style.top = `${Math.max(8, Math.min(below, origin.height - node.offsetHeight - 8))}px`;
  }

  return {
    banner,
    tray,
    undoBar,
    close,
    settle,
    setBanner(words) {
      setText(banner, words);
      setHidden(banner, !words);
    },

    /** Say what was done, and offer to undo it. */
    offerUndo(words, act = () => board.revert("undo")) {
      clearTimeout(timer);
      const undo = () => {
        undoBar.hidden = true;
        act();
      };
      undoBar.replaceChildren(
        make("span", { dir: "auto", text: words }),
        make("button", { class: "jk-button jk-worded", text: "Undo", on: { click: undo } }),
      );
      undoBar.hidden = false;
      timer = setTimeout(() => (undoBar.hidden = true), UNDO_BAR_MS);
    },

    /** Say something that needs no answer. */
    tell(words) {
      clearTimeout(timer);
      undoBar.replaceChildren(make("span", { dir: "auto", text: words }));
      undoBar.hidden = false;
      timer = setTimeout(() => (undoBar.hidden = true), UNDO_BAR_MS);
    },
    hush: () => (undoBar.hidden = true),

    /** Keep on show what could not be saved, with the reason and the words. */
    addRefusal(words, reason, retry) {
      const note = make("div", { class: "jk-refusal", role: "alert" });
      note.append(make("div", { class: "jk-refusal-why", text: reason }));
      if (words) note.append(make("div", { class: "jk-refusal-text", dir: "auto", text: words }));
      const drop = () => note.remove();
      const again = () => {
        note.remove();
        retry();
      };
      const buttons = make("div", { class: "jk-row" });
      if (retry) buttons.append(make("button", { class: "jk-button jk-worded", text: "Try again", on: { click: again } }));
      buttons.append(make("button", { class: "jk-button jk-worded", text: "Dismiss", on: { click: drop } }));
      note.append(buttons);
      tray.append(note);
    },

    /** Show both values of a conflict. */
    askConflict({ title, mine, theirs, anchor, back, keep, take }) {
      const name = `${board.prefix}-conflict`;
      const choose = (act) => () => {
        close();
        act();
      };
      const value = (label, words) =>
        make("div", { class: "jk-value" }, make("div", { class: "jk-value-label", text: label }), make("div", { class: "jk-value-words", dir: "auto", text: words || "(empty)" }));
      const node = make(
        "div",
        { class: "jk-dialog jk-conflict", role: "dialog", "aria-labelledby": name },
        make("div", { class: "jk-dialog-title", id: name, dir: "auto", text: title }),
        value("Yours", mine),
        value("Now on the board by somebody else", theirs),
        make(
          "div",
          { class: "jk-row" },
          make("button", { class: "jk-button jk-worded jk-chief", text: "Keep mine", on: { click: choose(keep) } }),
          make("button", { class: "jk-button jk-worded", text: "Take theirs", on: { click: choose(take) } }),
        ),
      );
      show(node, anchor, back);
      board.say(`${title} Yours: ${mine}. Now on the board: ${theirs}.`);
      if (!board.isWriting()) node.querySelector("button").focus();
    },

    /** Ask for one of several, typed to filter; *choices* are [value, words]. */
    askChoice(title, choices, anchor, back, choose) {
      const listName = `${board.prefix}-choices`;
      let chosen = 0;
      let found = choices;
      const list = make("div", { class: "jk-choices", role: "listbox", id: listName, "aria-label": title });
      const input = make("input", {
        class: "jk-input",
        type: "text",
        role: "combobox",
        "aria-label": title,
        "aria-expanded": "true",
        "aria-controls": listName,
        "aria-autocomplete": "list",
        autocomplete: "off",
        placeholder: "Type to filter",
      });
      const finish = (value) => {
        dialog.isAnswered = true;
        choose(value);
        settle();
      };
      const paint = () => {
        list.replaceChildren(
          ...found.map(([value, words], i) =>
            make("div", {
              class: "jk-choice",
              role: "option",
              id: `${listName}-${i}`,
              "aria-selected": i === chosen ? "true" : "false",
              dir: "auto",
              text: words,
              on: { click: () => finish(value) },
            }),
          ),
        );
        if (!found.length) list.append(make("div", { class: "jk-choice jk-none", role: "option", "aria-disabled": "true", text: "Nothing fits" }));
        input.setAttribute("aria-activedescendant", found.length ? `${listName}-${chosen}` : "");
        list.children[chosen]?.scrollIntoView({ block: "nearest" });
      };
      input.addEventListener("input", () => {
        const asked = input.value.toLocaleLowerCase();
        found = choices.filter(([, words]) => words.toLocaleLowerCase().includes(asked));
        chosen = 0;
        paint();
      });
      input.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && found.length) {
          chosen = (chosen + step + found.length) % found.length;
          paint();
        } else if (event.key === "Enter" && found[chosen]) finish(found[chosen][0]);
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      const node = make("div", { class: "jk-dialog", role: "dialog", "aria-label": title });
      node.append(make("div", { class: "jk-dialog-title", text: title }), input, list);
      paint();
      show(node, anchor, back);
      input.focus();
    },

    /** Show which keys do what. */
    showKeys(keys) {
      const rows = keys.map(([key, words]) =>
        make("div", { class: "jk-key-row" }, make("kbd", { text: key }), make("span", { text: words })),
      );
      const close_ = make("button", { class: "jk-button jk-worded", text: "Close", on: { click: () => close() } });
      const node = make("div", { class: "jk-dialog", role: "dialog", "aria-label": "Keys" }, make("div", { class: "jk-dialog-title", text: "Keys on the board" }), rows, close_);
      const back = board.focused();
      show(node, null, back);
      close_.focus();
    },
    stop: () => clearTimeout(timer),
  };
}

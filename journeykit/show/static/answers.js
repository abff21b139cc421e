// What the kernel says: acknowledged, refused, changed by somebody else. A refused text
// is given back where it was written, with the reason beside it.

/** Listen to the kernel; return what stops that. */
function listenToKernel(board) {
  const { state } = board;
  const acts = {
    done(message) {
      const item = board.outbox.done(message.id);
      takePatch(state, message.patch);
      if (item) settleDrafts(board, item);
      board.redraw();
      if (message.said) {
        board.notes.tell(message.said);
        board.say(message.said);
      }
    },
    patch(message) {
      takePatch(state, message.patch);
      board.redraw();
    },
    layout(message) {
      state.truth = message.layout;
      for (const name of ["kinds", "refs", "settings"]) if (message[name]) state[name] = message[name];
      board.redraw();
      board.panel.reopen();
    },
    refused(message) {
      const item = board.outbox.refused(message.id, message.reason, message.is_passing);
      takePatch(state, message.patch);
      board.redraw();
      if (!item || message.is_passing) return;
      if (message.conflict) showConflict(board, item, message.conflict);
      else giveBack(board, item, message);
    },
    entry: (message) => board.panel.takeEntry(message),
    status(message) {
      state.settings = { ...state.settings, is_read_only: message.is_read_only, why_read_only: message.why };
      board.redraw();
    },
  };
  const onMessage = (message) => {
    if (!(message?.type in acts)) return;
    board.outbox.heard();
    acts[message.type](message);
  };
  board.model.on("msg:custom", onMessage);
  return () => board.model.off("msg:custom", onMessage);
}

/** Return the title of a field, and a value of it in words. */
function fieldWords(board, kind, field, value) {
  const spec = fieldSpec(board.state, kind, field);
  const words = valueWords(board, spec, value);
  const named = Object.values(board.state.refs).flat().find(([id]) => id === value);
  return { title: spec.title || field.replaceAll("_", " "), words: named?.[1] ?? words };
}

/** Show both values where two changed the same field. */
function showConflict(board, item, conflict) {
  const { entry, field, mine, theirs, version } = conflict;
  const op = item.message.ops?.find((one) => one.entry === entry);
  const [card] = cardsOfEntry(board.state, entry);
  const kind = op?.kind ?? card?.kind ?? "";
  const own = fieldWords(board, kind, field, mine);
  const other = fieldWords(board, kind, field, theirs);
  const session = board.sessions.get(draftName(entry, field));
  const control = board.panel.control(entry, field);
  board.notes.askConflict({
    title: `Two changed ${own.title ? `“${own.title}”` : "this"} at the same time.`,
    mine: own.words,
    theirs: other.words,
    anchor: control?.node ?? (card && board.grid.cardNode(card.id)),
    back: card ? { card: card.id } : null,
    keep() {
      session?.rebase(version);
      const ops = item.message.ops.map((one) => (one.entry === entry ? { ...one, base: version } : one));
      board.write(ops, item.places);
    },
    take() {
      board.shelf.drop(draftName(entry, field));
      if (control) control.set(theirs, version);
      else session?.rebase(version, theirs);
      if (card) board.editor.replace(card.id, String(theirs ?? ""));
    },
  });
}

/** Give what was refused back: into the box it came from, else onto the tray. */
function giveBack(board, item, { reason, field }) {
  const ops = item.message.ops ?? [];
  const again = () => {
    const fresh = ops.map((op) => ({ ...op, base: cardsOfEntry(board.state, op.entry)[0]?.version ?? op.base }));
    board.write(fresh, item.places);
  };
  if (item.places?.[0]?.isBlank && board.panel.giveBlankBack(ops[0], reason, field)) return;
  const written = ops.filter((op) => op.do === "add" && !["vote", "link"].includes(op.kind));
  if (written.length && written.length === ops.length) {
    const lines = written.map((op, i) => String(op.fields[textFieldOf(board, op, item.places?.[i])] ?? ""));
    const text = lines.join("\n");
    const zone = item.places?.[0]?.zone;
    const { before } = item.places?.[0] ?? {};
    if (!board.editor.isOpen() && zone && board.editor.openAdd(zone, { text, reason, before })) return;
    board.notes.addRefusal(text, reason, again);
    return;
  }
  const [op] = ops;
  const names = Object.keys(op?.fields ?? {});
  const name = names.includes(field) ? field : names[0];
  const session = op && board.sessions.get(draftName(op.entry, name));
  if (session) {
    session.say(reason);
    board.say(reason);
    return;
  }
  const [card] = op ? cardsOfEntry(board.state, op.entry) : [];
  const isText = op?.do === "change" && card && card.text_field === name && names.length === 1;
  if (isText) {
    const text = String(op.fields[name]);
    if (!board.editor.isOpen() && board.editor.openCard(card.id, { text, reason })) return;
  }
  const words = names.length === 1 && !op.after && !op.before ? fieldWords(board, op.kind, name, op.fields[name]).words : "";
  board.notes.addRefusal(words || card?.text || "", reason, ops.length ? again : null);
}

function textFieldOf(board, op, place) {
  return board.state.kinds[op.kind]?.text_field ?? place?.field ?? "text";
}

/** Open again what was half typed when the kernel, the tab or the browser went away. */
async function restoreDrafts(board) {
  const drafts = await orphanedDrafts(board);
  let nLeft = 0;
  for (const draft of drafts) {
    if (draft.blank) {
      if (draft.blank === board.state.settings.kind) board.panel.openBlank(true);
      continue;
    }
    const isOpened = !board.editor.isOpen() && openDraft(board, draft);
    if (isOpened === null) board.shelf.drop(draft.name);
    else if (!isOpened) nLeft += 1;
  }
  if (nLeft) board.notes.tell(`${counted(nLeft, "text")} not finished: open the card to go on.`);
}

/** Open one draft; false if there is no room for it now, null if it is done with. */
function openDraft(board, { name, value, zone }) {
  if (zone !== undefined) return board.editor.openAdd(zone, { text: value });
  const [, entry, field] = name.split(":");
  const [card] = cardsOfEntry(board.state, entry);
  if (!card) return false;
  if (card.text_field !== field) {
    board.panel.open(card.id, true);
    return true;
  }
  if (value === card.text) return null;
  return board.editor.openCard(card.id);
}

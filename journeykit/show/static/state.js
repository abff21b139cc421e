// What the board shows: what the kernel said, with what is on its way laid over it.
//
// The truth is never changed by hand: a patch makes a new one, and pending writes are
// laid over copies of the few zones and cards they touch. So an answer, a refusal or
// somebody else's change is one and the same step: lay over again, draw what differs.

/** Return the state of one view, from the traits of the widget. */
function makeState(model) {
  const state = {
    truth: model.get("picture"), // "layout" is taken by ipywidgets
    shown: null,
    kinds: model.get("kinds") ?? {},
    refs: model.get("refs") ?? {},
    settings: model.get("settings") ?? {},
  };
  layOver(state, []);
  return state;
}

/** Take a patch of the kernel into the truth. */
function takePatch(state, patch) {
  if (!patch) return;
  if (patch.refs) state.refs = { ...state.refs, ...patch.refs };
  if (patch.layout) {
    state.truth = patch.layout;
    return;
  }
  const truth = { ...state.truth };
  if (patch.zones) {
    truth.zones = truth.zones.map((zone) =>
      patch.zones[zone.id] ? { ...zone, ...patch.zones[zone.id] } : zone,
    );
  }
  if (patch.cards) {
    truth.cards = { ...truth.cards, ...patch.cards };
    for (const [id, card] of Object.entries(patch.cards)) if (!card) delete truth.cards[id];
  }
  for (const name of ["ties", "curves", "heads", "foot", "title", "joins", "personas"]) {
    if (name in patch) truth[name] = patch[name];
  }
  state.truth = truth;
}

/** Lay pending writes over the truth. */
function layOver(state, items) {
  const shown = { ...state.truth, pending: new Map() };
  const zones = new Map(shown.zones.map((zone) => [zone.id, zone]));
  const own = new Set();
  const overlay = {
    shown,
    /** Return a zone whose cards may be changed. */
    zone(id) {
      const zone = zones.get(id);
      if (!zone || own.has(id)) return zone;
      own.add(id);
      const copy = { ...zone, cards: [...zone.cards] };
      zones.set(id, copy);
      return copy;
    },
    holders: (cardId) => [...zones.values()].filter((zone) => zone.cards.includes(cardId)),
    setCard(id, card) {
      if (shown.cards === state.truth.cards) shown.cards = { ...shown.cards };
      if (card) shown.cards[id] = card;
      else delete shown.cards[id];
    },
  };
  for (const item of items) {
    (item.message.ops ?? []).forEach((op, i) => {
      layOperation(state, overlay, op, item.places?.[i] ?? {});
    });
  }
  shown.zones = shown.zones.map((zone) => zones.get(zone.id));
  state.shown = shown;
  state.zones = zones;
  state.homes = null;
  state.byEntry = null;
}

function layOperation(state, overlay, op, place) {
  const { shown } = overlay;
  shown.pending.set(op.entry, op);
  if (op.do === "remove") {
    for (const card of Object.values(shown.cards)) {
      if (card.entry !== op.entry) continue;
      for (const zone of overlay.holders(card.id)) {
        const own = overlay.zone(zone.id);
        own.cards = own.cards.filter((id) => id !== card.id);
      }
      overlay.setCard(card.id, null);
    }
    shown.ties = shown.ties.filter(
      (tie) => ![tie.id, tie.source, tie.target].includes(op.entry),
    );
    return;
  }
  if (op.do === "add") {
    const isThere = Object.values(shown.cards).some((card) => card.entry === op.entry);
    if (isThere || !layAddition(state, overlay, op, place)) return;
  } else {
    for (const card of Object.values(shown.cards)) {
      if (card.entry === op.entry && card.text_field in op.fields) {
        overlay.setCard(card.id, { ...card, text: String(op.fields[card.text_field] ?? "") });
      }
    }
  }
  if (place.zone && shown.cards[place.card]) {
    for (const zone of overlay.holders(place.card)) {
      const own = overlay.zone(zone.id);
      own.cards = own.cards.filter((id) => id !== place.card);
    }
    const zone = overlay.zone(place.zone);
    if (!zone) return;
    const at = place.before ? zone.cards.indexOf(place.before) : -1;
    zone.cards.splice(at < 0 ? zone.cards.length : at, 0, place.card);
  }
}

/** Lay one new entry over; return whether it is a card that needs a place. */
function layAddition(state, overlay, op, place) {
  const { shown } = overlay;
  if (op.kind === "vote") {
    for (const card of Object.values(shown.cards)) {
      if (card.entry === op.fields.subject) {
        overlay.setCard(card.id, { ...card, n_votes: card.n_votes + 1 });
      }
    }
    return false;
  }
  if (op.kind === "link" || op.kind === "channel_change") {
    const { source, target } = op.fields;
    if (shown.ties.every((tie) => tie.id !== op.entry)) {
      shown.ties = [...shown.ties, { id: op.entry, source, target, style: op.kind === "link" ? "link" : "on", label: "", weight: 1 }];
    }
    return false;
  }
  if (!place.zone) return false;
  const field = state.kinds[op.kind]?.text_field ?? place.field ?? "text";
  overlay.setCard(place.card, {
    id: place.card,
    entry: op.entry,
    kind: op.kind,
    text: String(op.fields[field] ?? place.words ?? ""),
    text_field: field,
    detail: "",
    persona: "",
    basis: "",
    tone: place.tone ?? "",
    emotion: null,
    n_pains: 0,
    n_votes: 0,
    marks: [],
    is_fixed: false,
    version: 0,
    author: state.settings.author ?? "",
  });
  return true;
}

/** Return the zone in which a card stands. */
function zoneOf(state, cardId) {
  if (!state.homes) {
    state.homes = new Map();
    for (const zone of state.shown.zones) {
      for (const id of zone.cards) state.homes.set(id, zone);
    }
  }
  return state.homes.get(cardId) ?? null;
}

/** Return the cards of an entry; it may stand in several zones. */
function cardsOfEntry(state, entry) {
  if (!state.byEntry) {
    state.byEntry = new Map();
    for (const card of Object.values(state.shown.cards)) {
      state.byEntry.set(card.entry, [...(state.byEntry.get(card.entry) ?? []), card]);
    }
  }
  return state.byEntry.get(entry) ?? [];
}

/** Return whether a zone takes a kind. */
function takesKind(zone, kind) {
  return kind in (zone.puts ?? {});
}

/** Return the fields that a drop writes; what belongs there already is left alone. */
function putsFor(zone, card) {
  const keeps = zone.keeps?.[card.kind] ?? {};
  const isKept = ([name]) => (keeps[name] ?? []).includes(card.values?.[name]);
  return Object.fromEntries(Object.entries(zone.puts[card.kind]).filter((put) => !isKept(put)));
}

/** Return why a zone does not take a kind, in words. */
function whyNot(state, zone, kind) {
  if (zone.why_not) return zone.why_not;
  const many = state.kinds[kind]?.plural ?? "such cards";
  return `${zone.title || "This place"} takes no ${many.toLowerCase()}.`;
}

/**
 * Return the neighbours of the same kind that a card gets in a zone.
 *
 * before: id of the card before which it is put, null for the end; without: cards that
 * move along and so are no neighbours.
 */
function neighbours(state, zone, kind, before, without = []) {
  const cards = zone.cards.filter((id) => !without.includes(id));
  const at = before && cards.includes(before) ? cards.indexOf(before) : cards.length;
  const like = (id) => state.shown.cards[id]?.kind === kind;
  const entryOf = (id) => (id ? state.shown.cards[id].entry : null);
  return {
    after: entryOf(cards.slice(0, at).reverse().find(like)),
    before: entryOf(cards.slice(at).find(like)),
  };
}

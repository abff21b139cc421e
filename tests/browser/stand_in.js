// A model and a kernel to try a board with: answers after a while, or not at all.

class StandIn {
  constructor(traits, saved) {
    this.traits = traits;
    this.sent = [];
    this.listeners = [];
    this.delay = 15;
    this.isSilent = false;
    this.isGone = false; // the kernel was started again: nothing can be sent
    this.refusals = []; // what the next writes are answered with
    this.number = 1;
    this.known = new Map();
    this.entries = saved?.entries ?? {};
    this.picture = saved?.picture ?? structuredClone(traits.picture);
    this.done = [];
    this.told = this.picture;
  }
  get(name) {
    return this.traits[name];
  }
  on(_name, act) {
    this.listeners.push(act);
  }
  off(_name, act) {
    this.listeners = this.listeners.filter((one) => one !== act);
  }
  send(message) {
    if (this.isGone) throw new Error("Cannot send");
    this.sent.push(structuredClone(message));
    if (!this.isSilent) setTimeout(() => !this.isSilent && this.answer(message), this.delay);
  }
  say(message) {
    for (const act of this.listeners) act(structuredClone(message), []);
  }
  answer(message) {
    if (message.type === "hello" || message.type === "options") {
      const { kinds, refs, settings } = this.traits;
      this.say({ type: "layout", layout: this.picture, kinds, refs, settings, number: this.number });
    } else if (message.type === "open") this.tell(message.entry);
    else if (message.type === "write") this.write(message);
    else if (message.type === "undo") this.undo(message);
  }
  tell(entry) {
    const card = Object.values(this.picture.cards).find((one) => one.entry === entry);
    const fields = { ...(card ? { [card.text_field]: card.text } : {}), ...this.entries[entry] };
    const kind = card?.kind ?? "stage";
    this.say({ type: "entry", entry, kind, version: card?.version ?? 1, fields, links: [] });
  }
  write(message) {
    const refusal = this.refusals.shift();
    if (refusal) return this.say({ type: "refused", id: message.id, patch: {}, is_passing: false, ...refusal });
    const known = this.known.get(message.id);
    if (!known) {
      this.known.set(message.id, true);
      this.done.push({ ...this.picture });
      this.number += 1;
      for (const op of message.ops) this.apply(op);
    }
    this.say({ type: "done", id: message.id, number: this.number, said: "", patch: this.patch() });
    for (const op of message.ops) if (op.do === "change") this.tell(op.entry);
    return undefined;
  }
  undo(message) {
    const before = this.done.pop();
    if (before) this.picture = before;
    this.told = this.picture;
    const said = before ? "Undone" : "Nothing to undo";
    this.say({ type: "done", id: message.id, number: this.number, said, patch: { layout: this.picture } });
  }
  patch() {
    const { zones, cards, ties } = this.picture;
    const { told } = this;
    this.told = this.picture;
    const lost = Object.keys(told.cards).filter((id) => !cards[id]).map((id) => [id, null]);
    const changed = Object.entries(cards).filter(([id, card]) => told.cards[id] !== card);
    const moved = zones.filter((zone, i) => String(zone.cards) !== String(told.zones[i].cards));
    return structuredClone({
      zones: Object.fromEntries(moved.map((zone) => [zone.id, { cards: zone.cards }])),
      cards: Object.fromEntries([...lost, ...changed]),
      ties,
    });
  }
  apply(op) {
    const { cards, zones } = this.picture;
    this.picture = { ...this.picture, cards: { ...cards }, zones: zones.map((zone) => ({ ...zone, cards: [...zone.cards] })) };
    const { kinds } = this.traits;
    if (op.do === "remove") {
      delete this.picture.cards[op.entry];
      for (const zone of this.picture.zones) zone.cards = zone.cards.filter((id) => id !== op.entry);
      this.picture.ties = this.picture.ties.filter((tie) => tie.id !== op.entry);
      return;
    }
    if (op.kind === "link") {
      this.picture.ties = [...this.picture.ties, { id: op.entry, source: op.fields.source, target: op.fields.target, style: "link", label: "", weight: 1 }];
      return;
    }
    if (op.kind === "vote") {
      const card = this.picture.cards[op.fields.subject];
      this.picture.cards[card.id] = { ...card, n_votes: card.n_votes + 1 };
      return;
    }
    this.entries[op.entry] = { ...this.entries[op.entry], ...op.fields };
    const field = kinds[op.kind]?.text_field ?? "text";
    const old = this.picture.cards[op.entry] ?? {
      id: op.entry, entry: op.entry, kind: op.kind, text: "", text_field: field, detail: "", persona: "", basis: "",
      tone: "", emotion: null, n_pains: 0, n_votes: 0, marks: [], is_fixed: false, version: 0, author: "AB",
    };
    const text = field in op.fields ? op.fields[field] : old.text;
    this.picture.cards[op.entry] = { ...old, text, version: old.version + 1 };
    const isThere = (zone) => {
      const puts = Object.entries(zone.puts[op.kind] ?? { none: Symbol("none") });
      return puts.length > 0 && puts.every(([name, value]) => op.fields[name] === value);
    };
    const own = this.picture.zones.find((zone) => zone.cards.includes(op.entry));
    const home = this.picture.zones.find(isThere) ?? own;
    if (!home || !("after" in op || "before" in op || home !== own)) return;
    if (own) own.cards = own.cards.filter((id) => id !== op.entry);
    const at = op.before ? home.cards.indexOf(op.before) : op.after ? home.cards.indexOf(op.after) + 1 : home.cards.length;
    home.cards.splice(at < 0 ? home.cards.length : at, 0, op.entry);
  }
}

/** Show a view of the board; returns what ends it. */
window.showBoard = (traits, saved) => {
  window.model = new StandIn(traits, saved);
  return window.board.render({ model: window.model, el: document.getElementById("here") });
};

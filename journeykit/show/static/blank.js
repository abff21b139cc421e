// The form of an entry that is not there yet: required fields first, kept as a draft
// from the first key, and sent whole when all of them are right.

const ABOUT_DATA = new Set(["data_set", "evidence", "measurement"]); // their day is not today

const blankName = (kind) => `draft:new:${kind}`;

/** Keep what is typed of an entry that is not there yet. */
function keepBlank(board, kind, value) {
  board.shelf.keep(blankName(kind), { value, blank: kind, client: board.client, time: Date.now() });
}

/** Return words with a small first letter, but for short forms such as KPI. */
function lowered(words) {
  return /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

/** Return today as people here count days. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Return the day that a field begins with, if it is one on which something is said. */
function firstDay(kind, spec) {
  if (spec.input !== "day" || ABOUT_DATA.has(kind)) return null;
  return spec.is_required || spec.name === "day" ? today() : null;
}

/**
 * Return the form of an entry that is not there yet: what is needed first, the rest folded.
 *
 * It is one write when the person presses the button, and a draft until then. onAdded is
 * called with the new entry, onGone when it was given up.
 */
function makeBlank(board, kind, onAdded, onGone) {
  const { label, fields: specs, text_field: textField } = board.state.kinds[kind];
  const words = lowered(label);
  const entry = newEntryId(kind);
  const given = { ...board.state.shown.zones[0].puts[kind], ...board.state.shown.zones[0].starts };
  const kept = board.shelf.read(blankName(kind))?.value ?? {};
  const controls = new Map();
  const plain = {}; // what each control says of a value that nobody gave
  const isFirst = (spec) => spec.is_required || spec.name === textField;
  const typed = () => Object.fromEntries([...controls].map(([name, one]) => [name, one.read()]));
  let isBegun = Object.keys(kept).length > 0;
  const keep = () => {
    isBegun = true;
    keepBlank(board, kind, typed());
    discard.hidden = false;
  };
  const reason = make("div", { class: "jk-reason", role: "alert", hidden: true });
  const discard = make("button", { class: "jk-button jk-worded", text: "Discard", hidden: !isBegun, on: { click: giveUp } });
  const submit = make("button", { class: "jk-button jk-worded jk-chief", text: `Add ${words}`, on: { click: add } });
  const groups = new Map([["", []]]);
  for (const spec of [...specs].sort((one, other) => isFirst(other) - isFirst(one))) {
    const control = makeField(board, spec, { entry, kind }, spec.default ?? null, 0, makeBlankTyping(keep));
    plain[spec.name] = control.read();
    const begun = spec.name in kept ? kept[spec.name] : (given[spec.name] ?? firstDay(kind, spec));
    if (begun !== null && begun !== undefined) control.put(begun);
    controls.set(spec.name, control);
    const group = isFirst(spec) ? "" : spec.group && spec.group !== specs[0].group ? spec.group : "Details";
    groups.set(group, [...(groups.get(group) ?? []), control.node]);
  }
  const folded = new Set(groups.keys());
  const folds = [...groups].filter(([group]) => group).map(([group, fields]) => foldable(board, folded, group, fields));
  const open = make("div", { class: "jk-group-open" }, groups.get(""));
  const row = make("div", { class: "jk-row jk-blank-acts" }, submit, discard);
  const node = make("div", { class: "jk-blank" }, open, folds, reason, row);

  const say = (why) => {
    reason.textContent = why;
    reason.hidden = !why;
  };

  /** Show a field that may be folded away, and go there. */
  function lead({ node: field }) {
    const group = field.closest(".jk-group-fields");
    if (group?.hidden) group.previousElementSibling.click();
    field.querySelector("input, select, textarea")?.focus();
  }

  function add() {
    const { settings, shown } = board.state;
    if (settings.is_read_only) return say(settings.why_read_only || "This board is read only.");
    const wrong = [...controls.values()].filter((one) => {
      const why = one.problem();
      one.say(why);
      return why;
    });
    say("");
    if (wrong.length) return lead(wrong[0]);
    const values = typed();
    const [zone] = shown.zones;
    const isMeant = (spec) => spec.is_required || !sameValue(values[spec.name], plain[spec.name]);
    const fields = { ...given };
    for (const spec of specs) if (isMeant(spec)) fields[spec.name] = values[spec.name];
    const [head] = specs.filter(isFirst);
    const place = { zone: zone.id, card: entry, before: null, field: textField, isBlank: true };
    place.words = head ? fieldWords(board, kind, head.name, values[head.name]).words : "";
    const { after } = neighbours(board.state, zone, kind, null);
    board.shelf.drop(blankName(kind));
    board.write([{ do: "add", entry, kind, fields, after, before: null }], [place]);
    board.say(`${label} added`);
    return onAdded(entry);
  }

  function giveUp() {
    const value = typed();
    board.shelf.drop(blankName(kind));
    onGone();
    board.notes.offerUndo(`Discarded the new ${words}.`, () => {
      keepBlank(board, kind, value);
      board.panel.openBlank();
    });
  }

  return {
    node,
    /** Entries to choose from may have come or gone. */
    refresh() {
      for (const one of controls.values()) one.refill();
    },
    /** Show why the kernel refused it: beside the field, or at the end. */
    refuse(why, field) {
      const control = controls.get(field);
      if (!control) return say(why);
      control.say(why);
      return lead(control);
    },
  };
}

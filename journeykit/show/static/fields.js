// One control for each field of an entry, made from the field's own description: its
// label, its help, its words at the ends of a scale, and what is wrong beside it.

const FEW_CHOICES = 5;
const SHORT_CHOICES = 44;
const MOST_STEPS = 11;
const NOT_ASKED = "Not asked";
/** The step of the workbook in which entries of a kind are made first. */
const STEP_OF_KIND = {
  objective: 1, kpi: 1, stage: 1, stakeholder: 2, segment: 3, persona: 3, channel: 4, touchpoint: 4,
  evidence: 5, pain_point: 7, opportunity: 9, experiment: 9, copis_element: 10, canvas_entry: 11, action: 12,
};

/** Return text as a number where it is one; commas count as points. */
function asNumber(text) {
  const plain = text.trim().replace(/\s/g, "").replace(",", ".");
  if (plain === "") return null;
  const number = Number(plain);
  return Number.isFinite(number) ? number : text.trim();
}

/**
 * Return the control of one field: { node, set, typing }.
 *
 * place: { entry, kind }; value, base: what the board knows; begin: what listens to it.
 */
function makeField(board, spec, place, value, base, begin = makeTyping) {
  const id = `${board.prefix}-${place.entry}-${spec.name}`;
  const isTick = spec.input === "yes"; // its words stand beside the box
  const label = make("div", { class: "jk-label", id: `${id}-label`, text: spec.title || spec.name });
  if (spec.is_required) label.append(make("span", { class: "jk-needed", text: "needed" }));
  const help = spec.help && make("div", { class: "jk-help", id: `${id}-help`, text: spec.help });
  const reason = make("div", { class: "jk-reason", id: `${id}-reason`, role: "alert", hidden: true });
  const described = [help && help.id, reason.id].filter(Boolean).join(" ");
  const inner = makeInner(board, spec, id, described);
  const node = make("div", { class: `jk-field jk-input-${spec.input}`, "data-field": spec.name }, isTick ? null : label, inner.node, help, reason);
  inner.set(value);
  const say = (why) => {
    reason.textContent = why;
    reason.hidden = !why;
    for (const one of inner.marked) one.setAttribute("aria-invalid", why ? "true" : "false");
  };
  const typing = begin(board, {
    place: { ...place, field: spec.name },
    first: inner.read(), // as the control has it: an empty box is no change of nothing
    base,
    read: inner.read,
    check: (now) => valueProblem(spec, now),
    say,
  });
  const isLocked = board.state.settings.is_read_only;
  for (const one of node.querySelectorAll("input, select, textarea")) one.disabled = isLocked;
  node.addEventListener("input", () => typing.input());
  node.addEventListener("change", () => typing.send());
  node.addEventListener("focusout", () => typing.isDirty() && typing.send());
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") typing.send();
  });
  return {
    node,
    typing,
    spec,
    say,
    read: inner.read,
    put: inner.set,
    problem: () => valueProblem(spec, inner.read()),
    refill: () => inner.refill?.(),
    isBusy: () => node.contains(board.focusNode()) || typing.isDirty(),
    set(now, version) {
      inner.set(now);
      typing.rebase(version, inner.read());
      say("");
    },
    rebase: (version) => typing.rebase(version),
    /** Put back what was half typed. */
    restore(draft) {
      inner.set(draft.value);
      typing.rebase(draft.base ?? base);
      typing.input();
    },
  };
}

/** Return { node, read, set, marked } of what is inside a field. */
function makeInner(board, spec, id, described) {
  const names = { "aria-labelledby": `${id}-label`, "aria-describedby": described };
  const { input } = spec;
  if (input === "prose" || input === "lines") return areaInner(spec, names);
  if (input === "yes") return tickInner(spec, id, described);
  if (input === "yes_no") {
    const choices = [[true, "Yes"], [false, "No"], [null, NOT_ASKED]];
    return pickInner(id, names, choices);
  }
  if (input === "scale") return scaleInner(spec, id, names);
  if (input === "choice" || input === "ref") return choiceInner(board, spec, id, names);
  return lineInner(spec, id, names);
}

function areaInner(spec, names) {
  const isLines = spec.input === "lines";
  const area = make("textarea", { class: "jk-input", rows: isLines ? 3 : 2, dir: "auto", ...names });
  if (isLines) area.placeholder = "One on each line";
  return {
    node: area,
    marked: [area],
    read: () => (isLines ? pastedLines(area.value) : area.value.trim()),
    set: (value) => (area.value = isLines ? (value ?? []).join("\n") : (value ?? "")),
  };
}

function lineInner(spec, id, names) {
  const isNumber = spec.input === "number" || spec.input === "count";
  const attrs = { class: "jk-input", type: "text", autocomplete: "off", ...names };
  if (isNumber) attrs.inputmode = spec.input === "count" ? "numeric" : "decimal";
  else attrs.dir = "auto";
  if (spec.input === "day") attrs.placeholder = "2026-03-31";
  const control = make("input", attrs);
  const node = make("div", { class: "jk-with-unit" }, control);
  if (spec.suggestions?.length) {
    const list = make("datalist", { id: `${id}-list` }, spec.suggestions.map((one) => make("option", { value: one })));
    control.setAttribute("list", list.id);
    node.append(list);
  }
  if (spec.unit) node.append(make("span", { class: "jk-unit", text: spec.unit }));
  if (spec.input === "day") node.append(dayPicker(control));
  // A suggestion is stored under its key and shown by its word.
  const keys = spec.input === "line" && spec.suggestions?.length ? Object.entries(spec.words ?? {}) : [];
  const read = () => {
    if (isNumber) return asNumber(control.value);
    const words = control.value.trim();
    const [key] = keys.find(([, word]) => word.toLocaleLowerCase() === words.toLocaleLowerCase()) ?? [];
    return spec.input === "day" && !words ? null : (key ?? words);
  };
  const set = (value) => (control.value = keys.find(([key]) => key === value)?.[1] ?? value ?? "");
  return { node, marked: [control], read, set };
}

/** Return a small calendar beside a day; the text stays what counts. */
function dayPicker(control) {
  const picker = make("input", { type: "date", class: "jk-day", tabindex: "-1", "aria-label": "Choose a day" });
  picker.addEventListener("change", (event) => {
    event.stopPropagation();
    control.value = picker.value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  });
  picker.addEventListener("input", stopEvent);
  return picker;
}

function tickInner(spec, id, described) {
  const box = make("input", { type: "checkbox", id: `${id}-box`, "aria-describedby": described });
  const words = make("label", { class: "jk-tick", for: box.id }, box, make("span", { class: "jk-label", text: spec.title || spec.name }));
  return { node: words, marked: [box], read: () => box.checked, set: (value) => (box.checked = Boolean(value)) };
}

/** Return radio buttons side by side. */
function pickInner(id, names, choices, ends) {
  const node = make("div", { class: "jk-picks", role: "radiogroup", ...names });
  const radios = choices.map(([value, words, title], i) => {
    const radio = make("input", { type: "radio", name: id, id: `${id}-${i}` });
    const isQuiet = value === null || value === "";
    node.append(make("label", { class: isQuiet ? "jk-pick jk-unset" : "jk-pick", for: radio.id, title }, radio, make("span", { dir: "auto", text: words })));
    return { radio, value };
  });
  const all = ends?.some(Boolean)
    ? make("div", {}, node, make("div", { class: "jk-ends" }, ends.map((end) => make("span", { text: end ?? "" }))))
    : node;
  return {
    node: all,
    marked: [node],
    read: () => radios.find(({ radio }) => radio.checked)?.value ?? null,
    set: (value) => {
      for (const one of radios) one.radio.checked = one.value === (value ?? null);
    },
  };
}

function scaleInner(spec, id, names) {
  const [low, high, step] = [spec.low ?? 1, spec.high ?? 5, spec.step ?? 1];
  const ends = spec.ends?.some(Boolean) ? spec.ends : [spec.words?.[low], spec.words?.[high]];
  const nSteps = Math.round((high - low) / step) + 1;
  if (nSteps > MOST_STEPS) return sliderInner(spec, names);
  const choices = Array.from({ length: nSteps }, (_, i) => {
    const value = low + i * step;
    return [value, low < 0 && value > 0 ? `+${value}` : String(value).replace("-", "−"), spec.words?.[value]];
  });
  if (!spec.is_required) choices.push([null, NOT_ASKED]);
  return pickInner(id, names, choices, ends);
}

function sliderInner(spec, names) {
  const [low, high, step] = [spec.low ?? 0, spec.high ?? 100, spec.step ?? 1];
  let isAsked = false;
  const slider = make("input", { type: "range", min: low, max: high, step, ...names });
  const value = make("output", { class: "jk-output" });
  const unset = make("button", { class: "jk-button jk-worded", text: NOT_ASKED, title: "Take the value away" });
  const paint = () => {
    value.textContent = isAsked ? `${slider.value}${spec.unit ? ` ${spec.unit}` : ""}` : NOT_ASKED;
    slider.setAttribute("aria-valuetext", value.textContent);
    slider.classList.toggle("jk-unasked", !isAsked);
    unset.hidden = !isAsked || spec.is_required;
  };
  slider.addEventListener("input", () => {
    isAsked = true;
    paint();
  });
  unset.addEventListener("click", () => {
    isAsked = false;
    paint();
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const ends = make("div", { class: "jk-ends" }, (spec.ends ?? []).map((end) => make("span", { text: end })));
  return {
    node: make("div", {}, make("div", { class: "jk-slider" }, slider, value, unset), ends),
    marked: [slider],
    read: () => (isAsked ? Number(slider.value) : null),
    set(now) {
      isAsked = typeof now === "number";
      slider.value = isAsked ? now : (low + high) / 2;
      paint();
    },
  };
}

/** Return the choices of a field: its own, or the entries it may point to. */
function fieldChoices(board, spec) {
  if (spec.input !== "ref") return spec.choices ?? [];
  return (spec.refs ?? []).flatMap((kind) => board.state.refs[kind] ?? []);
}

const PEOPLE = ["stakeholder", "persona", "segment"];

/** Return what stands for nothing in a list of choices. */
function emptyWords(spec) {
  if (spec.is_required) return "Choose…";
  if (spec.input !== "ref") return "Not chosen";
  const isPerson = spec.refs?.length && spec.refs.every((kind) => PEOPLE.includes(kind));
  return isPerson ? "Nobody" : "None";
}

/** Return what to do first where nothing can be chosen yet; "" if something can. */
function lackWords(board, spec) {
  const { refs: kinds, input, is_required: isNeeded } = spec;
  if (input !== "ref" || !isNeeded || fieldChoices(board, spec).length) return "";
  if (kinds.length !== 1) return "There is nothing to choose yet.";
  const words = kinds[0] === "kpi" ? "KPI" : kinds[0].replaceAll("_", " ");
  const step = STEP_OF_KIND[kinds[0]];
  return `There is no ${words} yet: add one ${step ? `in step ${step}` : "first"}.`;
}

function choiceInner(board, spec, id, names) {
  const choices = fieldChoices(board, spec);
  const isShort = choices.length <= FEW_CHOICES && choices.reduce((n, [, words]) => n + words.length, 0) <= SHORT_CHOICES;
  const isEmptyable = !spec.is_required && !choices.some(([value]) => value === "");
  if (spec.input === "choice" && isShort && choices.length) {
    const all = isEmptyable && (spec.default === null || spec.default === undefined) ? [...choices, [null, "None"]] : choices;
    return pickInner(id, names, all);
  }
  const select = make("select", { class: "jk-input", ...names });
  const lack = make("div", { class: "jk-help jk-lack" });
  const fill = () => {
    const now = select.value;
    select.replaceChildren();
    select.append(make("option", { value: "", text: emptyWords(spec) }));
    for (const [value, words] of fieldChoices(board, spec)) select.append(make("option", { value, dir: "auto", text: words }));
    if (now && ![...select.options].some((one) => one.value === now)) select.append(make("option", { value: now, text: now }));
    select.value = now;
    lack.textContent = lackWords(board, spec);
    lack.hidden = !lack.textContent;
  };
  fill();
  const empty = typeof spec.default === "string" && !choices.some(([value]) => value === spec.default) ? "" : null;
  return {
    node: make("div", {}, select, lack),
    marked: [select],
    refill: fill,
    read: () => select.value || empty,
    set(value) {
      const isKnown = !value || [...select.options].some((one) => one.value === value);
      if (!isKnown) select.append(make("option", { value, text: value }));
      select.value = value ?? "";
    },
  };
}

/** Return a value in words, as a person reads it. */
function valueWords(board, spec, value) {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return value.join("\n");
  if (value === true) return "Yes";
  if (value === false) return "No";
  const found = fieldChoices(board, spec).find(([one]) => one === value);
  return found ? found[1] : (spec.words?.[value] ?? String(value));
}

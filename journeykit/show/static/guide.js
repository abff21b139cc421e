// Draws the words around a board. The kernel sends a tree of nodes: a text, or
// [tag, attributes, ...nodes]. Texts go in as text, tags and attributes are a closed list.

const TAGS = new Set([
  ..."section header div nav h2 h3 p ol ul li".split(" "),
  ..."a details summary span strong button input".split(" "),
  ..."table caption thead tbody tr th td".split(" "),
]);
const ATTRIBUTES = {
  class: "class",
  label: "aria-label",
  current: "aria-current",
  hidden: "aria-hidden",
  role: "role",
  key: "data-key",
  act: "data-act",
  asks: "data-asks",
  to: "data-to",
  placeholder: "placeholder",
  scope: "scope",
};
const SHAPES = new Set(
  "svg g path rect line circle text tspan title desc defs clipPath pattern".split(" "),
);
const PATIENCE_MS = 3000;
const TOP_MS = 30000;
const CARD_MS = 10000;
const NO_WORDS = "Write down why first.";
const NO_ANSWER =
  "Not done: the kernel does not answer. Choose Kernel > Restart Kernel and Run All Cells.";
const NOTEBOOK = /^[0-9]{2}_[a-z0-9_]+\.ipynb$/;
const IN_LAB = /^(.*\/)(?:lab|doc)(?:\/workspaces\/[^/]+)?(?:\/tree\/(.*))?\/?$/;

/** Return a picture in a box that scrolls; it holds shapes and text and nothing else. */
function drawn(svg, role = "") {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  // Looked through before it comes here: what is imported loads and runs.
  for (const one of parsed.querySelectorAll("*")) {
    const isOdd = ({ name, value }) =>
      /^on|href|^style$/i.test(name) || /url\((?!#)|javascript:/i.test(value);
    if (!SHAPES.has(one.localName) || Array.from(one.attributes).some(isOdd)) {
      throw new Error(`a picture of a guide has no <${one.localName}> like this`);
    }
  }
  const box = document.createElement("div");
  box.className = `jk-guide-picture ${role}`.trim();
  box.append(document.importNode(parsed.documentElement, true));
  return box;
}

function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...inner] = node;
  if (tag === "picture") {
    const both = document.createDocumentFragment();
    const { svg, narrow } = attributes;
    both.append(drawn(svg, narrow && "jk-is-wide"));
    if (narrow) both.append(drawn(narrow, "jk-is-narrow"));
    return both;
  }
  if (!TAGS.has(tag)) throw new Error(`a guide has no <${tag}>`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "share") element.style.setProperty("--jk-share", `${100 * value}%`);
    else if (name === "open") element.open = value;
    else if (name === "href") leadTo(element, value);
    else if (name in ATTRIBUTES) element.setAttribute(ATTRIBUTES[name], value);
  }
  if (tag === "button") element.type = "button";
  if (tag === "input") element.type = "text";
  if (["a", "summary", "button", "input"].includes(tag)) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  element.append(...inner.map(build));
  return element;
}

/** Return the address of JupyterLab and the folder of what it shows; null elsewhere. */
function labPlace() {
  const found = IN_LAB.exec(location.pathname);
  if (found === null) return null;
  const path = decodeURIComponent(found[2] ?? "");
  return { base: found[1], folder: path.slice(0, path.lastIndexOf("/") + 1) };
}

/** Make a link to another notebook, which JupyterLab opens without loading anew. */
function leadTo(element, name) {
  if (!NOTEBOOK.test(name)) return;
  element.href = name;
  const aim = () => {
    const place = labPlace();
    if (place === null) return;
    const path = place.folder + name;
    const parts = path.split("/").map(encodeURIComponent);
    element.href = `${place.base}lab/tree/${parts.join("/")}`;
    // JupyterLab runs the command that a clicked element names; with a key held the
    // browser follows the address, into a new tab.
    element.setAttribute("data-commandlinker-command", "docmanager:open");
    element.setAttribute("data-commandlinker-args", JSON.stringify({ path }));
  };
  aim();
  element.addEventListener("click", (event) => {
    aim();
    if (element.dataset.to && leadToCard(element)) {
      event.preventDefault();
      element.removeAttribute("data-commandlinker-command");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      element.removeAttribute("data-commandlinker-command");
    }
  });
}

/** Return the card of an entry that can be seen on a page; undefined if none can. */
function cardOf(entry, page) {
  const cards = page.querySelectorAll(`.jk-card[data-entry="${CSS.escape(entry)}"]`);
  return Array.from(cards).find((one) => one.offsetParent !== null);
}

function focusOn(card) {
  card.scrollIntoView({ block: "center", inline: "center" });
  card.focus({ preventScroll: true });
}

/**
 * Lead to the card of an entry: at once if it stands on the same page. Else the link
 * opens the notebook of its step, and the card is focused when it comes into sight.
 */
function leadToCard(element) {
  const entry = element.dataset.to;
  const page = element.closest(".jp-NotebookPanel") ?? document;
  const here = cardOf(entry, page);
  if (here) {
    focusOn(here);
    return true;
  }
  const until = Date.now() + CARD_MS;
  const look = () => {
    const card = element.offsetParent === null ? cardOf(entry, document) : undefined;
    if (card) focusOn(card);
    else if (Date.now() < until) setTimeout(look, 200);
  };
  setTimeout(look, 200);
  return false;
}

/**
 * Stay at the top while the notebook runs: "Run All Cells" ends at the last cell, and a
 * team would begin to read at the end. The first touch of anything lets go.
 */
function stayAtTop(el) {
  const scroller = el.closest(".jp-WindowedPanel-outer");
  if (scroller === null) return () => {};
  const up = () => scroller.scrollTo({ top: 0 });
  const touches = ["wheel", "pointerdown", "keydown", "touchstart"];
  const letGo = () => {
    scroller.removeEventListener("scroll", up);
    for (const one of touches) window.removeEventListener(one, letGo, true);
  };
  scroller.addEventListener("scroll", up);
  for (const one of touches) window.addEventListener(one, letGo, true);
  const end = setTimeout(letGo, TOP_MS);
  up();
  return () => {
    clearTimeout(end);
    letGo();
  };
}

function render({ model, el }) {
  const status = document.createElement("p");
  status.className = "jk-guide-status";
  status.setAttribute("role", "status");
  let waiting;
  const say = () => {
    clearTimeout(waiting);
    status.textContent = model.get("said") ?? "";
  };
  const fieldOf = (key) => el.querySelector(`input[data-key="${CSS.escape(key)}"]`);
  const enter = (event) => {
    const { key } = event.target.dataset ?? {};
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    el.querySelector(`button[data-asks="${CSS.escape(key)}"]`)?.click();
  };
  const act = (event) => {
    const button = event.target.closest?.("button[data-act]");
    if (!button || !el.contains(button)) return;
    let asked = button.dataset.act;
    if (button.dataset.asks) {
      const field = fieldOf(button.dataset.asks);
      if (!field?.value.trim()) {
        clearTimeout(waiting);
        status.textContent = NO_WORDS;
        field?.focus();
        return;
      }
      asked = `${asked}:${field.value.trim()}`;
    }
    model.send({ type: "act", act: asked });
    status.textContent = "Working …";
    waiting = setTimeout(() => {
      status.textContent = NO_ANSWER;
    }, PATIENCE_MS);
  };
  const draw = () => {
    const active = el.getRootNode().activeElement;
    const focused = el.contains(active) ? active.dataset.key : undefined;
    const wasOpen = new Map(
      Array.from(el.querySelectorAll("details"), (one) => [one.dataset.key, one.open]),
    );
    const typed = new Map(
      Array.from(el.querySelectorAll("input"), (one) => [one.dataset.key, one.value]),
    );
    const caret = focused && active.tagName === "INPUT" ? active.selectionEnd : null;
    const root = build(model.get("tree"));
    for (const one of root.querySelectorAll("input")) {
      one.value = typed.get(one.dataset.key) ?? "";
    }
    for (const one of root.querySelectorAll("details")) {
      one.open = wasOpen.get(one.dataset.key) ?? one.open;
    }
    root.append(status);
    el.replaceChildren(root);
    if (focused) {
      const same = root.querySelector(`[data-key="${CSS.escape(focused)}"]`);
      same?.focus({ preventScroll: true });
      if (caret !== null) same?.setSelectionRange(caret, caret);
    }
  };
  model.on("change:tree", draw);
  model.on("change:said", say);
  el.addEventListener("click", act);
  el.addEventListener("keydown", enter);
  draw();
  let letGo = () => {};
  if (model.get("is_first")) {
    requestAnimationFrame(() => {
      letGo = stayAtTop(el);
    });
  }
  return () => {
    letGo();
    clearTimeout(waiting);
    model.off("change:tree", draw);
    model.off("change:said", say);
    el.removeEventListener("click", act);
    el.removeEventListener("keydown", enter);
  };
}

export default { render };

// Elements of the page. Text from people goes in as text, never as markup, and whatever
// can take the focus tells JupyterLab to keep its shortcuts (d d would delete a cell).

const SVG_SPACE = "http://www.w3.org/2000/svg";
const TAKES_FOCUS = new Set(["button", "input", "select", "textarea"]);

/** Return a new HTML element; `text` is its text, `on` its listeners. */
function make(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attrs);
  if (TAKES_FOCUS.has(tag) || "tabindex" in attrs) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  if (tag === "button" && !("type" in attrs)) node.type = "button";
  for (const child of children.flat()) if (child) node.append(child);
  return node;
}

/** Return a new SVG element. */
function shape(tag, attrs = {}, ...children) {
  const node = document.createElementNS(SVG_SPACE, tag);
  setAttributes(node, attrs);
  for (const child of children.flat()) if (child) node.append(child);
  return node;
}

function setAttributes(node, attrs) {
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else if (name === "on") {
      for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Write words into an element; the same words again cost no layout. */
function setText(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

function setHidden(node, isHidden) {
  if (node.hidden !== isHidden) node.hidden = isHidden;
}

/** Put an element before another one; where the browser can, it keeps the focus. */
function putBefore(list, node, next) {
  if (list.moveBefore && node.isConnected && list.isConnected) list.moveBefore(node, next);
  else list.insertBefore(node, next);
}

const ICONS = {
  undo: "M7 5L3 9l4 4M3.5 9H13a4 4 0 0 1 0 8h-3",
  redo: "M13 5l4 4-4 4M16.5 9H7a4 4 0 0 0 0 8h3",
  search: "M9 3.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM13 13l4 4",
  larger: "M3 16L7.5 5h1L13 16M4.8 12h6.4M14 8h4M16 6v4",
  open: "M5 10h.01M10 10h.01M15 10h.01",
  close: "M5 5l10 10M15 5L5 15",
  plus: "M10 4.5v11M4.5 10h11",
  remove: "M5 6h10M8 6V4h4v2M6.5 6l.6 10h5.8l.6-10",
  vote: "M10 4a6 6 0 1 1 0 12a6 6 0 0 1 0-12zM7.3 10.2l2 2l3.4-4",
  link: "M8 12l4-4M7 9.5L5.2 11.3a2.5 2.5 0 0 0 3.5 3.5L10.500 13M13 10.500l1.8-1.800a2.500 2.500 0 0 0-3.500-3.500L9.500 7",
  move: "M10 3v14M3 10h14M10 3L8 5M10 3l2 2M10 17l-2-2M10 17l2-2M3 10l2-2M3 10l2 2M17 10l-2-2M17 10l-2 2",
  zoom: "M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4",
};

/** Return a small picture for a button; the button itself has the words. */
function icon(name) {
  const attrs = { viewBox: "0 0 20 20", class: "jk-icon", "aria-hidden": "true" };
  return shape("svg", attrs, shape("path", { d: ICONS[name] }));
}

/** Return a button with a picture; `words` are read aloud and shown as its title. */
function iconButton(name, words, act, attrs = {}) {
  return make(
    "button",
    { class: "jk-button", "aria-label": words, title: words, on: { click: act }, ...attrs },
    icon(name),
  );
}

/** Return *n* random hexadecimal digits. */
function randomHex(n) {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(n / 2)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, n);
}

/** Return a fresh id for an entry of *kind*, as the model makes them. */
function newEntryId(kind) {
  const initials = kind.split("_").map((word) => word[0]).join("");
  return `${initials}-${randomHex(15)}`;
}

/** Return the digits with which every message of this page begins. */
function clientDigits() {
  const name = Symbol.for("journeykit.client");
  globalThis[name] ??= randomHex(12);
  return globalThis[name];
}

/** Return "1 change" or "3 changes". */
function counted(n, one, many = `${one}s`) {
  const words = n < 1000 ? n : n.toLocaleString("en-GB"); // which takes its time
  return `${words} ${n === 1 ? one : many}`;
}

/** Return words cut to about *n* signs, whole where they fit. */
function shortened(words, n = 60) {
  const signs = Array.from(words);
  return signs.length <= n ? words : `${signs.slice(0, n - 1).join("")}…`;
}

/** Return whether the system asks for less motion. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Draws the words around a board. The kernel sends a tree of nodes: a text, or
// [tag, attributes, ...nodes]. Texts go in as text, tags and attributes are a closed list.

const TAGS = new Set(
  "section header div nav h2 h3 p ol ul li a details summary span strong".split(" "),
);
const ATTRIBUTES = {
  class: "class",
  label: "aria-label",
  current: "aria-current",
  hidden: "aria-hidden",
  role: "role",
  key: "data-key",
};
const NOTEBOOK = /^[0-9]{2}_[a-z0-9_]+\.ipynb$/;
const IN_LAB = /^(.*\/)(?:lab|doc)(?:\/workspaces\/[^/]+)?(?:\/tree\/(.*))?\/?$/;

function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...inner] = node;
  if (!TAGS.has(tag)) throw new Error(`a guide has no <${tag}>`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "share") element.style.setProperty("--jk-share", `${100 * value}%`);
    else if (name === "open") element.open = value;
    else if (name === "href") leadTo(element, value);
    else if (name in ATTRIBUTES) element.setAttribute(ATTRIBUTES[name], value);
  }
  if (tag === "a" || tag === "summary") {
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
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      element.removeAttribute("data-commandlinker-command");
    }
  });
}

function render({ model, el }) {
  const draw = () => {
    const active = el.getRootNode().activeElement;
    const focused = el.contains(active) ? active.dataset.key : undefined;
    const wasOpen = new Map(
      Array.from(el.querySelectorAll("details"), (one) => [one.dataset.key, one.open]),
    );
    const root = build(model.get("tree"));
    for (const one of root.querySelectorAll("details")) {
      one.open = wasOpen.get(one.dataset.key) ?? one.open;
    }
    el.replaceChildren(root);
    if (focused) root.querySelector(`[data-key="${focused}"]`)?.focus();
  };
  model.on("change:tree", draw);
  draw();
  return () => model.off("change:tree", draw);
}

export default { render };

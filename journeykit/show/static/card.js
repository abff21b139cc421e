// One card: its words, and the marks that say what else it is.

const EMOTION_TOKENS = ["very-bad", "bad", "neutral", "good", "very-good"];
const EMOTION_WORDS = ["very bad", "bad", "neutral", "good", "very good"];
const BASIS_WORDS = { assumed: "assumed", observed: "observed", measured: "measured" };
const LONG_TEXT = 60;
const MOST_DOTS = 5;

/** Return the place of an emotion among the five words. */
function emotionPlace(emotion) {
  return Math.min(4, Math.max(0, Math.round(emotion) + 2));
}

/** Return the ring that says how sure something is: hollow, half or filled. */
function evidenceRing(basis) {
  const ring = shape("svg", { viewBox: "0 0 12 12", class: "jk-ring", "aria-hidden": "true" });
  ring.append(shape("circle", { cx: 6, cy: 6, r: 4.5 }));
  if (basis === "observed") ring.append(shape("path", { d: "M6 1.5a4.5 4.5 0 0 1 0 9z", class: "jk-fill" }));
  if (basis === "measured") ring.append(shape("circle", { cx: 6, cy: 6, r: 4.5, class: "jk-fill" }));
  return ring;
}

function truthDiamond() {
  const picture = shape("svg", { viewBox: "0 0 12 12", class: "jk-diamond", "aria-hidden": "true" });
  picture.append(shape("path", { d: "M6 .8L11.200 6L6 11.200L.8 6z" }));
  return picture;
}

/** Return everything about a card in words, for those who do not see it. */
function cardWords(card, kindLabel) {
  const { n_pains: pains, n_votes: votes } = card;
  const words = [
    card.text || "no words yet",
    card.detail,
    kindLabel,
    card.persona && `persona ${card.persona}`,
    BASIS_WORDS[card.basis],
    typeof card.emotion === "number" && EMOTION_WORDS[emotionPlace(card.emotion)],
    pains > 0 && counted(pains, "pain point"),
    votes > 0 && counted(votes, "vote"),
    ...card.marks,
    card.author && `by ${card.author}`,
  ];
  return words.filter(Boolean).join(", ");
}

/** Return a new element for a card; `paintCard` fills it. */
function newCardElement(card, watchLong) {
  const text = make("div", { class: "jk-text", dir: "auto" });
  const node = make("div", { class: "jk-card", role: "listitem", tabindex: "-1", "data-card": card.id });
  node.append(text);
  node.jkText = text;
  node.jkWatchLong = watchLong;
  return node;
}

/** Bring a card's element up to date; its words stay as they are while they are edited. */
function paintCard(node, card, state) {
  const label = state.kinds[card.kind]?.label ?? card.kind.replaceAll("_", " ");
  node.dataset.card = card.id;
  node.dataset.entry = card.entry;
  node.dataset.kind = card.kind;
  node.classList.toggle("jk-fixed", Boolean(card.is_fixed));
  node.classList.toggle("jk-barred", Boolean(card.tone || card.persona));
  node.classList.toggle("jk-proposed", card.marks.includes("proposed"));
  node.classList.toggle("jk-pending", state.shown.pending.has(card.entry));
  node.setAttribute("aria-label", cardWords(card, lowered(label)));
  setToken(node, "--jk-tone", card.tone);
  setToken(node, "--jk-hue", card.persona && `persona-${card.persona.toLowerCase()}`);
  if (node.jkText.textContent !== card.text) {
    node.jkText.textContent = card.text;
    if (card.text.length > LONG_TEXT) node.jkWatchLong(node);
  }
  for (const old of [...node.children]) {
    if (old !== node.jkText && !old.classList.contains("jk-kept")) old.remove();
  }
  const rest = [];
  if (card.detail) rest.push(make("div", { class: "jk-detail", dir: "auto", text: card.detail }));
  const marks = cardMarks(card);
  if (marks) rest.push(marks);
  node.jkText.after(...rest);
}

function setToken(node, name, role) {
  if (role) node.style.setProperty(name, `var(--jk-${role})`);
  else node.style.removeProperty(name);
}

function cardMarks(card) {
  const marks = [];
  const isTruth = card.marks.includes("moment of truth");
  if (card.n_pains > 0) marks.push(make("span", { class: "jk-pains", text: card.n_pains }));
  if (isTruth) marks.push(make("span", { class: "jk-mark", title: "moment of truth" }, truthDiamond()));
  if (typeof card.emotion === "number") {
    const place = emotionPlace(card.emotion);
    const dot = make("span", { class: "jk-emotion" });
    setToken(dot, "--jk-dot", `emotion-${EMOTION_TOKENS[place]}`);
    marks.push(make("span", { class: "jk-mark" }, dot, make("span", { text: EMOTION_WORDS[place] })));
  }
  if (card.basis) {
    marks.push(make("span", { class: "jk-mark", title: BASIS_WORDS[card.basis] }, evidenceRing(card.basis)));
  }
  if (card.persona) marks.push(make("span", { class: "jk-letter", text: card.persona }));
  for (const word of card.marks) {
    if (word !== "moment of truth") marks.push(make("span", { class: "jk-mark", dir: "auto", text: word }));
  }
  if (card.n_votes > 0) marks.push(voteDots(card.n_votes));
  if (card.author) marks.push(make("span", { class: "jk-author", dir: "auto", text: card.author }));
  return marks.length ? make("div", { class: "jk-marks", "aria-hidden": "true" }, marks) : null;
}

function voteDots(n) {
  const dots = make("span", { class: "jk-votes", title: counted(n, "vote") });
  for (let i = 0; i < Math.min(n, MOST_DOTS); i += 1) dots.append(make("i"));
  if (n > MOST_DOTS) dots.append(make("span", { text: n }));
  return dots;
}

/** Return an observer that gives cards with more than five lines a "more" button. */
function longCardObserver() {
  const observer = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const { jkText: text } = target;
      const isLong = text.scrollHeight > text.clientHeight + 2 || target.classList.contains("jk-whole");
      const old = target.querySelector(":scope > .jk-more");
      if (isLong && !old) target.append(moreButton(target));
      if (!isLong && old) old.remove();
    }
  });
  return observer;
}

function moreButton(node) {
  const button = make("button", { class: "jk-more jk-kept", tabindex: "-1", text: "more" });
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const isWhole = node.classList.toggle("jk-whole");
    button.textContent = isWhole ? "less" : "more";
  });
  return button;
}

// The timer: block by block, big enough to be read from the last row.
// `place` holds where the day stands: index of the block, spent_ms in it, since_ms it runs,
// minutes added, and when the block and the session began and the last break ended.

const TICK_MS = 250;
const MINUTE_MS = 60000;
const PATIENCE_MS = 3000;

function part(tag, className, ...inner) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...inner);
  return element;
}

function button(words, act, className = "") {
  const element = part("button", className, words);
  element.type = "button";
  element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.addEventListener("click", act);
  return element;
}

/** Return a time of day as the kernel reads it: 09:05:30. */
function clock(ms) {
  const day = new Date(ms);
  return [day.getHours(), day.getMinutes(), day.getSeconds()]
    .map((one) => String(one).padStart(2, "0"))
    .join(":");
}

function digits(ms) {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const rest = String(seconds % 60).padStart(2, "0");
  return `${ms < 0 ? "\u2212" : ""}${Math.floor(seconds / 60)}:${rest}`;
}

function render({ model, el }) {
  const title = part("h2", "jk-timer-title");
  const left = part("p", "jk-timer-digits");
  left.setAttribute("role", "timer");
  const words = part("p", "jk-timer-words");
  const bar = part("div", "jk-timer-bar");
  bar.setAttribute("aria-hidden", "true");
  const next = part("p", "jk-timer-next");
  const plan = part("p", "jk-timer-plan");
  plan.setAttribute("role", "status");
  const run = button("Start", () => toggle(), "jk-timer-run");
  const take = button("Use this plan", () => ask({ type: "take" }), "jk-timer-take");
  const wide = button("Full screen", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  });
  const buttons = part(
    "div",
    "jk-timer-buttons",
    run,
    button("+1 min", () => put({ added: place().added + 1 })),
    button("Back", () => go(-1)),
    button("Next block", () => go(1)),
    button("Running late?", () => late()),
    wide,
  );
  const root = part("section", "jk-timer", title, left, words, bar, next, buttons, plan, take);
  root.setAttribute("aria-label", "Timer");
  el.replaceChildren(root);

  const blocks = () => model.get("blocks");
  const place = () => ({
    index: 0, spent_ms: 0, since_ms: null, added: 0, begun: null, rested: null, started: null,
    ...model.get("place"),
  });
  const put = (news) => {
    model.set("place", { ...place(), ...news });
    model.save_changes();
    draw();
  };
  const spent = (at) =>
    at.spent_ms + (at.since_ms === null ? 0 : Date.now() - at.since_ms);

  const toggle = () => {
    const at = place();
    const now = Date.now();
    if (at.since_ms === null) put({ since_ms: now, begun: at.begun ?? now, started: at.started ?? now });
    else put({ since_ms: null, spent_ms: spent(at) });
  };
  const go = (by) => {
    const at = place();
    const index = Math.min(Math.max(at.index + by, 0), Math.max(blocks().length - 1, 0));
    if (index === at.index) return;
    const now = Date.now();
    const isRunning = at.since_ms !== null;
    const isNewDay = blocks()[index].session !== blocks()[at.index]?.session;
    const hasRested = by > 0 && blocks()[at.index]?.is_break;
    put({
      index, spent_ms: 0, added: 0,
      since_ms: isRunning ? now : null,
      begun: isRunning ? now : null,
      rested: hasRested ? now : at.rested,
      ...(isNewDay ? { started: isRunning ? now : null, rested: null } : {}),
    });
  };

  let waiting;
  const ask = (message) => {
    plan.textContent = "Planning …";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      plan.textContent = "The kernel does not answer. The clock runs on.";
    }, PATIENCE_MS);
    model.send(message);
  };
  const late = () => {
    const at = place();
    const current = blocks()[at.index];
    if (current === undefined) return;
    ask({
      type: "late",
      now: clock(Date.now()),
      current: current.id,
      begun: at.begun === null ? null : clock(at.begun),
      rested: at.rested === null ? null : clock(at.rested),
      started: at.started === null ? null : clock(at.started),
    });
  };
  const answered = () => {
    clearTimeout(waiting);
    const said = model.get("plan");
    plan.textContent = said.said ?? "";
    take.hidden = !said.can_take;
  };

  const draw = () => {
    const at = place();
    const all = blocks();
    const block = all[Math.min(at.index, all.length - 1)];
    root.classList.toggle("jk-timer-empty", block === undefined);
    if (block === undefined) {
      title.textContent = "Take an agenda first";
      return;
    }
    const whole = (block.minutes + at.added) * MINUTE_MS;
    const rest = whole - spent(at);
    title.textContent = block.title;
    left.textContent = digits(rest);
    root.classList.toggle("jk-timer-over", rest < 0);
    root.classList.toggle("jk-timer-pause", block.is_break);
    const added = at.added ? `, ${at.added} added` : "";
    const state = rest < 0 ? "over time" : at.since_ms === null ? "not running" : "left";
    words.textContent = `${state} · block ${Math.min(at.index, all.length - 1) + 1} of ${all.length} · ${block.minutes} minutes${added}`;
    bar.style.setProperty("--jk-share", `${Math.min(100, (100 * spent(at)) / whole)}%`);
    const coming = all[at.index + 1];
    next.textContent = coming ? `Next: ${coming.title}, ${coming.minutes} minutes` : "Last block";
    run.textContent = at.since_ms === null ? (at.spent_ms ? "Go on" : "Start") : "Pause";
  };

  const ticking = setInterval(draw, TICK_MS);
  model.on("change:blocks change:place", draw);
  model.on("change:plan", answered);
  answered();
  draw();
  return () => {
    clearInterval(ticking);
    clearTimeout(waiting);
    model.off("change:blocks change:place", draw);
    model.off("change:plan", answered);
  };
}

export default { render };

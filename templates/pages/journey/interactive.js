// What an interactive report can do: sort and filter its tables, say the values of its
// pictures, open the map stage by stage. It loads nothing, keeps nothing and writes
// text only as text. Without it the page reads like the plain one.
"use strict";
(() => {
  const main = document.querySelector("main");
  const words = JSON.parse(main.dataset.jkWords);
  const DITTO = "″", NONE = "—", LONG = 12, FEW = 3, MANY = 6, TOLD = 4, TALL = 2.5;
  const collator = new Intl.Collator(document.documentElement.lang, {
    numeric: true, sensitivity: "base",
  });
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const filled = (text, gaps) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => String(gaps[name] ?? whole));

  const inNumbers = (n) => n.toLocaleString(document.documentElement.lang);

  function element(tag, className, text = "") {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function button(className, text, act) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // --- tables ---------------------------------------------------------------------------

  function numberIn(text) {
    const bare = text.replaceAll(words.thousands, "").replace(/\s/g, "")
      .replace(words.decimal, ".").replace("−", "-");
    const found = /^[^\d-]*(-?\d+(?:\.\d+)?)/.exec(bare);
    return found ? Number(found[1]) : null;
  }

  function keyOf(cell, text, isNumber) {
    const time = cell.querySelector("time");
    if (time) return time.dateTime;
    if (!text || text === NONE) return null;
    return isNumber ? numberIn(text) : text;
  }

  function compared(one, two) {
    if (typeof one === "number" && typeof two === "number") return one - two;
    return collator.compare(String(one), String(two));
  }

  function readTable(table) {
    const above = [];
    return [...table.tBodies[0].rows].map((row) => {
      const cells = [...row.cells];
      const said = cells.map((cell) => plain(cell.textContent));
      const whole = said.map((text, i) => (text === DITTO ? above[i] ?? text : text));
      whole.forEach((text, i) => { above[i] = text; });
      return { row, cells, said, whole, found: whole.join(" ").toLocaleLowerCase() };
    });
  }

  function liven(table) {
    const body = table.tBodies[0], rows = readTable(table);
    if (rows.length < 2) return;
    const heads = [...table.tHead.rows[0].cells];
    // Things side by side, a row for each that is said of them: no order but theirs.
    if (!plain(heads.find((head) => !head.querySelector(".jk-unseen")).textContent)) return;
    const state = { column: -1, sign: 1, text: "" };
    const tools = element("div", "jk-tools");
    const count = element("span", "jk-count");
    count.setAttribute("role", "status");

    function show() {
      const isChanged = state.column >= 0 || state.text !== "";
      const order = [...rows];
      if (state.column >= 0) {
        const isNumber = heads[state.column].classList.contains("jk-number");
        const keys = new Map(rows.map((one) => [
          one, keyOf(one.cells[state.column], one.whole[state.column], isNumber),
        ]));
        order.sort((one, two) => {
          const [a, b] = [keys.get(one), keys.get(two)];
          if (a === null || b === null) return (a === null) - (b === null);
          return state.sign * compared(a, b);
        });
      }
      let n = 0;
      for (const one of order) {
        one.row.hidden = !one.found.includes(state.text);
        n += one.row.hidden ? 0 : 1;
        // "As above" says nothing once the row above is another.
        one.said.forEach((text, i) => {
          if (text === DITTO) one.cells[i].textContent = isChanged ? one.whole[i] : text;
        });
      }
      body.append(...order.map((one) => one.row));
      count.textContent = state.text ? filled(words.rows, {
        n: inNumbers(n), total: inNumbers(rows.length),
      }) : "";
      heads.forEach((head, i) => {
        const way = state.sign > 0 ? "ascending" : "descending";
        if (i === state.column) head.setAttribute("aria-sort", way);
        else head.removeAttribute("aria-sort");
      });
    }

    function sortBy(column) {
      if (state.column !== column) Object.assign(state, { column, sign: 1 });
      else if (state.sign > 0) state.sign = -1;
      else Object.assign(state, { column: -1, sign: 1 });
      choice.value = String(state.column);
      show();
    }

    const choice = element("select", "");
    choice.append(new Option(words.asReported, "-1"));
    heads.forEach((head, i) => {
      const name = plain(head.textContent);
      if (head.querySelector(".jk-unseen")) return;
      choice.append(new Option(name, String(i)));
      const made = button("jk-sort", name, () => sortBy(i));
      made.title = filled(words.sort, { column: name });
      head.replaceChildren(made);
    });
    choice.addEventListener("change", () => {
      Object.assign(state, { column: Number(choice.value), sign: 1 });
      show();
    });
    const chosen = element("label", "jk-sort-by", `${words.sortBy} `);
    chosen.append(choice);
    tools.append(chosen);
    if (rows.length >= LONG) {
      const field = element("input", "");
      field.type = "search";
      field.addEventListener("input", () => {
        state.text = plain(field.value).toLocaleLowerCase();
        show();
      });
      const label = element("label", "jk-filter", `${words.filter} `);
      label.append(field);
      tools.append(label, count);
    }
    table.parentElement.before(tools);
  }

  // --- numbers behind pictures ------------------------------------------------------------

  function allNumbers() {
    const all = [...document.querySelectorAll("figure .jk-twin")];
    const band = document.querySelector(".jk-band-in");
    if (all.length < 2 || !band) return;
    const made = button("jk-all", words.showAll, () => {
      const isOpen = all.some((one) => !one.open);
      for (const one of all) one.open = isOpen;
    });
    const say = () => {
      made.textContent = all.every((one) => one.open) ? words.hideAll : words.showAll;
    };
    for (const one of all) one.addEventListener("toggle", say);
    band.append(made);
  }

  // --- values of a picture ------------------------------------------------------------------

  const tip = element("div", "jk-tip");
  tip.setAttribute("role", "status");
  tip.hidden = true;

  function placeOf(text) {
    const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)/.exec(text.getAttribute("transform"));
    const [x, y] = moved ? moved.slice(1) : [text.getAttribute("x"), text.getAttribute("y")];
    return [Number(x), Number(y), parseFloat(text.getAttribute("font-size")) || 16];
  }

  // The lines of one text stand below each other; each is an element of its own.
  function textsOf(svg) {
    const found = [];
    let last = null;
    for (const line of svg.querySelectorAll("text")) {
      const [x, y, size] = placeOf(line);
      const isNext = last && line.previousElementSibling === last.lines.at(-1)
        && last.x === x && last.size === size && y > last.y && y - last.y < 1.45 * size;
      if (isNext) {
        last.lines.push(line);
        last.y = y;
      } else {
        last = { lines: [line], x, y, size };
        found.push(last);
      }
    }
    return found.map(({ lines }) => ({
      lines, said: plain(lines.map((line) => line.textContent).join(" ")),
    })).filter((one) => one.said.length > 1 && !/^[-−+\d.,\s%]+$/.test(one.said));
  }

  function spotsOf(svg, labels, rows, numbers) {
    const texts = textsOf(svg);
    const byText = new Map();
    for (const one of texts) {
      const same = byText.get(one.said) ?? [];
      byText.set(one.said, [...same, one]);
    }
    const spots = [];
    for (const [said, same] of byText) {
      const isCut = said.endsWith("…");
      const start = isCut ? said.slice(0, -1).trim() : said;
      const fits = (cell) => (isCut ? start.length > FEW && cell.startsWith(start) : cell === said);
      let best = null;
      labels.forEach((_, column) => {
        const hits = rows.filter((row) => fits(row[column]));
        if (hits.length && (!best || hits.length <= best.hits.length)) best = { column, hits };
      });
      if (!best) continue;
      const { column, hits } = best;
      if (hits.length === 1 || hits.length === same.length) {
        same.forEach((one, i) => {
          spots.push({ ...one, rows: [hits[Math.min(i, hits.length - 1)]], column });
        });
      } else if (hits.length <= MANY && numbers.length) {
        // A name with a row for each group: all of them are told.
        same.forEach((one) => spots.push({ ...one, rows: hits, column }));
      }
    }
    const order = new Map(rows.map((row, i) => [row, i]));
    return spots.sort((one, two) => order.get(one.rows[0]) - order.get(two.rows[0]));
  }

  function boxOf(spot, drawn) {
    const within = drawn.getBoundingClientRect();
    const boxes = spot.lines.map((line) => line.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    return {
      left: left - within.left + drawn.scrollLeft - 4,
      top: top - within.top - 4,
      width: Math.max(...boxes.map((box) => box.right)) - left + 8,
      height: Math.max(...boxes.map((box) => box.bottom)) - top + 8,
    };
  }

  // Where all names stand below each other, the whole row says the value; likewise
  // where they stand beside each other.
  function spread(boxes, drawn) {
    const range = (values) => Math.max(...values) - Math.min(...values);
    const step = (values) => {
      const sorted = [...values].sort((one, two) => one - two);
      return Math.min(...sorted.slice(1).map((value, i) => value - sorted[i]));
    };
    const lefts = boxes.map((box) => box.left), middles = boxes.map((box) => box.left + box.width / 2);
    const tops = boxes.map((box) => box.top);
    if (range(lefts) < 4) {
      const height = step(tops);
      // On a phone, and over several marks, a name stands above them, else beside.
      const isAbove = drawn.classList.contains("jk-drawn-narrow")
        || height > TALL * Math.max(...boxes.map((box) => box.height));
      return boxes.map((box) => ({
        top: isAbove ? box.top : box.top + (box.height - height) / 2,
        left: -4, width: drawn.scrollWidth + 8, height,
      }));
    }
    if (range(tops) < 4) {
      const width = step(middles);
      return boxes.map((box, i) => ({
        left: middles[i] - width / 2, width, top: 0, height: drawn.scrollHeight,
      }));
    }
    return boxes;
  }

  function told(spot, labels, numbers) {
    const list = element("dl", ""), [first] = spot.rows;
    const pair = (name, text) => list.append(element("dt", "", name), element("dd", "", text));
    if (spot.rows.length === 1) {
      labels.forEach((label, i) => {
        const text = first[i];
        if (i === spot.column || !text || text === NONE || text === first[spot.column]) return;
        pair(label, text);
      });
      return list;
    }
    const part = labels.findIndex((_, i) => new Set(spot.rows.map((row) => row[i])).size > 1);
    for (const row of spot.rows) {
      const said = numbers.filter((i) => row[i] && row[i] !== NONE).slice(0, TOLD);
      pair(row[part] ?? "", said
        .map((i) => `${labels[i]} ${row[i]}`.replaceAll(" ", "\u00a0")).join("\u00a0· "));
    }
    return list;
  }

  function tellValues(drawn, labels, rows, numbers) {
    const svg = drawn.querySelector("svg");
    const all = svg ? spotsOf(svg, labels, rows, numbers) : [];
    // A chart names each of its rows; then these names are all there is to point at.
    const names = all.filter((spot) => spot.column === 0);
    const named = new Set(names.flatMap((spot) => spot.rows));
    const isChart = names.length > 1 && named.size > rows.length / 2;
    const spots = isChart ? names : all;
    if (!spots.length) return;
    const mark = element("div", "jk-spot");
    mark.hidden = true;
    drawn.classList.add("jk-tells");
    drawn.append(mark);
    drawn.tabIndex = 0;
    drawn.setAttribute("role", "group");
    drawn.setAttribute("aria-label", words.keys);
    let boxes = [], width = 0, at = -1;

    function measure() {
      if (width === drawn.clientWidth) return;
      width = drawn.clientWidth;
      boxes = spots.map((spot) => boxOf(spot, drawn));
      if (isChart) boxes = spread(boxes, drawn);
    }

    function hide() {
      at = -1;
      mark.hidden = true;
      tip.hidden = true;
    }

    function show(i, x) {
      if (i === at) return;
      at = i;
      const spot = spots[i], box = boxes[i];
      const name = element("p", "", spot.rows[0][spot.column]);
      tip.replaceChildren(name, told(spot, labels, numbers));
      for (const side of ["left", "top", "width", "height"]) mark.style[side] = `${box[side]}px`;
      mark.hidden = false;
      tip.hidden = false;
      const seen = mark.getBoundingClientRect();
      const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
      const isBelow = seen.bottom + tip.offsetHeight + 16 < window.innerHeight;
      const top = isBelow ? seen.bottom + 8 : Math.max(8, seen.top - tip.offsetHeight - 8);
      tip.style.left = `${Math.max(8, Math.min(isChart ? x + 16 : seen.left, room))}px`;
      tip.style.top = `${top}px`;
    }

    function pointed(event) {
      measure();
      const within = drawn.getBoundingClientRect();
      const x = event.clientX - within.left + drawn.scrollLeft, y = event.clientY - within.top;
      const i = boxes.findIndex((box) => x >= box.left && x <= box.left + box.width
        && y >= box.top && y <= box.top + box.height);
      if (i < 0) hide();
      else show(i, event.clientX);
    }

    drawn.addEventListener("pointermove", pointed);
    drawn.addEventListener("pointerdown", pointed);
    drawn.addEventListener("pointerleave", hide);
    drawn.addEventListener("blur", hide);
    drawn.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      measure();
      const next = at < 0 ? (step > 0 ? 0 : spots.length - 1) : at + step;
      const i = (next + spots.length) % spots.length;
      spots[i].lines[0].scrollIntoView({ block: "nearest", inline: "nearest" });
      const seen = drawn.getBoundingClientRect();
      show(i, seen.left + seen.width / 3);
    });
  }

  function tellFigure(figure) {
    const table = figure.querySelector(".jk-twin table");
    if (!table) return;
    const heads = [...table.tHead.rows[0].cells];
    const labels = heads.map((cell) => plain(cell.textContent));
    const numbers = [...heads.keys()].filter((i) => heads[i].classList.contains("jk-number"));
    const rows = readTable(table).map((one) => one.whole);
    for (const drawn of figure.querySelectorAll(".jk-drawn:not(.jk-drawn-print)")) {
      tellValues(drawn, labels, rows, numbers);
    }
  }

  // --- the map stage by stage -----------------------------------------------------------------

  function openStages(held) {
    const figure = [...document.querySelectorAll("figure.jk-figure")].find(
      (one) => !one.querySelector(".jk-stages")
        && one.getAttribute("aria-label") === held.getAttribute("aria-label"),
    );
    const sheets = [...held.children];
    if (!figure || sheets.length < 2) return;
    const bar = element("div", "jk-stage-bar");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.stages);
    const choose = (chosen) => {
      figure.classList.toggle("jk-one-stage", chosen >= 0);
      held.hidden = chosen < 0;
      sheets.forEach((sheet, i) => { sheet.hidden = i !== chosen; });
      [...bar.children].forEach((one, i) => one.setAttribute("aria-pressed", String(i === chosen + 1)));
    };
    bar.append(
      button("", words.whole, () => choose(-1)),
      ...sheets.map((sheet, i) => button("", sheet.getAttribute("aria-label"), () => choose(i))),
    );
    const drawn = figure.querySelector(".jk-drawn");
    drawn.before(bar, held);
    choose(-1);
  }

  for (const figure of document.querySelectorAll("figure.jk-figure")) tellFigure(figure);
  for (const table of document.querySelectorAll(".jk-scroll > table")) {
    if (!table.closest(".jk-stages")) liven(table);
  }
  for (const held of document.querySelectorAll(".jk-stages")) openStages(held);
  allNumbers();
  document.body.append(tip);
  document.documentElement.classList.add("jk-live");
})();

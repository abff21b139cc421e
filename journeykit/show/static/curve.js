// The emotion curve: one smooth line for each persona over labelled gridlines, what was
// measured as a thinner line with its band, the gap between the two shaded, red dots
// where it hurts. What nobody said ends the line and is never drawn as zero.

const STEP = 40;
const PAD = 50;
const PLOT = 4 * STEP + 2 * PAD;
const LINE_HEIGHT = 1.17; // of the letters' size
const SCALE_ROOM = 92;
const TURN_WORDS = { highest: "Highest point", peak: "Peak", valley: "Valley", lowest: "Lowest point" };

const yOf = (emotion) => PAD + (2 - emotion) * STEP;

/** Return slopes of a line through points that never overshoots (Steffen 1990). */
function steadySlopes(points) {
  const secants = points.slice(1).map(([x, y], i) => (y - points[i][1]) / (x - points[i][0]));
  if (!secants.length) return points.map(() => 0);
  const slopes = [];
  for (let i = 1; i < points.length - 1; i += 1) {
    const [before, after] = [secants[i - 1], secants[i]];
    const [h0, h1] = [points[i][0] - points[i - 1][0], points[i + 1][0] - points[i][0]];
    const mean = (before * h1 + after * h0) / (h0 + h1);
    const sign = Math.sign(before) + Math.sign(after);
    slopes.push(sign * Math.min(Math.abs(before), Math.abs(after), Math.abs(mean) / 2));
  }
  const last = secants.at(-1);
  return [
    (3 * secants[0] - (slopes[0] ?? secants[0])) / 2,
    ...slopes,
    (3 * last - (slopes.at(-1) ?? last)) / 2,
  ];
}

/** Return path data of the smooth line through points, forwards or back. */
function smoothPath(points, isBack = false) {
  const slopes = steadySlopes(points);
  let knots = points.map(([x, y], i) => [x, y, slopes[i]]);
  if (isBack) knots = knots.reverse();
  const parts = [`${isBack ? "L" : "M"}${at(knots[0][0])},${at(knots[0][1])}`];
  for (let i = 1; i < knots.length; i += 1) {
    const [[x0, y0, m0], [x1, y1, m1]] = [knots[i - 1], knots[i]];
    const third = (x1 - x0) / 3;
    const ends = [x0 + third, y0 + m0 * third, x1 - third, y1 - m1 * third, x1, y1];
    parts.push(`C${ends.map(at).join(",")}`);
  }
  return parts.join("");
}

const at = (number) => number.toFixed(1);

/** Return the height of the smooth line through points at *x*; null beside its ends. */
function heightAt(points, x) {
  const slopes = steadySlopes(points);
  for (let i = 1; i < points.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    if (x < x0 || x > x1) continue;
    const h = x1 - x0;
    const t = (x - x0) / h;
    const bend = (1 + 2 * t) * (1 - t) ** 2 * y0 + t ** 2 * (3 - 2 * t) * y1;
    return bend + h * t * (1 - t) * ((1 - t) * slopes[i - 1] - t * slopes[i]);
  }
  return null;
}

/** Return stretches of neighbouring rows that have a value. */
function stretches(rows, value) {
  const found = [];
  for (const row of rows) {
    if (typeof value(row) !== "number") continue;
    const run = found.at(-1);
    if (run && row.column === run.at(-1).column + 1) run.push(row);
    else found.push([row]);
  }
  return found;
}

let measuringPen = null;

/** Return how wide words are, in pixels. */
function wordsWidth(words, isBold, size) {
  measuringPen ??= document.createElement("canvas").getContext("2d");
  measuringPen.font = `${isBold ? 700 : 400} ${size}px sans-serif`;
  return measuringPen.measureText(words).width * 1.04;
}

/** Return words cut so that they fit into a width. */
function fitted(words, width, isBold, size) {
  const line = words.split("\n")[0];
  if (wordsWidth(line, isBold, size) <= width) return line;
  const signs = Array.from(line).slice(0, 200);
  while (signs.length > 1 && wordsWidth(`${signs.join("")}…`, isBold, size) > width) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}

/** Keeps words off each other: takes boxes, and finds free ones. */
function makeGround(right, lines) {
  const taken = [];
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const isFree = (box) =>
    box[0] >= 0 && box[1] >= 0 && box[2] <= right && box[3] <= PLOT && !taken.some((one) => meets(one, box));
  const nCrossed = (box) => {
    const xs = [0, 1, 2, 3, 4].map((i) => box[0] + ((box[2] - box[0]) * i) / 4);
    const crosses = (line) =>
      xs.some((x) => {
        const y = heightAt(line, x);
        return y !== null && box[1] - 2 < y && y < box[3] + 2;
      });
    return lines.filter(crosses).length;
  };
  return {
    take: (box) => taken.push(box),
    isFree,
    best(boxes) {
      const scored = boxes.filter(isFree).map((box) => [nCrossed(box), box]);
      return scored.sort((one, other) => one[0] - other[0])[0]?.[1] ?? null;
    },
  };
}

/**
 * Draw the curves into the zone's element.
 *
 * sheet: { curves, hueOf(row), cardOf(row), centreOf(column), isSeen(column), width, columnWidth,
 * isNamedBeside: whether the words of the gridlines stand beside the plot }
 */
function drawCurve(node, sheet) {
  const { curves, width } = sheet;
  const size = sheet.size;
  const point = (row, value) => [sheet.centreOf(row.column), yOf(value)];
  const linesOf = (rows, value) =>
    stretches(rows, value).map((run) => run.map((row) => point(row, value(row))));
  const felt = (row) => row.felt;
  const measured = (row) => row.measured;
  const hero = curves[0] ?? [];
  const picture = shape("svg", { class: "jk-curve", width, height: PLOT, role: "img" });
  picture.setAttribute("aria-label", curveWords(curves, sheet));
  picture.append(hatching(sheet.prefix));
  drawGap(picture, hero, point);
  for (let emotion = -2; emotion <= 2; emotion += 1) {
    const y = yOf(emotion);
    const attrs = { x1: 0, x2: width, y1: y, y2: y, class: emotion ? "jk-line" : "jk-line jk-zero" };
    picture.append(shape("line", attrs));
  }
  drawMeasured(picture, hero, point, sheet.prefix);
  for (const rows of [...curves.slice(1), hero]) {
    for (const line of linesOf(rows, felt)) {
      const path = shape("path", { d: smoothPath(line), class: "jk-felt" });
      if (rows !== hero) path.classList.add("jk-second");
      path.style.stroke = sheet.hueOf(rows[0]);
      picture.append(path);
    }
  }
  const feltLines = linesOf(hero, felt);
  const others = curves.slice(1).flatMap((rows) => linesOf(rows, felt));
  const ground = makeGround(width, [...feltLines, ...others, ...linesOf(hero, measured)]);
  for (let emotion = -2; !sheet.isNamedBeside && emotion <= 2; emotion += 1) {
    ground.take([0, yOf(emotion) - 18, SCALE_ROOM, yOf(emotion)]); // the words of the scale
  }
  drawFeltMarks(picture, curves, sheet, ground, point);
  drawPains(picture, hero, sheet, ground, feltLines);
  for (const row of hero) {
    if (typeof row.measured !== "number") continue;
    const [x, y] = point(row, row.measured);
    ground.take([x - 6, y - 6, x + 6, y + 6]);
  }
  drawTurns(picture, hero, sheet, ground, point);
  const names = curves.map((rows) => [linesOf(rows, felt), rows[0]?.who, sheet.hueOf(rows[0])]);
  names.push([linesOf(hero, measured), "Measured", "var(--jk-accent)"]);
  for (const [lines, name, colour] of names) {
    if (name) drawLineName(picture, lines, fitted(name, sheet.columnWidth - 16, true, size), colour, ground, size);
  }
  node.querySelector(":scope > .jk-curve")?.remove();
  node.prepend(picture);
}

function hatching(prefix) {
  const attrs = { id: `${prefix}-hatch`, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return shape("defs", {}, shape("pattern", attrs, shape("rect", { width: 2, height: 5, class: "jk-hatch" })));
}

/** Shade between felt and measured, wherever both lines run. */
function drawGap(picture, rows, point) {
  const both = (row) => (typeof row.felt === "number" ? row.measured : null);
  for (const run of stretches(rows, both)) {
    if (run.length < 2) continue;
    const there = smoothPath(run.map((row) => point(row, row.felt)));
    const back = smoothPath(run.map((row) => point(row, row.measured)), true);
    picture.append(shape("path", { d: `${there}${back}Z`, class: "jk-gap" }));
  }
}

function drawMeasured(picture, rows, point, prefix) {
  const hasBand = (row) => typeof row.low === "number" && typeof row.high === "number";
  for (const run of stretches(rows, (row) => row.measured)) {
    if (run.length > 1 && run.every(hasBand)) {
      const there = smoothPath(run.map((row) => point(row, row.high)));
      const back = smoothPath(run.map((row) => point(row, row.low)), true);
      picture.append(shape("path", { d: `${there}${back}Z`, class: "jk-band" }));
    }
    const line = run.map((row) => point(row, row.measured));
    picture.append(shape("path", { d: smoothPath(line), class: "jk-measured" }));
    for (const row of run) {
      const [x, y] = point(row, row.measured);
      if (hasBand(row)) {
        const [top, bottom] = [yOf(row.high), yOf(row.low)];
        const isFew = row.reliability === "few answers";
        const box = { x: x - 6, y: top, width: 12, height: bottom - top };
        picture.append(
          isFew
            ? shape("rect", { ...box, class: "jk-few", fill: `url(#${prefix}-hatch)` })
            : shape("line", { x1: x, x2: x, y1: top, y2: bottom, class: "jk-measured" }),
        );
      }
      picture.append(shape("circle", { cx: x, cy: y, r: 3, class: "jk-point" }));
    }
  }
}

function drawFeltMarks(picture, curves, sheet, ground, point) {
  for (const [i, rows] of curves.entries()) {
    for (const row of rows) {
      if (typeof row.felt !== "number") continue;
      const [x, y] = point(row, row.felt);
      const card = sheet.cardOf(row);
      const isTruth = Boolean(card?.marks.includes("moment of truth"));
      if (i === 0) {
        picture.append(feltMark(x, y, card?.basis ?? "", isTruth, sheet.hueOf(row)));
        ground.take([x - 9, y - 9, x + 9, y + 9]);
      } else if (ground.isFree([x - 5, y - 5, x + 5, y + 5])) {
        const dot = shape("circle", { cx: x, cy: y, r: 3.5 });
        dot.style.fill = sheet.hueOf(row);
        picture.append(dot);
      }
    }
  }
}

function feltMark(x, y, basis, isTruth, hue) {
  const r = isTruth ? 8.5 : 6;
  const outline = isTruth
    ? shape("path", { d: `M${x},${y - r}l${r},${r}l${-r},${r}l${-r},${-r}z` })
    : shape("circle", { cx: x, cy: y, r });
  outline.setAttribute("class", basis === "measured" ? "jk-felt-mark jk-full" : "jk-felt-mark");
  const mark = shape("g", {}, outline);
  if (basis === "observed") {
    const half = isTruth ? `M${x},${y - r}l${r},${r}l${-r},${r}z` : `M${x},${y - r}a${r},${r} 0 0 1 0,${2 * r}z`;
    mark.append(shape("path", { d: half, class: "jk-felt-half" }));
  }
  mark.style.color = hue;
  return mark;
}

/** Set a red dot with its count on the curve, beside the touchpoint's mark. */
function drawPains(picture, rows, sheet, ground, lines) {
  for (const row of rows) {
    const n = sheet.cardOf(row)?.n_pains ?? 0;
    if (!n || typeof row.felt !== "number") continue;
    const x = sheet.centreOf(row.column);
    const places = [26, -26, 34, -34]
      .flatMap((side) => lines.map((line) => [x + side, heightAt(line, x + side)]))
      .filter(([, y]) => y !== null);
    if (!places.length) places.push([x + 26, yOf(row.felt)]);
    const boxes = places.map(([a, b]) => [a - 12, b - 11, a + 12, b + 11]);
    const box = boxes.find(ground.isFree) ?? boxes[0];
    ground.take(box);
    const [cx, cy] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    picture.append(
      shape("circle", { cx, cy, r: 9, class: "jk-pain-dot" }),
      shape("text", { x: cx, y: cy + 4.5, class: "jk-pain-n", text: n }),
    );
  }
}

/** Name peaks above the curve and valleys below it. */
function drawTurns(picture, rows, sheet, ground, point) {
  const size = sheet.size;
  const order = { highest: 0, lowest: 0, peak: 1, valley: 1 };
  const turns = rows.filter((row) => row.turn && typeof row.felt === "number");
  turns.sort((one, other) => order[one.turn] - order[other.turn]);
  for (const row of turns) {
    const [x, y] = point(row, row.felt);
    const name = TURN_WORDS[row.turn];
    const word = fitted(row.word || EMOTION_WORDS[emotionPlace(row.felt)], sheet.columnWidth - 8, false, size);
    const half = Math.max(wordsWidth(name, true, size), wordsWidth(word, false, size)) / 2;
    const step = size * LINE_HEIGHT;
    const height = 2 * step;
    const isAbove = row.turn === "highest" || row.turn === "peak";
    const tops = [0, 6, 16, 28].map((more) => (isAbove ? y - 12 - height - more : y + 13 + more));
    const boxes = tops.flatMap((top) =>
      [0, half / 2, -half / 2].map((shift) => [x + shift - half, top, x + shift + half, top + height]),
    );
    const box = ground.best(boxes);
    if (!box) continue;
    ground.take(box);
    const middle = (box[0] + box[2]) / 2;
    picture.append(
      shape("text", { x: middle, y: box[1] + size - 1, class: "jk-word jk-bold", text: name }),
      shape("text", { x: middle, y: box[1] + size - 1 + step, class: "jk-word", text: word }),
    );
  }
}

/** Name a line once, as near to its beginning as there is room. */
function drawLineName(picture, lines, name, colour, ground, size) {
  const wide = wordsWidth(name, true, size);
  const boxes = lines.flat().flatMap(([x, y]) =>
    [
      [x - 12 - wide, y - 8],
      [x + 10, y - 22],
      [x + 10, y + 8],
      [x - wide / 2, y - 26],
      [x - wide / 2, y + 11],
    ].map(([left, top]) => [left, top, left + wide, top + size * LINE_HEIGHT]),
  );
  const box = ground.best(boxes);
  if (!box) return;
  ground.take(box);
  const words = shape("text", { x: box[0], y: box[1] + size - 1, class: "jk-word jk-bold jk-name", text: name });
  words.style.fill = colour;
  picture.append(words);
}

/** Return the curves in words. */
function curveWords(curves, sheet) {
  const said = curves.map((rows) => {
    const points = rows
      .filter((row) => typeof row.felt === "number")
      .map((row) => {
        const n = sheet.cardOf(row)?.n_pains ?? 0;
        const pains = n ? `, ${counted(n, "pain point")}` : "";
        return `${row.name} ${EMOTION_WORDS[emotionPlace(row.felt)]}${pains}`;
      });
    return points.length ? `${rows[0].who}: ${points.join("; ")}.` : "";
  });
  return `Emotion curve. ${said.filter(Boolean).join(" ") || "Nobody was asked yet."}`;
}

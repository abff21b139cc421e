// The gutters of a board are streets: links run along them, with few corners, and never
// under words. Curves from edge to edge were turned down: they crossed everything.

const BEND_COST = 48; // a corner is worth a detour of so many pixels
const NEAR_STREETS = 34; // edges that lie nearer than this share one street
const CORNER = 6;
const MOST_LANES_PX = 20;

/** Return the streets of a board as it stands on the screen. */
function makeStreets(board, grid) {
  const origin = grid.getBoundingClientRect();
  const boxOf = (node) => {
    const box = node.getBoundingClientRect();
    return { left: box.left - origin.left, right: box.right - origin.left, top: box.top - origin.top, bottom: box.bottom - origin.top };
  };
  const isThere = (box) => box.right > box.left && box.bottom > box.top;
  const cards = [...grid.querySelectorAll(".jk-card")].map((node) => ({ entry: node.dataset.entry, ...boxOf(node) })).filter(isThere);
  const words = [...grid.querySelectorAll(".jk-zone-title:not([hidden]), .jk-hint:not(:empty), .jk-head")].map(boxOf).filter(isThere);
  const width = origin.width;
  const xs = merged(cards.flatMap((box) => [box.left - 8, box.right + 8]), NEAR_STREETS, width);
  const ys = merged(cards.flatMap((box) => [box.top - 4, box.bottom + 4]), 6, Infinity);
  const blocks = [...cards, ...words];
  const isFree = (x0, x1, y0, y1) => blocks.every((box) => x1 <= box.left || x0 >= box.right || y1 <= box.top || y0 >= box.bottom);
  // Whether the stretch from a crossing to the next one, rightwards or downwards, is free.
  const rightwards = ys.map((y) => xs.slice(1).map((x, i) => isFree(xs[i], x, y - 1, y + 1)));
  const downwards = ys.slice(1).map((y, j) => xs.map((x) => isFree(x - 1, x + 1, ys[j], y)));
  const byEntry = new Map();
  for (const box of cards) if (!byEntry.has(box.entry)) byEntry.set(box.entry, box);

  /** Return the doors of a card: the streets at its sides, and the crossings beside them. */
  function doors(box) {
    const y = (box.top + box.bottom) / 2;
    const right = xs.findIndex((x) => x > box.right);
    const left = xs.findLastIndex((x) => x < box.left);
    const made = [];
    for (const [i, edge] of [[right, box.right], [left, box.left]]) {
      if (i < 0 || !isFree(Math.min(edge, xs[i]) + 1, Math.max(edge, xs[i]) - 1, y - 1, y + 1)) continue;
      const below = ys.findIndex((one) => one >= y);
      for (const j of [below, below - 1]) {
        if (j < 0 || !(j in ys)) continue;
        if (isFree(xs[i] - 1, xs[i] + 1, Math.min(y, ys[j]), Math.max(y, ys[j]))) made.push({ i, j, y, edge, cost: Math.abs(edge - xs[i]) + Math.abs(y - ys[j]) });
      }
    }
    return made;
  }

  /** Return the corners of the way between two entries; null if there is none. */
  function way(source, target) {
    const [from, to] = [byEntry.get(source), byEntry.get(target)];
    if (!from || !to) return null;
    const [starts, ends] = [doors(from), doors(to)];
    const short = straight(starts, ends);
    if (short) return short;
    const found = cheapest(starts, ends);
    if (!found) return null;
    const { start, end, crossings } = found;
    const arrive = to.left === end.edge ? -3 : 3;
    return corners([[start.edge, start.y], [xs[start.i], start.y], ...crossings.map(([i, j]) => [xs[i], ys[j]]), [xs[end.i], end.y], [end.edge + arrive, end.y]]);
  }

  /** Return the way between neighbours on the same street, which needs no crossing. */
  function straight(starts, ends) {
    for (const start of starts) {
      for (const end of ends) {
        const x = xs[start.i];
        if (start.i !== end.i || !isFree(x - 1, x + 1, Math.min(start.y, end.y), Math.max(start.y, end.y))) continue;
        const arrive = end.edge > x ? -3 : 3;
        return corners([[start.edge, start.y], [x, start.y], [x, end.y], [end.edge + arrive, end.y]]);
      }
    }
    return null;
  }

  /** Dijkstra over crossings, each once for every direction in which it is entered. */
  function cheapest(starts, ends) {
    const [nX, nY] = [xs.length, ys.length];
    const cost = new Float64Array(nX * nY * 2).fill(Infinity);
    const before = new Int32Array(nX * nY * 2).fill(-1);
    const isDone = new Uint8Array(nX * nY * 2);
    const begun = new Map();
    const heap = makeHeap((node) => cost[node]);
    const nodeOf = (i, j, isAlong) => (j * nX + i) * 2 + (isAlong ? 1 : 0);
    for (const start of starts) {
      const node = nodeOf(start.i, start.j, false); // one turns into the street
      if (start.cost < cost[node]) {
        cost[node] = start.cost;
        begun.set(node, start);
        heap.push(node);
      }
    }
    const goals = new Map();
    for (const end of ends) {
      for (const isAlong of [false, true]) {
        const node = nodeOf(end.i, end.j, isAlong);
        const rest = end.cost + (isAlong ? BEND_COST : 0);
        if (!goals.has(node) || goals.get(node).rest > rest) goals.set(node, { end, rest });
      }
    }
    let best = null;
    while (heap.size()) {
      const node = heap.pop();
      if (isDone[node]) continue;
      isDone[node] = 1;
      if (best && cost[node] >= best.cost) break;
      const goal = goals.get(node);
      if (goal && (!best || cost[node] + goal.rest < best.cost)) best = { node, end: goal.end, cost: cost[node] + goal.rest };
      const [isAlong, i, j] = [node % 2, (node >> 1) % nX, Math.floor((node >> 1) / nX)];
      const step = (i1, j1, along, isOpen) => {
        if (!isOpen) return;
        const next = nodeOf(i1, j1, along);
        const far = along ? Math.abs(xs[i1] - xs[i]) : Math.abs(ys[j1] - ys[j]);
        const sum = cost[node] + far + (along === Boolean(isAlong) ? 0 : BEND_COST);
        if (sum >= cost[next]) return;
        cost[next] = sum;
        before[next] = node;
        begun.delete(next);
        heap.push(next);
      };
      step(i + 1, j, true, i + 1 < nX && rightwards[j][i]);
      step(i - 1, j, true, i > 0 && rightwards[j][i - 1]);
      step(i, j + 1, false, j + 1 < nY && downwards[j][i]);
      step(i, j - 1, false, j > 0 && downwards[j - 1][i]);
    }
    if (!best) return null;
    const crossings = [];
    let node = best.node;
    for (; node >= 0; node = begun.has(node) ? -1 : before[node]) {
      crossings.unshift([(node >> 1) % nX, Math.floor((node >> 1) / nX)]);
      if (begun.has(node)) return { start: begun.get(node), end: best.end, crossings };
    }
    return null;
  }

  /** Return how far a line may stand beside the middle of a street. */
  function room(x) {
    const free = cards.flatMap((box) => [x - box.right, box.left - x]).filter((far) => far >= 0);
    return Math.max(0, Math.min(MOST_LANES_PX / 2, ...free.map((far) => far - 5)));
  }

  return { way, room };
}

/** Return places in order, those that lie near each other as one. */
function merged(places, near, most) {
  const groups = [];
  for (const place of places.sort((one, other) => one - other)) {
    const last = groups.at(-1);
    if (last && place - last[0] <= near) last.push(place);
    else groups.push([place]);
  }
  return groups.map((group) => Math.min((group[0] + group.at(-1)) / 2, most - 2)).map((place) => Math.max(place, 2));
}

/** Return a heap of numbers by their cost. */
function makeHeap(costOf) {
  const items = [];
  const swap = (i, j) => ([items[i], items[j]] = [items[j], items[i]]);
  return {
    size: () => items.length,
    push(item) {
      let i = items.push(item) - 1;
      for (let up = (i - 1) >> 1; i && costOf(items[i]) < costOf(items[up]); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    pop() {
      const top = items[0];
      const last = items.pop();
      if (!items.length) return top;
      items[0] = last;
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        let least = i;
        if (left < items.length && costOf(items[left]) < costOf(items[least])) least = left;
        if (right < items.length && costOf(items[right]) < costOf(items[least])) least = right;
        if (least === i) return top;
        swap(i, least);
        i = least;
      }
    },
  };
}

/** Return points without those that lie on a straight line between others. */
function corners(points) {
  const same = (one, other) => Math.abs(one - other) < 0.5;
  const kept = points.filter(([x, y], i) => !i || !same(x, points[i - 1][0]) || !same(y, points[i - 1][1]));
  return kept.filter(([x, y], i) => {
    const [before, after] = [kept[i - 1], kept[i + 1]];
    if (!before || !after) return true;
    return !(same(before[0], x) && same(x, after[0])) && !(same(before[1], y) && same(y, after[1]));
  });
}

/** Let lines of different cards run side by side where they share a street. */
function spread(ways, roomAt) {
  const streets = new Map();
  for (const { tie, points } of ways) {
    for (let i = 1; i < points.length; i += 1) {
      const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
      if (Math.abs(x0 - x1) > 0.5 || Math.abs(y0 - y1) < 0.5) continue;
      const key = Math.round(x0);
      if (!streets.has(key)) streets.set(key, { x: x0, parts: [], sources: new Set() });
      const street = streets.get(key);
      street.parts.push({ points, i, source: tie.source });
      street.sources.add(tie.source);
    }
  }
  for (const { x, parts, sources } of streets.values()) {
    const order = [...sources];
    const gap = Math.min(4, (2 * roomAt(x)) / Math.max(1, order.length - 1));
    for (const { points, i, source } of parts) {
      const by = (order.indexOf(source) - (order.length - 1) / 2) * gap;
      points[i - 1] = [x + by, points[i - 1][1]];
      points[i] = [x + by, points[i][1]];
    }
  }
}

/** Return a way through one gutter as one curve; null where it has more corners. */
function curvedPath(points) {
  if (points.length !== 4) return null;
  const [from, turn, , to] = points;
  if (from[1] !== turn[1] || turn[0] !== points[2][0]) return null;
  const [y0, y1] = [from[1], to[1]].map(at);
  return `M${at(from[0])},${y0}C${at(to[0])},${y0},${at(from[0])},${y1},${at(to[0])},${y1}`;
}

/** Return path data through corners that are a little round. */
function roundedPath(points) {
  let path = `M${at(points[0][0])},${at(points[0][1])}`;
  for (let i = 1; i < points.length - 1; i += 1) {
    const [before, here, after] = [points[i - 1], points[i], points[i + 1]];
    const towards = ([x, y]) => {
      const far = Math.hypot(x - here[0], y - here[1]);
      const part = far ? Math.min(CORNER, far / 2) / far : 0;
      return `${at(here[0] + (x - here[0]) * part)},${at(here[1] + (y - here[1]) * part)}`;
    };
    path += `L${towards(before)}Q${at(here[0])},${at(here[1])},${towards(after)}`;
  }
  return `${path}L${at(points.at(-1)[0])},${at(points.at(-1)[1])}`;
}

// Where an arrow key leads: from card to card, and from zone to zone as they lie on the
// grid. It is read from the layout, not from the screen, so it is the same at any size.

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Return the cell in which a place stands: a card in columns has its own column. */
function cellAt(board, { zone: zoneId, card }) {
  const zone = board.state.zones.get(zoneId);
  const [row, column, nRows, nColumns] = zone.cell;
  const at = card ? zone.cards.indexOf(card) : -1;
  if (zone.shape !== "columns" || at < 0) return [row, column, nRows, nColumns];
  return [row, column + Math.min(at, nColumns - 1), nRows, 1];
}

/** Return the nearest zone in a direction that *canStand*; null if there is none. */
function zoneTowards(board, cell, [down, right], own, canStand) {
  const [row, column, nRows, nColumns] = cell;
  let best = null;
  for (const zone of board.state.shown.zones) {
    if (zone.id === own || !canStand(zone)) continue;
    if (board.grid.zoneNode(zone.id)?.classList.contains("jk-away")) continue;
    const [r, c, nr, nc] = zone.cell;
    const ahead = down
      ? down > 0 ? r - (row + nRows) : row - (r + nr)
      : right > 0 ? c - (column + nColumns) : column - (c + nc);
    if (ahead < 0) continue;
    const aside = down ? apart(c, nc, column, nColumns) : apart(r, nr, row, nRows);
    const skew = down ? Math.abs(c - column) : Math.abs(r - row);
    const score = ahead + aside * 4 + skew * 0.01;
    if (!best || score < best.score) best = { zone, score };
  }
  return best?.zone ?? null;
}

/** Return how far two stretches lie from each other; 0 if they overlap. */
function apart(start, length, other, otherLength) {
  return Math.max(0, start - (other + otherLength) + 1, other - (start + length) + 1);
}

/** Return where an arrow leads from a place; null where nothing lies. */
function stepFrom(board, place, key, canStand = () => true) {
  const direction = ARROWS[key];
  const zone = board.state.zones.get(place.zone);
  const inside = place.card && stepInside(board, zone, place.card, direction);
  if (inside) return { zone: zone.id, card: inside };
  const cell = cellAt(board, place);
  const [down] = direction;
  if (down && cell[3] > 1 && board.walkColumn >= cell[1] && board.walkColumn < cell[1] + cell[3]) {
    cell[1] = board.walkColumn;
    cell[3] = 1;
  } else board.walkColumn = cell[1];
  const next = zoneTowards(board, cell, direction, zone.id, canStand);
  return next && { zone: next.id, card: landingCard(board, zone, next, place.card, direction, cell) };
}

function stepInside(board, zone, card, [down, right]) {
  const at = zone.cards.indexOf(card);
  if (zone.shape === "list") return down ? zone.cards[at + down] : null;
  if (zone.shape === "columns") return right ? zone.cards[at + right] : null;
  if (right) {
    const beside = zone.cards[at + right];
    return beside && isSameRow(board, card, beside) ? beside : null;
  }
  // A wall: the nearest card of the next row.
  const box = board.grid.cardNode(card).getBoundingClientRect();
  let best = null;
  for (const id of zone.cards) {
    const other = board.grid.cardNode(id)?.getBoundingClientRect();
    if (!other || (down > 0 ? other.top < box.bottom - 2 : other.bottom > box.top + 2)) continue;
    const far = Math.abs(other.top - box.top) * 4 + Math.abs(other.left - box.left);
    if (!best || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}

function isSameRow(board, one, other) {
  const [a, b] = [one, other].map((id) => board.grid.cardNode(id).getBoundingClientRect());
  return a.top < b.bottom && b.top < a.bottom;
}

function landingCard(board, from, zone, card, [down, right], cell) {
  if (!zone.cards.length) return null;
  if (zone.shape === "columns") {
    const at = down ? cell[1] - zone.cell[1] : right > 0 ? 0 : zone.cards.length - 1;
    return zone.cards[Math.max(0, Math.min(at, zone.cards.length - 1))];
  }
  if (down) return down > 0 ? zone.cards[0] : zone.cards.at(-1);
  const at = Math.max(0, from.cards.indexOf(card));
  return zone.cards[Math.min(at, zone.cards.length - 1)];
}

/** Return the first place of a board: where the tab key arrives. */
function firstPlace(board) {
  const { zones } = board.state.shown;
  const full = zones.find((zone) => zone.cards.length) ?? zones[0];
  return full ? { zone: full.id, card: full.cards[0] ?? null } : null;
}

// One field that is being typed in: a draft from the first key, sent in batches, checked
// where it stands. It lasts as long as its control; what it sent lives on in the outbox.

const TYPING_MS = 400;
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;

/** Return what is wrong with a value in words of what was expected; "" if nothing is. */
function valueProblem(spec, value) {
  const name = spec.title || "This";
  const isEmpty = value === null || value === "" || (Array.isArray(value) && !value.length);
  if (isEmpty && !spec.is_required) return "";
  if (isEmpty) return name.endsWith("?") ? "This needs an answer." : `${name} needs a value.`;
  const words = Array.isArray(value) ? value : [value];
  const longest = Math.max(...words.map((word) => Array.from(String(word)).length));
  if (spec.max_length && longest > spec.max_length) {
    return `At most ${spec.max_length.toLocaleString("en-GB")} characters fit; these are ${longest.toLocaleString("en-GB")}.`;
  }
  if (Array.isArray(value) && spec.high && value.length > spec.high) {
    return `At most ${spec.high} lines fit; these are ${value.length}.`;
  }
  if (spec.input === "day" && !isDay(value)) return "A day is written as 2026-03-31.";
  if (["number", "count", "scale"].includes(spec.input)) return numberProblem(spec, value);
  return "";
}

function isDay(value) {
  const day = new Date(`${value}T00:00:00Z`);
  return DAY_FORM.test(value) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function numberProblem(spec, value) {
  const isCount = spec.input === "count";
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return isCount ? "A whole number is expected, such as 12." : "A number is expected, such as 12.5.";
  }
  if (isCount && !Number.isInteger(value)) return "A whole number is expected, such as 12.";
  const isLow = typeof spec.low === "number" && value < spec.low;
  const isHigh = typeof spec.high === "number" && value > spec.high;
  if (!isLow && !isHigh) return "";
  if (typeof spec.low === "number" && typeof spec.high === "number") {
    return `A number from ${spec.low} to ${spec.high} is expected.`;
  }
  return isLow ? `A number of at least ${spec.low} is expected.` : `A number of at most ${spec.high} is expected.`;
}

const sameValue = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const draftName = (entry, field) => `draft:${entry}:${field}`;

/**
 * Return the typing of one field.
 *
 * place: { entry, kind, field }; first: its value at the start; base: version seen;
 * read: value of the control now; check: what is wrong with it; say: shows that.
 */
function makeTyping(board, { place, first, base, read, check, say }) {
  const { entry, kind, field } = place;
  const name = draftName(entry, field);
  let sent = first;
  let seen = base;
  let timer = null;

  function send() {
    clearTimeout(timer);
    timer = null;
    const value = read();
    const problem = check(value);
    say(problem);
    if (problem) return false;
    if (sameValue(value, sent)) {
      if (sameValue(value, first)) board.shelf.drop(name);
      return true;
    }
    sent = value;
    const ops = [{ do: "change", entry, kind, fields: { [field]: value }, base: seen }];
    board.write(ops, [{}]);
    return true;
  }

  const session = {
    place,
    say,
    isDirty: () => timer !== null || !sameValue(read(), sent),
    /** A key was pressed. */
    input() {
      board.shelf.keep(name, { value: read(), base: seen, kind, client: board.client, time: Date.now() });
      clearTimeout(timer);
      timer = setTimeout(send, TYPING_MS);
    },
    send,
    /** Give up: what was sent meanwhile is taken back. */
    giveUp() {
      clearTimeout(timer);
      timer = null;
      board.shelf.drop(name);
      if (!sameValue(sent, first)) {
        board.write([{ do: "change", entry, kind, fields: { [field]: first }, base: seen }], [{}]);
        sent = first;
      }
    },
    /** Another value and version are known now. */
    rebase(version, value) {
      seen = version;
      if (value !== undefined) {
        sent = value;
        first = value;
      }
    },
    end() {
      clearTimeout(timer);
      timer = null;
      if (board.sessions.get(name) === session) board.sessions.delete(name);
    },
  };
  board.sessions.set(name, session);
  return session;
}

/** Return the typing of one field of an entry that is not there yet: nothing is sent. */
function makeBlankTyping(keep) {
  return (_board, { read, check, say }) => ({
    isDirty: () => false,
    input() {
      say("");
      keep();
    },
    send() {
      const value = read();
      const isEmpty = value === null || value === "" || (Array.isArray(value) && !value.length);
      say(isEmpty ? "" : check(value)); // what is lacking is said when it is to be added
      keep();
    },
    rebase() {},
    end() {},
  });
}

/** Drop the drafts that a write which is on disk now made needless. */
function settleDrafts(board, item) {
  for (const op of item.message.ops ?? []) {
    if (op.do !== "change") continue;
    for (const [field, value] of Object.entries(op.fields)) {
      const draft = board.shelf.read(draftName(op.entry, field));
      if (draft && sameValue(draft.value, value)) board.shelf.drop(draftName(op.entry, field));
    }
  }
}

/** Return drafts that no living tab is typing, newest first. */
async function orphanedDrafts(board) {
  const living = await livingClients(board.client);
  return board.shelf
    .names()
    .filter((name) => name.startsWith("draft:"))
    .map((name) => ({ name, ...board.shelf.read(name) }))
    .filter((draft) => draft.value !== undefined && !living.has(draft.client))
    .filter((draft) => !board.sessions.has(draft.name))
    .sort((one, other) => other.time - one.time);
}

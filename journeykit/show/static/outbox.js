// What was written and is not acknowledged yet, and what is half typed.
//
// A write is in the browser's storage before it is sent, and stays there until the
// kernel says that it is on disk. One is sent at a time, so that what builds on another
// never overtakes it. Without an answer it is sent again, each time after a longer wait;
// its id makes that harmless. Sending all of them at once was turned down: a busy store
// would refuse the second because the first is missing.

const LATE_MS = 3000;
const OFFLINE_MS = 8000;
const PASSING_MS = 2000;
const LONGEST_WAIT_MS = 60000;

/** Return the browser's storage of one workshop; it may refuse to keep anything. */
function makeShelf(workshop) {
  const prefix = `journeykit:${workshop}:`;
  let isKeeping = true;
  return {
    isKeeping: () => isKeeping,
    prefix,
    keep(name, value) {
      try {
        localStorage.setItem(prefix + name, JSON.stringify(value));
      } catch {
        isKeeping = false; // full, or switched off
      }
    },
    drop(name) {
      try {
        localStorage.removeItem(prefix + name);
      } catch {
        isKeeping = false;
      }
    },
    read(name) {
      try {
        return JSON.parse(localStorage.getItem(prefix + name));
      } catch {
        return null;
      }
    },
    names() {
      try {
        return Object.keys(localStorage)
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.slice(prefix.length));
      } catch {
        return [];
      }
    },
  };
}

/** Hold a lock for as long as this page lives, so that other tabs see that it does. */
function holdPageLock(client) {
  try {
    navigator.locks.request(`journeykit:${client}`, () => new Promise(() => {})).catch(() => {});
  } catch {
    // no locks on plain http: then every tab cares for everything, which is harmless
  }
}

/** Return the clients of other tabs that are alive. */
async function livingClients(own) {
  try {
    const { held } = await navigator.locks.query();
    const names = held.map((lock) => lock.name).filter((name) => name.startsWith("journeykit:"));
    return new Set(names.map((name) => name.slice(11)).filter((client) => client !== own));
  } catch {
    return new Set();
  }
}

/** Wait until another tab is gone; at once if nothing can be known of it. */
async function tabGone(client) {
  try {
    await navigator.locks.request(`journeykit:${client}`, () => {});
  } catch {
    // then it was cared for at the start
  }
}

/**
 * Return the outbox of one view.
 *
 * shelf: where it keeps things; send: hands a message to the kernel; onChange: is called
 * when the queue or its state became different; isCut: whether the last message could not
 * even be handed over, since the kernel was started again; onRevived: the kernel answers again;
 * onRestored: writes of a tab that is gone were taken over.
 */
function makeOutbox({ shelf, client, send, isCut, onChange, onRevived, onRestored }) {
  let items = [];
  let counter = 0;
  let timer = null;
  let lastHeard = Date.now();
  let revivedAt = 0;
  let isRunning = true;
  const awaited = new Set();

  const now = () => Date.now();
  const keyOf = (item) => `write:${item.message.id}`;

  function push(item) {
    items.push(item);
    shelf.keep(keyOf(item), { ...item, sentAt: 0, tries: 0 });
    pump();
    onChange();
    return item;
  }

  /** Send the first that waits, if its time has come. */
  function pump() {
    const [first] = items;
    if (first) {
      const wait = first.reason ? PASSING_MS : Math.min(LATE_MS * 2 ** (first.tries - 1), LONGEST_WAIT_MS);
      if (!first.sentAt || now() - first.sentAt >= wait) {
        first.sentAt = now();
        first.tries += 1;
        send(first.message);
      }
    }
    if (items.length && timer === null) timer = setInterval(tick, 250);
    if (!items.length && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  function tick() {
    const before = status().word;
    if (isCut()) items = items.filter(isKept); // a newer view may have saved them
    pump();
    if (isCut() || (items.length && isLate()) || before !== status().word) onChange();
  }

  const isKept = (item) => !shelf.isKeeping() || shelf.read(keyOf(item)) !== null;
  const isLate = () => items.length > 0 && now() - items[0].queuedAt >= LATE_MS;

  function take(id) {
    const item = items.find((one) => one.message.id === id);
    if (!item) return null;
    items = items.filter((one) => one !== item);
    shelf.drop(keyOf(item));
    for (const one of items) one.queuedAt = Math.max(one.queuedAt, now() - LATE_MS + 1000);
    return item;
  }

  function status() {
    const n = items.length;
    if (isCut()) return { word: "cut", n };
    if (!n) return { word: "saved", n };
    const [first] = items;
    if (first.reason) return { word: "refused", n, reason: first.reason };
    if (!isLate()) return { word: "saving", n };
    const isOffline = now() - Math.max(lastHeard, first.queuedAt) >= OFFLINE_MS;
    return { word: isOffline ? "offline" : "waiting", n };
  }

  return {
    status,
    items: () => items,

    /** Queue a group of operations, or undo and redo; *places* says where cards are drawn. */
    add(type, ops, places) {
      const id = client + randomHex(20);
      const message = ops ? { type, id, ops } : { type, id };
      const time = now();
      counter += 1;
      return push({ message, places, time, turn: counter, queuedAt: time, sentAt: 0, tries: 0 });
    },

    /** Note that the kernel spoke; it may be back after a silence. */
    heard() {
      const wasSilent = ["waiting", "offline", "cut"].includes(status().word);
      lastHeard = now();
      if (wasSilent && now() - revivedAt > 5000) {
        revivedAt = now();
        onRevived();
      }
    },

    /** Send what waits right now: the page woke, or the line is back. */
    nudge() {
      if (items[0] && now() - items[0].sentAt > 500) items[0].sentAt = 0;
      pump();
      onChange();
    },

    done(id) {
      const item = take(id);
      pump();
      return item;
    },

    /** Take a refused write out, or keep it for later where the reason passes. */
    refused(id, reason, isPassing) {
      const item = items.find((one) => one.message.id === id);
      if (!item) return null;
      if (isPassing) {
        item.reason = reason;
        item.sentAt = now();
      } else take(id);
      pump();
      onChange();
      return item;
    },

    /** Take over what views that are gone left behind, and later what others leave. */
    async restore() {
      const living = await livingClients(client);
      for (const other of living) {
        if (!awaited.has(other)) {
          awaited.add(other);
          tabGone(other).then(() => isRunning && this.restore().then(onRestored));
        }
      }
      const known = new Set(items.map((item) => item.message.id));
      const left = shelf
        .names()
        .filter((name) => name.startsWith("write:"))
        .map((name) => shelf.read(name))
        .filter((item) => item?.message?.id && !known.has(item.message.id))
        .filter((item) => !living.has(item.message.id.slice(0, client.length)))
        .sort((one, other) => one.time - other.time || one.turn - other.turn);
      for (const item of left) Object.assign(item, { queuedAt: now(), sentAt: 0, tries: 0, reason: "" });
      items = [...left, ...items];
      pump();
      onChange();
    },

    /** Another tab got the answer to a write that this view had taken over. */
    forget(name) {
      const item = items.find((one) => keyOf(one) === name);
      if (item && item.message.id.slice(0, client.length) !== client) {
        items = items.filter((one) => one !== item);
        pump();
        onChange();
      }
    },

    /** The page closes: what was not sent yet is sent, whether it arrives or not. */
    flush() {
      for (const item of items) if (!item.sentAt) send(item.message);
    },

    stop() {
      isRunning = false;
      clearInterval(timer);
      timer = null;
    },
  };
}

/** Return the words of the state line, and of the banner ("" for none). */
function stateWords(status, isKeeping) {
  const { word, n, reason } = status;
  const kept = isKeeping
    ? "Your changes are kept in this browser."
    : "Leave this page open: the browser keeps nothing.";
  const cut = "This board lost its kernel. Run its cell again to go on.";
  const notSaved = `Not saved yet: ${counted(n, "change waits", "changes wait")}.`;
  if (word === "cut" && !n) return { line: "Offline", banner: cut };
  if (word === "cut") return { line: `${n} waiting`, banner: `${cut} ${notSaved} ${kept}` };
  if (word === "saving") return { line: "Saving…", banner: "" };
  if (word === "waiting") return { line: `${n} waiting`, banner: `${notSaved} ${kept}` };
  if (word === "refused") return { line: `${n} waiting`, banner: `${notSaved} ${reason}` };
  if (word === "offline") {
    return { line: "Offline", banner: `Offline: the kernel does not answer. ${notSaved} ${kept}` };
  }
  return { line: "Saved", banner: "" };
}

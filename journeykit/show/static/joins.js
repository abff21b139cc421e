// What a form offers to tie its entry to: one box for each question, and a link is made
// as soon as something is chosen. The links that there are stand below, with a way out.

/** Return the boxes for the links of an entry; null if there are none to make. */
function makeJoins(board, entry, kind) {
  const joins = board.state.kinds[kind]?.joins ?? [];
  if (!joins.length || board.state.settings.is_read_only) return null;
  return make("div", { class: "jk-joins" }, make("div", { class: "jk-section", text: "Tie it to others" }), joins.map((join) => makeJoin(board, entry, join)));
}

function makeJoin(board, entry, join) {
  const id = `${board.prefix}-join-${randomHex(6)}`;
  const label = make("label", { class: "jk-label", for: id, text: join.title });
  const select = make("select", { class: "jk-input", id });
  const fill = () => {
    select.replaceChildren(make("option", { value: "", text: "Choose…" }));
    for (const [kind, words] of join.kinds) {
      const others = (board.state.refs[kind] ?? []).filter(([other]) => other !== entry);
      if (!others.length) continue;
      const group = make("optgroup", { label: words });
      for (const [other, name] of others) group.append(make("option", { value: other, dir: "auto", text: shortened(name, 90) }));
      select.append(group);
    }
    select.disabled = select.options.length < 2;
  };
  fill();
  select.addEventListener("focus", fill);
  select.addEventListener("pointerdown", () => document.activeElement !== select && fill());
  select.addEventListener("change", () => {
    const other = select.value;
    if (!other) return;
    const said = select.selectedOptions[0].textContent;
    select.value = "";
    const ends = join.is_source ? { source: entry, target: other } : { source: other, target: entry };
    if (board.panel.isJoined(join.relation, other)) {
      board.say(`It is tied to ${said} already.`);
      return;
    }
    board.write([{ do: "add", entry: newEntryId("link"), kind: "link", fields: { ...ends, relation: join.relation } }], [{}]);
    board.say(`Tied to ${said}`);
  });
  return make("div", { class: "jk-field jk-join", "data-join": join.relation }, label, select);
}

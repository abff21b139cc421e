"""Where we excel, with a button to mark it."""

from __future__ import annotations

from typing import Any

import journeykit
from journeykit.show.guide_tree import as_html


def test_what_stands_out_is_marked_by_click() -> None:
    """Capability 48: and the same button takes the mark back."""
    with journeykit.new(None, title="Bank") as work:
        stage = work.entries("stage")[0]
        fields = {"emotion": 2, "satisfaction": 5}
        work.add("touchpoint", id="hi", stage=stage.id, name="Welcome", **fields)
        widget = journeykit.step("journey_map", work).excels()
        before: Any = widget.tree
        widget._handle_custom_msg({"type": "act", "act": "excel:hi"}, [])
        said, after = widget.said, widget.tree
        widget._handle_custom_msg({"type": "act", "act": "excel:hi"}, [])
        back = widget.said
        widget._handle_custom_msg({"type": "act", "act": "excel:no"}, [])
        refused = widget.said

    assert "stands out, not marked · felt +2 · not measured" in str(as_html(before))
    assert "Welcome: marked: we excel here." == said
    assert "marked, and borne out" in str(as_html(after))
    assert "Welcome: no longer marked." == back
    assert "touchpoint" in refused

"""Notebooks that show everything a cell can show, and every way to fail.

A list of cells each. What is told to papermill beside is in ``OPTIONS``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["NOTEBOOKS", "OPTIONS", "alike", "joined", "plain"]

OTHERWISE = {
    r"0x[0-9a-f]{6,}": "ADDRESS",
    r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}": "ID",
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[0-9:.+Z]*": "TIME",
    r"ipykernel_\d+/\d+": "CELL",
    r"\b\d+(\.\d+)? [mµn]?s\b": "DURATION",
}
TIMES = {"duration", "end_time", "start_time", "output_path", "input_path"}


def alike(text: str, folder: Path) -> str:
    """Return a text without what differs from run to run."""
    text = text.replace(str(folder), "FOLDER")
    for pattern, word in OTHERWISE.items():
        text = re.sub(pattern, word, text)
    return text


def plain(value: Any) -> Any:
    """Return a notebook's data without times."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items() if key not in TIMES}
    return [plain(one) for one in value] if isinstance(value, list) else value


def joined(outputs: list[Any]) -> list[Any]:
    """Return outputs with neighbours of one stream as one: a clock parts them."""
    found: list[Any] = []
    for one in outputs:
        if found and one.get("name") and found[-1].get("name") == one["name"]:
            found[-1]["text"] += one["text"]
        else:
            found.append(one)
    return found


NOTEBOOKS: dict[str, list[str]] = {
    "streams": [
        "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
        "for n in range(3):\n"
        "    print(n, end=' ', flush=True)\n"
        "    print('e', n, file=sys.stderr)",
        # ipykernel reads what others write whenever it can: it is given time.
        "import os, time\nos.system('echo by a shell'); time.sleep(1)\nprint('after')",
        "import subprocess\n"
        "subprocess.run(['sh', '-c', 'echo to err >&2']); time.sleep(1)",
        "os.write(1, 'ünï\\n'.encode() * 3); time.sleep(1)",
        "print('\\x1b[31mred\\x1b[0m \\x00 \\x07 \\x0b \\r carriage')",
        "print('a' * 200_000)",
        "sys.stdout.write('no end of line')",
        "import time\nprint('first'); time.sleep(0.5); print('second')",
        "print('text', file=sys.__stderr__, flush=True); time.sleep(1)",
        "sys.stdout.isatty(), sys.stdin is None",
        "from IPython.display import *\n"
        "handle = display('one', display_id='mine')\n"
        "other = display(1, display_id=True) is None",
        "handle.update('two')\nprint('x')",
        "update_display('three', display_id='mine')\n"
        "display('again', display_id='mine')",
        "update_display('four', display_id='mine')\n"
        "update_display('nobody', display_id='unknown')",
        "for n in range(3):\n    clear_output(wait=True)\n    print('step', n)",
        "print('gone')\nclear_output()\nprint('kept')",
        "print('stays')\nclear_output(wait=True)",
        "progress = ProgressBar(3)\nfor n in progress:\n    pass",
        "handle = display(display_id='later')\nhandle.update(HTML('<i>shown</i>'))",
        "import asyncio\nawait asyncio.sleep(0, 'waited')",
        "async def tick(n):\n"
        "    await asyncio.sleep(0.01)\n"
        "    print('tick', n)\n"
        "    return n",
        "await asyncio.gather(*map(tick, range(3)))",
        "task = asyncio.create_task(tick(9))\nNone",
        "await asyncio.sleep(0.05)\ntask.done()",
        "async def numbers():\n"
        "    yield 1\n"
        "async with asyncio.timeout(5):\n"
        "    async for n in numbers():\n"
        "        print(n)",
        "asyncio.get_running_loop().is_running()",
        "import contextvars\nvar = contextvars.ContextVar('var')\nvar.set(3) and None",
        "var.get(None)",
        "asyncio.run(tick(1))",
        "import threading, time\nstop = threading.Event()",
        "def work():\n"
        "    while not stop.wait(0.01):\n"
        "        pass\n"
        "for _ in range(3):\n"
        "    threading.Thread(target=work).start()",
        "def say():\n"
        "    print('from a thread')\n"
        "one = threading.Thread(target=say); one.start(); one.join()",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "list(ThreadPoolExecutor(2).map(str, range(3)))",
        "def fail():\n"
        "    raise ValueError('in a thread')\n"
        "threading.excepthook = lambda args: print(args.exc_value)\n"
        "one = threading.Thread(target=fail); one.start(); one.join()",
        "threading.current_thread() is threading.main_thread()",
        "threading.Thread().name",
        "import warnings\nwarnings.warn('careful')",
        "def old():\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\nold()",
        "import logging\nlogging.warning('logged')",
        "logging.getLogger('a.b').error('also logged')",
        "'\\d'",
    ],
    "pictures": [
        "import pandas as pd\n"
        "from IPython.display import *\n"
        "pd.set_option\n"
        "wide = pd.DataFrame({f'column {n}': range(3) for n in range(40)})\n"
        "wide",
        "print(wide)",
        "wide.describe()",
        "svg = '<svg xmlns=\"http://www.w3.org/2000/svg\"/>'\n"
        "display(Markdown('**b**'), Latex('$x$'), SVG(svg))",
        "import base64\n"
        "png = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA'\n"
        "    'DUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')\n"
        "Image(png)",
        "display(Image(png, width=20), metadata={'a': 1})",
        "display({'application/json': {'a': [1, None]}, 'text/plain': 'p'}, raw=True)",
        "class Both:\n"
        "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/html': 'b', 'image/png': png}, {'text/html': {'k': 1}}\n"
        "Both()",
        "class Broken:\n"
        "    def _repr_html_(self):\n"
        "        raise ValueError('no html')\n"
        "Broken()",
        "'a', {'b': 1.0}, float('nan'), [1] * 400",
        "None",
        "1;",
        "x = 5\nx\n\n# a comment",
        "_, __, Out[1] is wide, In[2]",
        "pd.Series(['a', None, 'c'], name='s')",
        "days = pd.DataFrame({'t': pd.date_range('2026-01-01', periods=3)})\n"
        "days.style.set_uuid('u')",
        "import altair as alt\n"
        "import pandas as pd\n"
        "table = pd.DataFrame({'a': ['x', 'y'], 'b': [1, 2]})",
        "alt.Chart(table).mark_bar().encode(alt.X('a:N'), alt.Y('b:Q'))",
        "alt.renderers.active, alt.data_transformers.active",
        # Altair imports jsonschema, and that a grammar which takes a second to import.
        "import jsonschema\n"
        "formats = jsonschema.FormatChecker()\n"
        "[formats.conforms(one, 'iri') for one in ('http://a.example/é', 'a b', 'a')]",
        "import rfc3987_syntax\n"
        "rfc3987_syntax.is_valid_syntax('iri', 'x:é'), rfc3987_syntax.__name__",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "figure, axes = plt.subplots(figsize=(2, 1))\n"
        "axes.bar(['a'], [1])\n"
        "plt.show()\n"
        "print('shown')",
        "plt.get_backend()",
        "figure",
        "from IPython.display import display\n"
        "import ipywidgets as w\n"
        "slider = w.IntSlider(3, description='n')\n"
        "slider",
        "out = w.Output()\ndisplay(out)\nwith out:\n    print('inside')",
        "slider.value = 5\n"
        "slider.comm.kernel is not None if hasattr(slider.comm, 'kernel') else None",
    ],
    "magics": [
        "%%capture caught\nprint('hidden')\n1",
        "caught.stdout, len(caught.outputs)",
        "caught.show()",
        "%precision 3\n3.14159265",
        "!echo hello && false",
        "_exit_code",
        "files = !printf 'a\\nb\\n'\nfiles",
        "%%bash\necho from bash; echo wrong >&2",
        "%%writefile made_here.py\nvalue = 7\n",
        "%run made_here.py\nvalue",
        "%load_ext autoreload\n%autoreload 2",
        "import made_here\nmade_here.value",
        "%who_ls",
        "len?",
        "%%html\n<b>bold</b>",
        "%env JOURNEY=1\n%cd -q .\n%pdef len",
        "%lsmagic\nNone",
        "%xmode Minimal",
        "%%script false --no-raise-error\nnothing",
        "get_ipython().__class__.__name__, get_ipython().config['IPKernelApp'] != {}",
        "%matplotlib inline",
        "%this_is_none",
        "import os, sys\nsys.path",
        "os.getcwd(), sorted(name for name in globals() if name[0] != '_')",
        "sorted(os.environ)",
        "sys.argv[1:2], sys.flags.dev_mode, sys.modules['__main__'].__name__",
        "import signal\n"
        "signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)",
        "import inspect\ndef source():\n    return 1\nprint(inspect.getsource(source))",
        "import builtins, getpass\n[builtins.input.__name__, getpass.getpass.__name__]",
        "class Local:\n    pass\nLocal.__module__, __builtins__ is builtins",
        "import multiprocessing as mp\n"
        "mp.get_start_method(), mp.current_process().name",
    ],
    "raises": [
        "def outer(n):\n"
        "    return inner(n)\n"
        "def inner(n):\n"
        "    note = 'x'\n"
        "    raise KeyError(n)",
        "print('before')\nouter('gone')",
        "print('never')",
    ],
    "raises_chained": [
        "import json\n"
        "try:\n"
        "    json.loads('{')\n"
        "except ValueError as error:\n"
        "    raise RuntimeError('ünï <b>') from error",
    ],
    "syntax": [
        "1 +\n",
        "print('never')",
    ],
    "asks": [
        "name = input('Who? ')",
    ],
    "asks_password": [
        "import getpass\ngetpass.getpass()",
    ],
    "stops": [
        "print('a')",
        "import sys\nsys.exit(0)",
        "print('never')",
    ],
    "stops_badly": [
        "raise SystemExit('bad end')",
    ],
    "interrupts": [
        "raise KeyboardInterrupt",
    ],
    "shows_badly": [
        "class Bad:\n    def __repr__(self):\n        raise ValueError('no')\nBad()",
    ],
    "group": [
        "raise ExceptionGroup('several', [ValueError(1), TypeError('x')])",
    ],
    "allowed": [
        "1 / 0",
        "print('on we go')",
        "undefined_name",
        "2",
    ],
    "coalesced": [
        "print('a\\rb\\x08c')",
        "import time\nprint(1); time.sleep(0.5); print(2)",
    ],
}
"""Cells by name of the notebook."""

OPTIONS: dict[str, dict[str, Any]] = {
    "allowed": {"allow_errors": True, "force_raise_errors": False},
    "coalesced": {"coalesce_streams": True},
}
"""What papermill is told beside."""

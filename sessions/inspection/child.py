"""The reading process itself: one task on one file, then it ends.

Standard input holds the order as JSON; standard output gets one line of JSON and, behind it, the
bytes of the answer. Standard error is nobody's business but the log's.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from sessions.inspection.limits import Limits, confine
from sessions.inspection.tasks import Answer, Finding

OUT_OF_MEMORY: Final = {"outcome": "out_of_memory"}
_MEMORY_WORDS: Final = ("memory", "cannot allocate", "bad_alloc")


def main() -> None:
    """Read the order, tie our hands, do the task, answer."""
    order = json.load(sys.stdin)
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    confine(Limits(**order["limits"]), order["parent"])
    head, content = _perform(order["task"], Path(order["path"]), order["arguments"])
    with open(answers, "wb") as stream:  # noqa: PTH123 - a descriptor, no path
        stream.write(json.dumps(head).encode() + b"\n" + content)
    sys.stderr.flush()
    os._exit(0)  # no library's clean-up of a broken document may spoil a finished answer


def _perform(task: str, path: Path, arguments: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        module, _, function = task.partition(":")
        answer: Answer = getattr(importlib.import_module(module), function)(path, arguments)
    except Finding as found:
        return {"outcome": "found", "code": found.code, "params": found.params}, b""
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except RecursionError:
        return {"outcome": "crashed", "what": "RecursionError"}, b""
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes a library raise
        if any(word in str(error).lower() for word in _MEMORY_WORDS):
            return OUT_OF_MEMORY, b""
        return {"outcome": "crashed", "what": f"{type(error).__name__}: {error}"[:300]}, b""
    return {"outcome": "done", "facts": answer.facts}, answer.content

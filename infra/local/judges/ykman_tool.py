#!/usr/bin/python3
"""ykman in one process for all its commands: starting it takes longer than any of them.

usage: ykman_tool.py, then one request a line on stdin: {"args": [...], "input": TEXT}; answers {"note": LINE} for each
line that ykman prints, at once, then {"ok": ALL} or {"error": ALL}.
"""

import io
import json
import sys

from ykman.cli.__main__ import cli

answers = sys.stdout


def answer(message):
    print(json.dumps(message), file=answers, flush=True)


class Printed(io.StringIO):
    """Collects what is printed and passes on each line while the command still runs."""

    def __init__(self):
        super().__init__()
        self.line = ""

    def write(self, text):
        self.line += text
        *whole, self.line = self.line.split("\n")
        for line in whole:
            answer({"note": line})
        return super().write(text)


def run(request):
    printed, typed = Printed(), io.StringIO(request.get("input", ""))
    sys.stdout = sys.stderr = printed
    sys.stdin, before = typed, sys.stdin
    try:
        code = cli(request["args"], obj={}, standalone_mode=False)
    except SystemExit as end:
        code = end.code
    except BaseException as error:
        printed.write("%s: %s\n" % (type(error).__name__, error))
        code = 1
    finally:
        sys.stdin = before
    return code, printed.getvalue()


def main():
    for line in sys.stdin:
        code, text = run(json.loads(line))
        answer({"ok": text} if code in (None, 0) else {"error": text.strip()})


if __name__ == "__main__":
    main()

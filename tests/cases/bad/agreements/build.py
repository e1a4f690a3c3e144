"""The broken agreements that no editor can show: odd encodings, half characters, sheer size.

    python tests/cases/bad/agreements/build.py

writes them beside this script; a test compares what is there with what this would write.
"""

from __future__ import annotations

from pathlib import Path

HEAD = '{"format": "healthduty/agreement", "version": 1, "agreement": '
SMALL = HEAD + '{"title": "示例目标责任书"}}\n'
SECTION = '{"title": "示例", "parts": [{"kind": "section", "number": "1", "parts": ['
NOT = '{"kind": "not", "condition": '

FILES: dict[str, bytes] = {
    "bytes-mark.json": b"\xef\xbb\xbf" + (HEAD + '{"titel": "示例目标责任书"}}\n').encode(),
    "bytes-utf16.json": SMALL.encode("utf-16"),
    "bytes-gb18030.json": SMALL.replace(', "agreement"', ',\n"agreement"').encode("gb18030"),
    "bytes-workbook.json": b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml",
    "bytes-nul.json": SMALL.replace("示例", "示\0例").encode(),
    "half-character.json": SMALL.replace("示例", "\\ud83c").encode(),
    "nesting-bomb.json": (HEAD + "[" * 100_000).encode(),
    "nesting-of-sections.json": (HEAD + SECTION * 40 + "]}]}" * 40 + "}\n").encode(),
    "nesting-of-conditions.json": (
        HEAD
        + '{"title": "示例", "rules": [{"kind": "forfeit", "when": '
        + NOT * 70
        + '{"kind": "flag", "measure": "ledger"}'
        + "}" * 70
        + "}]}}\n"
    ).encode(),
    "number-5000-digits.json": (
        HEAD
        + f'{{"title": "示例", "year": {"2" * 5_000}, "points": {"9" * 5_000},'
        + f' "cap": 0.{"3" * 5_000}, "floor": "{"7" * 5_000}"}}}}\n'
    ).encode(),
    "text-endless.json": (
        HEAD + f'{{"title": "示例", "{"很" * 5_000}": 1, "version": {{"{"长" * 5_000}": 2}}}}}}\n'
    ).encode(),
}
"""What each of them holds, by name."""


if __name__ == "__main__":
    for name, content in FILES.items():
        Path(__file__).with_name(name).write_bytes(content)

"""How the report looks: on a screen, light or dark, and on A4.

Nothing is fetched: the fonts are the reader's own, Chinese ones first.

Source: what is printed, signed and filed in a health bureau.

>>> "http" in STYLE
False
"""

from __future__ import annotations

# Ten tenths of one hue: darker is more lost. The text turns white where black would not be read.
_LOST = "\n".join(
    f".heat td.lost-{tenth} {{ background: color-mix(in srgb, var(--lost) {tenth * 9}%, "
    f"var(--paper));{' color: #fff;' if tenth > 6 else ''} }}"  # noqa: PLR2004 - where it turns
    for tenth in range(1, 11)
)

STYLE = f"""
:root {{
  color-scheme: light dark;
  --paper: #fff; --ink: #1c2326; --soft: #5d696d; --rule: #d5dcde; --band: #f3f6f7;
  --accent: #00796b; --bar: #b9ded9; --lost: #b3261e; --warn: #8a5200;
}}
@media (prefers-color-scheme: dark) {{
  :root {{
    --paper: #15191b; --ink: #e4e9eb; --soft: #9aa6aa; --rule: #363f42; --band: #1d2326;
    --accent: #5cc8bb; --bar: #1f5a53; --lost: #d4483f; --warn: #f0b35a;
  }}
}}
* {{ box-sizing: border-box; }}
body {{
  margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); line-height: 1.55;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
    "WenQuanYi Micro Hei", system-ui, sans-serif;
}}
h1 {{ font-size: 1.7rem; line-height: 1.3; margin: 0 0 .3rem; }}
h2 {{ font-size: 1.2rem; margin: 2.4rem 0 .6rem; border-left: .3rem solid var(--accent);
  padding-left: .6rem; }}
h3 {{ font-size: 1rem; margin: 1.2rem 0 .4rem; }}
a {{ color: var(--accent); text-decoration: none; }}
a:hover, a:focus {{ text-decoration: underline; }}
.about {{ color: var(--soft); margin: 0; }}
.facts {{ list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; }}
.facts li {{ background: var(--band); border-radius: .4rem; padding: .2rem .7rem; }}
.table, .wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: .92rem; }}
th {{ text-align: left; border-bottom: 2px solid var(--soft); padding: .35rem .6rem;
  white-space: nowrap; }}
td {{ border-top: 1px solid var(--rule); padding: .3rem .6rem; vertical-align: top; }}
.right {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
td.right {{ position: relative; }}
.bar {{ position: absolute; inset: .2rem auto .2rem 0; width: var(--share);
  background: var(--bar); border-radius: .2rem; }}
.over {{ position: relative; }}
tr.strong td {{ font-weight: 600; background: var(--band); }}
tr.faint td {{ border-top: none; padding-top: 0; color: var(--soft); font-size: .95em; }}
tr.faint td:not(.right) {{ padding-left: 1.6rem; }}
.note {{ color: var(--soft); font-size: .88rem; margin: .3rem 0; }}
.heat {{ width: auto; font-size: .8rem; }}
.heat td {{ text-align: center; min-width: 2.6rem; border: 1px solid var(--paper);
  background: var(--band); font-variant-numeric: tabular-nums; padding: .2rem .3rem; }}
.heat thead th {{ text-align: center; padding: .2rem .3rem; }}
.heat th[scope="row"] {{ border: none; font-weight: 400; position: sticky; left: 0;
  background: var(--paper); }}
.heat td.unknown {{ background: repeating-linear-gradient(45deg, var(--band) 0 4px,
  var(--rule) 4px 8px); }}
{_LOST}
.result {{ display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; align-items: baseline; }}
.total {{ font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums; }}
.total small {{ font-size: 1rem; font-weight: 400; color: var(--soft); }}
.grade {{ background: var(--accent); color: var(--paper); border-radius: .4rem;
  padding: .1rem .7rem; }}
.signatures {{ display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin-top: 2rem; }}
.signatures span {{ border-bottom: 1px solid var(--soft); min-width: 15rem;
  padding-bottom: .2rem; }}
.digests {{ color: var(--soft); font-size: .75rem; overflow-wrap: anywhere; margin-top: 1rem; }}
@page {{ size: A4; margin: 16mm 14mm; }}
@media print {{
  :root {{ --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --band: #f0f0f0;
    --accent: #00594f; --bar: #cfe6e2; --lost: #b3261e; }}
  body {{ max-width: none; padding: 0; font-size: 9.5pt; }}
  a {{ color: inherit; }}
  .back {{ display: none; }}
  thead {{ display: table-header-group; }}
  tr {{ break-inside: avoid; }}
  h2, h3 {{ break-after: avoid; }}
  .unit {{ break-before: page; }}
  .table, .wide {{ overflow: visible; }}
  .heat {{ font-size: 6.5pt; width: 100%; }}
  .heat td {{ min-width: 0; padding: .1rem; }}
  .heat th[scope="row"] {{ white-space: normal; position: static; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""

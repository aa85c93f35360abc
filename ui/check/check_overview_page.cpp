#include "ui/check/check_overview.hpp"

namespace changji {

const char* overview_style() {
    return R"css(
:root { color-scheme: light dark; --edge: #8884; --pass: #0a6b4f; --warn: #8a5a00; --fail: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --pass: #5fd3b0; --warn: #f0b95a; --fail: #ff8a80; } }
body { margin: 0; font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
header { padding: 16px 20px 8px; }
h1 { font-size: 22px; margin: 0 0 4px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; margin: 8px 0; }
.tools input[type=search] { font: inherit; padding: 4px 8px; min-width: 14em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: Canvas; border-bottom: 2px solid var(--edge); text-align: left; padding: 0; }
th button { font: inherit; font-weight: 600; background: none; border: 0; color: inherit; padding: 8px; cursor: pointer; text-align: left; }
th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
th.plain { padding: 8px; font-weight: 600; }
td { border-bottom: 1px solid var(--edge); padding: 8px; vertical-align: top; }
td.n { text-align: right; white-space: nowrap; }
td img { width: 160px; height: 90px; object-fit: cover; display: block; background: #8882; }
.none { width: 160px; height: 90px; background: #8882; display: grid; place-items: center; font-size: 13px; }
.name { font-weight: 600; overflow-wrap: anywhere; } .folder { font-size: 13px; opacity: .75; overflow-wrap: anywhere; }
.pass { color: var(--pass); } .warn, .unmeasured, .confirm { color: var(--warn); } .fail { color: var(--fail); }
.verdict { font-weight: 700; white-space: nowrap; }
details { max-width: 46em; } summary { cursor: pointer; } ul { margin: 6px 0; padding-left: 1.2em; }
.todo { opacity: .85; }
footer { padding: 12px 20px 24px; font-size: 13px; opacity: .8; }
@media print { th { position: static; } .tools { display: none; } tr { break-inside: avoid; } }
)css";
}

const char* overview_script() {
    return R"js(
const body = document.querySelector("tbody");
const rows = [...body.rows];
const heads = [...document.querySelectorAll("th[data-column]")];
const key = (row, column) => row.cells[column].dataset.v ?? "";
for (const head of heads) {
  head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const column = Number(head.dataset.column), number = head.dataset.kind === "number";
    rows.sort((a, b) => {
      const x = key(a, column), y = key(b, column);
      if (x === "" || y === "") return (x === "") - (y === "");
      const order = number ? Number(x) - Number(y) : x.localeCompare(y);
      return up ? order : -order;
    });
    body.append(...rows);
  });
}
const search = document.querySelector("input[type=search]");
const boxes = [...document.querySelectorAll("input[type=checkbox]")];
const shown = document.querySelector("#shown");
function filter() {
  const words = search.value.toLowerCase();
  const wanted = new Set(boxes.filter(box => box.checked).map(box => box.value));
  let count = 0;
  for (const row of rows) {
    row.hidden = !wanted.has(row.dataset.verdict) || !row.textContent.toLowerCase().includes(words);
    count += !row.hidden;
  }
  shown.textContent = count + " / " + rows.length;
}
search.addEventListener("input", filter);
for (const box of boxes) box.addEventListener("change", filter);
filter();
)js";
}

}  // namespace changji

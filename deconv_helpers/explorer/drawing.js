// From a sheet to SVG text, and which of its cells a selection lights. No document.

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const rectOf = (x, y, w, h, kind) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" class="${kind}"/>`;
// A cell's box as a path.
const boxOf = ({ x, y, w, h }) => `M${x + 1} ${y + 1}h${w - 2}v${h - 2}h${2 - w}z`;
const pathOf = (d, kind) => `<path d="${d}" class="${kind}"/>`;

// Of a plane there are a thousand cells: boxes of a kind are one path, numbers in line one text, in one size.
function drawCells(cells) {
	const paths = {}, lines = {};
	for (const cell of cells) {
		const { x, y, w, h, kind, text, tint } = cell, key = kind + (tint ? `" fill-opacity="${tint.toFixed(2)}` : ""), data = (name) => (cell[name] >= 0 ? ` data-${name}="${cell[name]}"` : ""),
			line = (lines[`${y} ${w}`] ??= { y: y + h / 2, size: 13, html: "" });
		paths[key] = (paths[key] ?? "") + boxOf(cell);
		line.size = min(line.size, (w - 4) / (0.62 * text.length));
		line.html += `<tspan x="${x + w / 2}" class="${kind}"${data("in")}${data("tap")}${data("f")}>${text}</tspan>`;
	}
	return Object.keys(paths).map((key) => pathOf(paths[key], key)).join("") + Object.values(lines).map(({ y, size, html }) => `<text y="${y}"${size < 13 ? ` font-size="${size.toFixed(1)}"` : ""}>${html}</text>`).join("");
}

// The cell at a place.
const cellAt = (s, { x, y }) => s.cells.find((c) => x >= c.x && x < c.x + c.w && y >= c.y && y < c.y + c.h);

function drawLabel({ x, y, text, kind, anchor }, width) {
	// A label in the middle of a narrow bracket stays on the sheet.
	const half = text.length * (kind.startsWith("symbol") ? 4 : 3.2), at = anchor === "middle" ? clamp(x, half, max(width - half, half)) : x;
	return `<text x="${at}" y="${y}" class="${kind}"${anchor === "middle" ? "" : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`;
}

// What lies under the cells, the cells, and what lies over them.
const layersOf = ({ shapes, cells, marks, labels, width }) => [shapes.join(""), drawCells(cells), marks.join("") + labels.map((one) => drawLabel(one, width)).join("")];

// A function that says whether a cell belongs to a selection: never one too many or too few.
function litBy(m, selection) {
	if (!selection) return () => false;
	const { side } = selection, at = m.indexOf(selection), pairs = m.pairs(at),
		// The products [input, tap, cell of the full result] that it is about.
		all = side === "in" ? m.w.map((_, t) => [at, t, m.landing(at, t)]) : side === "tap" ? m.x.map((_, n) => [n, at, m.landing(n, at)]) : pairs.length ? pairs.map((pair) => [...pair, at]) : [[, , at]];
	return (c) => (c.in ?? c.tap ?? c.f) >= 0 && all.some(([n, t, f]) => (c.in ?? n) === n && (c.tap ?? t) === t && (c.f ?? f) === f);
}

const drawOver = (s, m, selection, term) => {
	const lit = litBy(m, selection);
	return s.over(selection ? { side: selection.side, at: m.indexOf(selection) } : {}) + s.cells.filter(lit).map((c) => pathOf(boxOf(c), same(term, [c.in, c.tap]) ? "ring term" : "ring") +
		// A tap that is chosen says which it is, wherever it multiplies.
		(selection.side === "tap" && c.in >= 0 && c.tap >= 0 && c.w > 17 ? `<text x="${c.x + c.w - 6}" y="${c.y + 1}" class="index">${selection.at.join("").slice(m.flat)}</text>` : "")).join("");
};

// From a sheet to SVG text, and which of its cells a selection lights. No document.

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const rectOf = (x, y, w, h, kind, more = "") => `<rect x="${x}" y="${y}" width="${w}" height="${h}" class="${kind}"${more}/>`;
const cellOf = ({ x, y, w, h }, kind, more) => rectOf(x + 1, y + 1, w - 2, h - 2, kind, more);

function drawCell(c) {
	const { x, y, w, h, kind, text } = c, size = min(13, (w - 3) / (0.6 * max(text.length, 1))),
		data = (name, value) => (value == null ? "" : ` data-${name}="${value}"`),
		refs = data("in", c.in) + data("tap", c.tap) + data("f", c.f) + data("overlap", c.count) + (c.tint === undefined ? "" : ` fill-opacity="${c.tint.toFixed(2)}"`);
	return cellOf(c, kind, refs) +
		`<text x="${x + w / 2}" y="${y + h / 2}"${size < 13 ? ` font-size="${size.toFixed(1)}"` : ""}${kind === "cut" || kind.endsWith("gone") ? ' class="out"' : kind === "zero" || kind.startsWith("rim") ? ' class="nil"' : ""}>${escaped(text)}</text>`;
}

function drawLabel({ x, y, text, kind, anchor }, width) {
	// A label in the middle of a narrow bracket stays on the sheet.
	const half = text.length * (kind.startsWith("symbol") ? 4 : 3.2), at = anchor === "middle" ? clamp(x, half, max(width - half, half)) : x;
	return `<text x="${at}" y="${y}" class="${kind}"${anchor === "middle" ? "" : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`;
}

// What lies under the cells, the cells, and what lies over them.
function layersOf(s) {
	const over = /class="(frame|old|arrow)/;
	return [s.shapes.filter((one) => !over.test(one)).join(""), s.cells.map(drawCell), s.shapes.filter((one) => over.test(one)).join("") + s.labels.map((one) => drawLabel(one, s.width)).join("")];
}
const drawSheet = (s) => layersOf(s).flat().join("");

// A function that says whether a cell belongs to a selection: never one too many or too few.
function litBy(m, selection) {
	if (!selection) return () => false;
	const { side } = selection, at = m.indexOf(selection), lit = new Set(), key = (n = "", t = "", f = "") => `${n},${t},${f}`,
		// The products [input, tap, cell of the full result] that it is about.
		all = side === "out" ? m.pairs(at).map(([n, t]) => [n, t, at]) : side === "in" ? m.w.map((_, t) => [at, t, m.landing(at, t)]) : m.x.map((_, n) => [n, at, m.landing(n, at)]);
	for (const [n, t, f] of all) for (const one of [[n], [, t], [, , f], [n, t, f]]) lit.add(key(...one));
	if (side === "out") lit.add(key(undefined, undefined, at));
	return (c) => lit.has(key(c.in, c.tap, c.f));
}

const drawOver = (s, m, selection, term) => {
	const lit = litBy(m, selection);
	return s.over(selection ? { side: selection.side, at: m.indexOf(selection) } : {}, drawCell) + s.cells.filter(lit).map((c) => cellOf(c, same(term, [c.in, c.tap]) ? "ring term" : "ring")).join("");
};

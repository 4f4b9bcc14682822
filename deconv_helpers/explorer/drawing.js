// From a sheet to SVG text, and which of its cells a selection lights. No document.

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function drawCell(c, n = null) {
	const { x, y, w, h, kind, text } = c, size = min(13, (w - 3) / (0.6 * max(text.length, 1))),
		refs = (n === null ? "" : ` data-c="${n}"`) + (c.tap === undefined && c.in === undefined && c.f !== undefined && kind !== "bias" ? ` data-f="${c.f}"` : "") +
			(c.count == null ? "" : ` data-overlap="${c.count}"`) + (c.tint === undefined || c.tint === 1 ? "" : ` fill-opacity="${c.tint.toFixed(2)}"`);
	return `<rect x="${x + 1}" y="${y + 1}" width="${w - 2}" height="${h - 2}" rx="2" class="${kind}"${refs}/>` +
		(text === "" ? "" : `<text x="${x + w / 2}" y="${y + h / 2}"${size < 13 ? ` font-size="${size.toFixed(1)}"` : ""}${kind === "cut" || kind.endsWith("gone") ? ' class="out"' : kind === "zero" || kind.startsWith("rim") ? ' class="nil"' : ""}>${escaped(text)}</text>`);
}

function drawLabel({ x, y, text, kind, anchor }, width) {
	// A label in the middle of a narrow bracket stays on the sheet.
	const half = text.length * (kind.startsWith("symbol") ? 4 : 3.2), at = anchor === "middle" ? clamp(x, half, max(width - half, half)) : x;
	return `<text x="${at}" y="${y}" class="${kind}"${anchor === "middle" ? "" : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`;
}

const drawSheet = (s) => s.shapes.filter((one) => !/class="(frame|old|arrow)/.test(one)).join("") + s.cells.map(drawCell).join("") +
	s.shapes.filter((one) => /class="(frame|old|arrow)/.test(one)).join("") + s.labels.map((one) => drawLabel(one, s.width)).join("");

// The [input, tap, cell] triples that a selection is about.
function triplesOf(m, { side, at }) {
	if (side === "out") return m.pairs(at).map(([n, t]) => [n, t, at]);
	if (side === "in") return m.w.map((_, t) => [at, t, m.landing(at, t)]);
	return m.x.map((_, n) => [n, at, m.landing(n, at)]);
}

const refKey = (n = "", t = "", f = "") => `${n},${t},${f}`;

// A function that says whether a cell belongs to the selection; never one too many or too few.
function litBy(m, selection) {
	if (!selection) return () => false;
	const lit = new Set();
	for (const [n, t, f] of triplesOf(m, selection))
		for (const key of [[n], [, t], [, , f], [n, t, f]]) lit.add(refKey(...key));
	if (selection.side === "out") lit.add(refKey(undefined, undefined, selection.at));
	if (selection.side === "in") lit.add(refKey(selection.at));
	return (c) => lit.has(refKey(c.in, c.tap, c.f));
}

function drawOver(s, m, selection, term) {
	const lit = litBy(m, selection);
	return s.over(selection ?? {}, drawCell) + s.cells.filter((c) => (c.in ?? c.tap ?? c.f) !== undefined && lit(c))
		.map((c) => `<rect x="${c.x + 1}" y="${c.y + 1}" width="${c.w - 2}" height="${c.h - 2}" rx="2" class="ring${term && c.in === term[0] && c.tap === term[1] ? " term" : ""}"/>`).join("");
}

const hatchOf = (id) => `<defs><pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" class="hatch"/></pattern></defs>`;

// What the figure says, in the languages that words.….js put into this table. No markup, no document.

const WORDS = {};
// A language that has no table here gets the first.
const wordsFor = (lang) => WORDS[(lang ?? "").slice(0, 2).toLowerCase()] ?? Object.values(WORDS)[0];
const place = (at, flat) => (flat ? String(at[1]) : `(${at.join(", ")})`);
const shown = (text) => text.replace("-", "−");
const bracketed = (text) => (text[0] === "-" ? `(${shown(text)})` : text);
const listed = (items, most = 12) => items.slice(0, most).join(", ") + (items.length > most ? ` … (${items.length})` : "");

// A fault of arithmetic.js as a sentence.
function say(W, { name, rule, most, axis }) {
	const text = rule === "whole" ? W.whole(SYMBOL[name], ...RANGES[name]) : W[rule](most ?? W[name] ?? name);
	return axis === undefined ? text : `${text} (${W.axesNames[axis]})`;
}

// The sum of one cell: what it is made of, and the same as text.
function sumOf(m, f) {
	const terms = m.pairs(f).map(([n, t]) => ({ n, t, x: m.x[n], w: m.w[t] })), inside = m.inside(f), bias = inside && Number(m.b) ? m.b : null,
		text = [...terms.map(({ x, w }) => `${bracketed(x)}·${bracketed(w)}`), ...(bias === null ? [] : [bracketed(bias)])].join(" + ");
	return { value: shown(m.value(f)), inside, terms, bias, text };
}

const told = (m, name) => [...new Set(m.axes.slice(m.flat ? 1 : 0).map((q) => q[name]))].join(", ");

// What padding takes away, and why the cells of output padding hold what they hold: the sentences under the picture.
function cutsText(W, m) {
	const { p, full } = m.C, ends = [range(p), range(p, full - p)].map((end) => listed(end.map((f) => shown(m.sum(f))), 4)), text = told(m, "p");
	return text === "0" ? "" : W.cuts(Number(text) || text, m.flat && ends);
}

function broughtText(W, m) {
	if (!m.R.op && !m.C.op) return "";
	const cells = range(m.counts.length).filter(m.added), held = cells.filter((f) => m.counts[f]), sum = held.length === 1 && sumOf(m, held[0]);
	const values = listed((held.length ? held : cells).map((f) => shown(m.value(f))), 6);
	return W.brought(told(m, "op"), held.length ? told(m, "p") : null, sum ? `${values} = ${sum.text}` : held.length || !Number(m.b) ? values : `${W.bias}: ${shown(m.b)}`);
}

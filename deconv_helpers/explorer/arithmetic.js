// The layer as numbers: no document, no words. GIVEN comes from Python: names, ranges, symbols, palette.
// A state has for each key of KEYS a list with one number for each axis.

const { keys: KEYS, ranges: RANGES, symbols: SYMBOL, views: VIEWS } = GIVEN;
const NAMES = Object.keys(KEYS);
const byName = (of) => Object.fromEntries(NAMES.map((name) => [name, of(name)]));
const DEFAULTS = { i: 4, k: 3, s: 2, p: 0, op: 0, d: 1 };

const { abs, ceil, floor, max, min, round } = Math;
const clamp = (x, low, high) => min(max(x, low), high);
const split = (n, columns) => [floor(n / columns), n % columns];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const range = (n, from = 0) => Array.from({ length: max(n, 0) }, (_, x) => x + from);
const inRange = (name, x) => x >= RANGES[name][0] && x <= RANGES[name][1];

// ---- sizes, along one axis

const spanOf = ({ k, d }) => d * (k - 1) + 1;
const sizeOf = (q) => (q.i - 1) * q.s + spanOf(q) - 2 * q.p + q.op;
const convSizeOf = (q, size) => floor((size + 2 * q.p - spanOf(q)) / q.s) + 1;

// PyTorch's rules, in the order in which sizes.py applies them, then the figure's limits.
// A fault is {name, rule, most}; `say` in words.js makes a sentence of it.
function faultsOf(q) {
	const low = NAMES.filter((name) => !(q[name] >= RANGES[name][0]));
	if (low.length) return low.map((name) => ({ name, rule: "whole" }));
	const faults = [], size = sizeOf(q);
	if (q.op >= max(q.s, q.d)) faults.push({ name: "op", rule: "op", most: max(q.s, q.d) - 1 });
	else if (size < 1) faults.push({ name: "p", rule: "p", most: q.p + floor((size - 1) / 2) });
	const high = NAMES.filter((name) => q[name] > RANGES[name][1] && name !== faults[0]?.name);
	return [...faults, ...high.map((name) => ({ name, rule: "whole" }))];
}

const axisOf = (state, axis) => byName((name) => state[name][axis]);

// Which [input, tap] meet in cell f of the full result, by tap.
function meetings(f, q, inputs = q.i) {
	const found = [];
	for (let t = 0; t < q.k; t++) {
		const rest = f - t * q.d;
		if (rest >= 0 && rest % q.s === 0 && rest / q.s < inputs) found.push([rest / q.s, t]);
	}
	return found;
}

// How many taps read each cell, with so many positions of the kernel.
function readsOf(length, positions, q) {
	const reads = new Array(length).fill(0);
	for (let n = 0; n < positions; n++) for (let t = 0; t < q.k; t++) if (n * q.s + t * q.d < length) reads[n * q.s + t * q.d]++;
	return reads;
}

// ---- values: decimals as whole numbers over a power of ten, so that sums are exact

const isNumber = (text) => /^\s*[-−+]?(\d{1,5}(\.\d{0,4})?|\.\d{1,4})\s*$/.test(text);
const plain = (text) => String(Number(text.trim().replace("−", "-")) || 0);
const decimalsOf = (texts) => max(0, ...texts.map((text) => (text.split(".")[1] ?? "").length));

const scaled = (texts, decimals) => texts.map((text) => BigInt(round(Number(text) * 10 ** decimals)));

// "-0.5" from -5 with one decimal.
function written(number, decimals) {
	const text = String(number);
	if (!decimals) return text;
	const digits = text.replace("-", "").padStart(decimals + 1, "0"), at = digits.length - decimals;
	return (number < 0 ? "-" : "") + digits.slice(0, at) + `.${digits.slice(at)}`.replace(/\.?0+$/, "");
}

// The numbers that stand in new cells: one, two, three by powers of ten, as long as these are few.
function filled(which, [rows, columns]) {
	return range(rows * columns).map((n) => String(which === "w" && n < 4 && (rows === 1 || rows * columns <= 4) ? 10 ** n : n + 1));
}
const shapeOf = (state, name) => (state.axes === 1 ? [1, state[name][0]] : state[name]);

// The same numbers in an array of another shape: what stays keeps its place.
function refit(which, texts, [rows, columns], shape) {
	return filled(which, shape).map((text, n) => {
		const [r, c] = split(n, shape[1]);
		return r < rows && c < columns ? texts[r * columns + c] : text;
	});
}

const nested = (flat, [rows, columns], axes) =>
	axes === 1 ? flat : range(rows).map((r) => flat.slice(r * columns, (r + 1) * columns));

// Numbers as JSON writes them, or null: {texts, shape}.
function arrayOf(json, axes) {
	let value;
	try { value = JSON.parse(json); } catch { return null; }
	const rows = axes === 1 ? [value] : value;
	if (!Array.isArray(rows) || !rows.length || rows.some((row) => !Array.isArray(row) || !row.length || row.length !== rows[0].length)) return null;
	const all = rows.flat();
	return all.every((x) => typeof x === "number" && isNumber(String(x))) ? { texts: all.map(String), shape: [rows.length, rows[0].length] } : null;
}

// ---- everything that the pictures show. One axis is two, of which the first is a single cell.

function modelOf(state) {
	const single = { i: 1, k: 1, s: 1, p: 0, op: 0, d: 1 },
		axes = (state.axes === 1 ? [single, axisOf(state, 0)] : [axisOf(state, 0), axisOf(state, 1)]).map((q) => {
			const size = sizeOf(q), span = spanOf(q), full = (q.i - 1) * q.s + span;
			return { ...q, size, span, full, length: max(full, q.p + size), back: convSizeOf(q, size) };
		}),
		[R, C] = axes, dx = decimalsOf(state.x), dw = decimalsOf(state.w), db = decimalsOf([state.b]), decimals = max(dx + dw, db),
		// Beyond 2^53 a float loses units: big integers do not.
		x = scaled(state.x, decimals - dw), w = scaled(state.w, dw), [b] = scaled([state.b], decimals),
		sums = new Array(R.length * C.length).fill(0n), counts = sums.map(Number);
	for (let a = 0; a < R.i; a++) for (let c = 0; c < C.i; c++)
		for (let u = 0; u < R.k; u++) for (let v = 0; v < C.k; v++) {
			const f = (a * R.s + u * R.d) * C.length + c * C.s + v * C.d;
			sums[f] += x[a * C.i + c] * w[u * C.k + v];
			counts[f]++;
		}
	const inside = (f) => {
			const r = floor(f / C.length) - R.p, c = f % C.length - C.p;
			return r >= 0 && r < R.size && c >= 0 && c < C.size;
		},
		fullOf = ([r, c]) => (r + R.p) * C.length + c + C.p,
		added = (f) => floor(f / C.length) >= R.p + R.size - R.op || f % C.length >= C.p + C.size - C.op;
	return {
		flat: state.axes === 1, axes, R, C, counts, most: counts.reduce((a, b) => max(a, b)), inside, x: state.x, w: state.w, b: state.b,
		added: (f) => inside(f) && added(f), // by output padding
		product: (n, t) => written(x[n] * w[t], decimals),
		sum: (f) => written(sums[f], decimals), // before the bias
		value: (f) => written(inside(f) ? sums[f] + b : sums[f], decimals),
		result: () => nested(range(R.size * C.size).map((n) => Number(written(sums[fullOf(split(n, C.size))] + b, decimals))), [R.size, C.size], state.axes),
		pairs: (f) => meetings(split(f, C.length)[0], R).flatMap(([a, u]) => meetings(f % C.length, C).map(([c, v]) => [a * C.i + c, u * C.k + v])),
		landing: (n, t) => (floor(n / C.i) * R.s + floor(t / C.k) * R.d) * C.length + (n % C.i) * C.s + (t % C.k) * C.d,
		// A place is a side with a row and a column; outputs count from the first that is kept.
		grid: { out: [R.size, C.size], in: [R.i, C.i], tap: [R.k, C.k] },
		indexOf: ({ side, at }) => (side === "out" ? fullOf(at) : at[0] * (side === "in" ? C.i : C.k) + at[1]),
		placeOf: (side, n) => side === "out" ? split(n, C.length).map((x, axis) => x - axes[axis].p) : split(n, side === "in" ? C.i : C.k),
	};
}

// Taps by the remainder of their place: what each phase of the output is made by.
const phasesOf = (q) => range(q.s).map((phase) => range(q.k).filter((t) => (t * q.d) % q.s === phase));

// ---- backwards: from two sizes to layers, the simplest first

function layersFor(have, want) {
	const found = [], [, strides] = RANGES.s, [, kernels] = RANGES.k, [, paddings] = RANGES.p;
	for (let s = 1; s <= strides; s++) for (let k = 1; k <= kernels; k++) for (let p = 0; p <= min(k - 1, paddings); p++) {
		const op = want - sizeOf({ i: have, k, s, p, op: 0, d: 1 });
		if (op >= 0 && op < s) found.push({ k, s, p, op, d: 1 });
	}
	// Even overlap, then exact and centred, then the small kernel.
	const order = ({ k, s, p, op }) => [k < s, k % s !== 0, want === have * s && op === 0 && 2 * p === k - s ? 0 : op ? 2 : 1, k, p, s];
	return found.sort((a, b) => {
		const [one, two] = [order(a), order(b)], at = one.findIndex((x, n) => x !== two[n]);
		return at < 0 ? 0 : one[at] - two[at];
	});
}

// ---- the layer as text

// With what it prints, as far as it is to be read.
function torchLines(state, result) {
	const parameter = (name) => (state.axes === 1 || state[name][0] === state[name][1] ? state[name][0] : `(${state[name].join(", ")})`),
		options = NAMES.slice(2).map((name) => `, ${KEYS[name]}=${parameter(name)}`).join(""),
		// A point makes the tensor one of floats.
		tensor = (which, name) => {
			const numbers = state[which].map((text) => (text.includes(".") ? text : text + "."));
			return `torch.tensor(${JSON.stringify([[nested(numbers, shapeOf(state, name), state.axes)]]).replaceAll('"', "").replaceAll(",", ", ")})`;
		},
		bias = Number(state.b) ? `, bias=torch.tensor([${state.b.includes(".") ? state.b : state.b + "."}])` : "";
	return `import torch\nx = ${tensor("x", "i")}\nw = ${tensor("w", "k")}\nprint(torch.nn.functional.conv_transpose${state.axes}d(x, w${bias}${options}))\n# ${JSON.stringify(result).replaceAll(",", ", ")}`;
}

// ---- a state as text: in attributes, and shorter in an address

const ARRAYS = [["x", "i", "input"], ["w", "k", "kernel"]];
const KEYWORDS = { ...byName((name) => KEYS[name].replace("_", "-")), axes: "axes", x: "input", w: "kernel", b: "bias", view: "view", counts: "counts" };
const isFill = (state, which, name) => same(state[which], filled(which, shapeOf(state, name)));

// The attributes of a state; null for one that is as it is without.
function attributesOf(state) {
	const all = { axes: state.axes === 2 ? "2" : null, bias: Number(state.b) ? state.b : null, view: state.view === "stamps" ? null : state.view, counts: state.counts ? "" : null };
	for (const name of NAMES) all[KEYWORDS[name]] = state[name].every((x) => x === state[name][0]) ? String(state[name][0]) : state[name].join();
	for (const [which, name, attribute] of ARRAYS) all[attribute] = isFill(state, which, name) ? null : JSON.stringify(nested(state[which].map(Number), shapeOf(state, name), state.axes));
	return all;
}

// The state of attributes: `get` returns one or null, `told` says which were set just now.
function stateFrom(get, told = () => true) {
	const faults = [], bad = (name, rule = "unknown") => faults.push({ name, rule }),
		two = get("axes") === null && NAMES.some((name) => get(KEYWORDS[name])?.includes(",")) || /^\s*\[\s*\[/.test(get("input") ?? get("kernel") ?? ""),
		axes = (get("axes") ?? (two ? "2" : "1")) === "2" ? 2 : 1, state = { axes, b: "0", view: get("view") ?? "stamps", counts: (get("counts") ?? "0") !== "0" };
	if (!/^[12]$/.test(get("axes") ?? "1")) bad("axes");
	for (const name of NAMES) {
		const numbers = (get(KEYWORDS[name]) ?? String(DEFAULTS[name])).split(",").map((text) => (/^\s*\d{1,3}\s*$/.test(text) ? Number(text) : NaN));
		state[name] = range(axes).map((axis) => (numbers.length > axes ? NaN : numbers[min(axis, numbers.length - 1)]));
	}
	for (const [which, name, attribute] of ARRAYS) {
		const read = get(attribute) === null ? null : arrayOf(get(attribute), axes);
		if (get(attribute) !== null && !read) bad(which, "number");
		// The numbers tell the size, unless the size was told as well.
		if (read && (get(KEYWORDS[name]) === null || (told(attribute) && !told(KEYWORDS[name])))) state[name] = axes === 1 ? [read.shape[1]] : read.shape;
		const shape = shapeOf(state, name).map((n) => clamp(n || 1, 1, RANGES[name][1]));
		state[which] = read ? refit(which, read.texts, read.shape, shape) : filled(which, shape);
	}
	if (isNumber(get("bias") ?? "0")) state.b = plain(get("bias") ?? "0");
	else bad("b", "number");
	if (!VIEWS.includes(state.view)) bad("view"), (state.view = "stamps");
	return { state, faults };
}

function toAddress(state) {
	const all = attributesOf(state), parts = Object.entries(KEYWORDS).filter(([, attribute]) => all[attribute] !== null);
	return "#" + parts.map(([key, attribute]) => `${key}=${key === "counts" ? 1 : all[attribute].replaceAll("],[", ";").replace(/[[\]]/g, "")}`).join("&");
}

// Attributes from an address. A bad one throws a fault: one bad part spoils all of it.
function fromAddress(text) {
	const all = { axes: "1", ...Object.fromEntries(NAMES.map((name) => [KEYWORDS[name], String({ ...DEFAULTS, op: 1 }[name])])) }, seen = new Set(),
		hash = text.replace(/^[^#]*#/, "");
	for (const part of hash ? hash.split("&") : []) {
		const [key, value = ""] = part.split(/=(.*)/s);
		if (!Object.hasOwn(KEYWORDS, key) || seen.has(key)) throw { name: key.slice(0, 20), rule: "unknown" };
		seen.add(key);
		all[KEYWORDS[key]] = decodeURIComponent(value.replace(/%(?![\da-f]{2})/gi, "%25"));
	}
	for (const [, , name] of ARRAYS) if (name in all) all[name] = all.axes === "2" ? `[[${all[name].replaceAll(";", "],[")}]]` : `[${all[name]}]`;
	const { state, faults } = stateFrom((name) => all[name] ?? null), wrong = NAMES.find((name) => !state[name].every((x) => inRange(name, x)));
	if (wrong) throw { name: wrong, rule: "whole" };
	if (faults.length) throw faults[0];
	if (all.counts === "0") delete all.counts;
	return all;
}

// The numbers that a preset puts in, and the parameters that it asks for.
const PRESETS = {
	digits: ({ axes }) => ({ i: 4 / axes, k: 4 - axes, b: "0", x: null, w: null }),
	impulse: (state, middle) => ({ x: ([r, c]) => r === middle[0] && c === middle[1] }),
	step: (state, middle) => ({ x: ([, c]) => c > middle[1] }),
	linear: () => ({ k: 3, s: 2, p: 1, op: 1, d: 1, w: ([r, c]) => [0.5, 1, 0.5][c] * (r === null ? 1 : [0.5, 1, 0.5][r]) }),
	ones: () => ({ x: () => 1, w: () => 1 }),
	alternating: () => ({ x: ([r, c]) => (-1) ** (r + c) }),
};

function presetOf(name, state) {
	const middle = shapeOf(state, "i").map((n) => floor((n - 1) / 2)), wanted = PRESETS[name](state, middle), next = { ...state };
	for (const key in wanted) if (key in KEYS) next[key] = new Array(state.axes).fill(wanted[key]);
	for (const [which, size] of ARRAYS) {
		const rule = wanted[which], [rows, columns] = shapeOf(next, size);
		if (rule === null) next[which] = filled(which, [rows, columns]);
		else if (rule) next[which] = range(rows * columns).map((n) => String(Number(rule([rows === 1 && which === "w" ? null : floor(n / columns), n % columns]))));
	}
	return { ...next, b: wanted.b ?? state.b };
}

// The layer as numbers: no document, no words. GIVEN comes from Python: ranges, symbols, palette.
// A state has for each key of KEYS a list with one number for each axis.

const KEYS = { i: "input_size", k: "kernel_size", s: "stride", p: "padding", op: "output_padding", d: "dilation" };
const NAMES = Object.keys(KEYS);
const VIEWS = ["stamps", "zeros", "matrix", "phases"];
const DEFAULTS = { i: 4, k: 3, s: 2, p: 0, op: 0, d: 1 };

const { abs, ceil, floor, max, min, round } = Math;
const clamp = (x, low, high) => min(max(x, low), high);
const range = (n, from = 0) => Array.from({ length: max(n, 0) }, (_, x) => x + from);
const rangeOf = (name) => GIVEN.ranges[KEYS[name]];
const attributeOf = (name) => KEYS[name].replace("_", "-");

// ---- sizes, along one axis

const spanOf = ({ k, d }) => d * (k - 1) + 1;
const sizeOf = (q) => (q.i - 1) * q.s + spanOf(q) - 2 * q.p + q.op;
const convSizeOf = (q, size) => floor((size + 2 * q.p - spanOf(q)) / q.s) + 1;

// PyTorch's rules, in the order in which sizes.py applies them, then the figure's limits.
// A fault is {name, rule, at most}; `say` in words.js makes a sentence of it.
function faultsOf(q) {
	const low = NAMES.filter((name) => !(q[name] >= GIVEN.smallest[KEYS[name]]));
	if (low.length) return low.map((name) => ({ name, rule: "whole" }));
	const faults = [], size = sizeOf(q);
	if (q.op >= max(q.s, q.d)) faults.push({ name: "op", rule: "op", most: max(q.s, q.d) - 1 });
	else if (size < 1) faults.push({ name: "p", rule: "p", most: q.p + floor((size - 1) / 2) });
	const high = NAMES.filter((name) => q[name] > rangeOf(name)[1] && name !== faults[0]?.name);
	return [...faults, ...high.map((name) => ({ name, rule: "whole" }))];
}

const axisOf = (state, axis) => Object.fromEntries(NAMES.map((name) => [name, state[name][axis]]));

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

const NUMBER = /^[-−+]?(\d{1,5}(\.\d{0,4})?|\.\d{1,4})$/;
const isNumber = (text) => NUMBER.test(text.trim());
const plain = (text) => String(Number(text.trim().replace("−", "-")) || 0);
const decimalsOf = (texts) => max(0, ...texts.map((text) => (text.split(".")[1] ?? "").length));

function scaled(texts, decimals, big) {
	const digits = texts.map((text) => round(Number(text) * 10 ** decimals));
	return big ? digits.map(BigInt) : digits;
}

// "-0.5" from -5 with one decimal.
function written(number, decimals) {
	const text = String(number), minus = text[0] === "-" ? "-" : "", digits = text.slice(minus.length).padStart(decimals + 1, "0"),
		whole = digits.slice(0, digits.length - decimals), rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
	return minus + whole + (rest && "." + rest);
}

// The numbers that stand in new cells, the same whatever the size.
const FILL = {
	x: ([r, c], axes) => String(axes === 1 ? c + 1 : 4 * r + c + 1),
	w: ([r, c], axes) => String(axes === 1 ? (c < 4 ? 10 ** c : c + 1) : 3 * r + c + 1),
};
const shapeOf = (state, name) => (state.axes === 1 ? [1, state[name][0]] : state[name]);
const filled = (which, [rows, columns], axes) => range(rows).flatMap((r) => range(columns).map((c) => FILL[which]([r, c], axes)));

// The same numbers in an array of another shape: what stays keeps its place.
function refit(which, texts, [rows, columns], shape, axes) {
	return range(shape[0]).flatMap((r) =>
		range(shape[1]).map((c) => (r < rows && c < columns ? texts[r * columns + c] : FILL[which]([r, c], axes))));
}

const nested = (flat, [rows, columns], axes) =>
	axes === 1 ? flat : range(rows).map((r) => flat.slice(r * columns, (r + 1) * columns));

// Numbers as a program writes them, or null: {texts, shape}.
function arrayOf(json, axes) {
	let value = json;
	if (typeof json === "string") {
		try { value = JSON.parse(json); } catch { return null; }
	}
	const rows = axes === 1 ? [value] : value;
	if (!Array.isArray(rows) || !rows.length || !rows.every((row) => Array.isArray(row) && row.length && row.length === rows[0].length)) return null;
	const texts = rows.flat().map((x) => (typeof x === "number" ? String(x) : "?"));
	return texts.every(isNumber) ? { texts, shape: [rows.length, rows[0].length] } : null;
}

// ---- everything that the pictures show. One axis is two, of which the first is a single cell.

function modelOf(state) {
	const single = { i: 1, k: 1, s: 1, p: 0, op: 0, d: 1 },
		axes = (state.axes === 1 ? [single, axisOf(state, 0)] : [axisOf(state, 0), axisOf(state, 1)]).map((q) => {
			const size = sizeOf(q), span = spanOf(q), full = (q.i - 1) * q.s + span;
			return { ...q, size, span, full, length: max(full, q.p + size), back: convSizeOf(q, size) };
		}),
		[R, C] = axes, dx = decimalsOf(state.x), dw = decimalsOf(state.w), db = decimalsOf([state.b]), decimals = max(dx + dw, db),
		most = (texts, d) => max(...texts.map((text) => abs(Number(text)) * 10 ** d), 1),
		// Beyond 2^53 a float loses units: then the same sums with big integers.
		big = most(state.x, dx) * most(state.w, dw) * 10 ** (decimals - dx - dw) * (R.k * C.k + 1) + most([state.b], decimals) > 2 ** 53,
		x = scaled(state.x, dx, big), w = scaled(state.w, dw, big), [b] = scaled([state.b], decimals, big),
		lift = (big ? BigInt : Number)(10 ** (decimals - dx - dw)),
		sums = new Array(R.length * C.length).fill(big ? 0n : 0), counts = new Array(R.length * C.length).fill(0);
	for (let a = 0; a < R.i; a++) for (let c = 0; c < C.i; c++)
		for (let u = 0; u < R.k; u++) for (let v = 0; v < C.k; v++) {
			const f = (a * R.s + u * R.d) * C.length + c * C.s + v * C.d;
			sums[f] += x[a * C.i + c] * w[u * C.k + v] * lift;
			counts[f]++;
		}
	const inside = (f) => {
			const r = floor(f / C.length) - R.p, c = f % C.length - C.p;
			return r >= 0 && r < R.size && c >= 0 && c < C.size;
		},
		added = (f) => floor(f / C.length) >= R.p + R.size - R.op || f % C.length >= C.p + C.size - C.op;
	return {
		flat: state.axes === 1, axes, R, C, counts, inside, x: state.x, w: state.w, b: state.b, biased: Number(state.b) !== 0,
		added: (f) => inside(f) && added(f), // by output padding
		product: (n, t) => written(x[n] * w[t] * lift, decimals),
		value: (f) => written(inside(f) ? sums[f] + b : sums[f], decimals),
		result: () => nested(range(R.size).flatMap((r) => range(C.size).map((c) =>
			Number(written(sums[(r + R.p) * C.length + c + C.p] + b, decimals)))), [R.size, C.size], state.axes),
		// Flat places from places on each axis, and back.
		placeOf: (f) => [floor(f / C.length) - R.p, f % C.length - C.p],
		fullOf: ([r, c]) => (r + R.p) * C.length + c + C.p,
		pairs: (f) => meetings(floor(f / C.length), R).flatMap(([a, u]) => meetings(f % C.length, C).map(([c, v]) => [a * C.i + c, u * C.k + v])),
		landing: (n, t) => (floor(n / C.i) * R.s + floor(t / C.k) * R.d) * C.length + (n % C.i) * C.s + (t % C.k) * C.d,
	};
}

// Taps by the remainder of their place: what each phase of the output is made by.
const phasesOf = (q) => range(q.s).map((phase) => range(q.k).filter((t) => (t * q.d) % q.s === phase));

// ---- backwards: from two sizes to layers, the simplest first

function layersFor(have, want) {
	const found = [], [, strides] = rangeOf("s"), [, kernels] = rangeOf("k"), [, paddings] = rangeOf("p");
	for (let s = 1; s <= strides; s++) for (let k = 1; k <= kernels; k++) for (let p = 0; p <= min(k - 1, paddings); p++) {
		const op = want - sizeOf({ i: have, k, s, p, op: 0, d: 1 });
		if (op >= 0 && op < s) found.push({ k, s, p, op, d: 1 });
	}
	// Even overlap, then centred on the input's cells, then the small kernel.
	const order = ({ k, s, p, op }) => [k < s, k % s !== 0, op !== 0 || (want === have * s && 2 * p !== k - s), k, p, s];
	return found.sort((a, b) => {
		const [one, two] = [order(a), order(b)], at = one.findIndex((x, n) => x !== two[n]);
		return at < 0 ? 0 : one[at] - two[at];
	});
}

// ---- the layer as text

function torchLines(state) {
	const parameter = (name) => (state.axes === 1 || state[name][0] === state[name][1] ? state[name][0] : `(${state[name].join(", ")})`),
		options = NAMES.slice(2).map((name) => `, ${KEYS[name]}=${parameter(name)}`).join(""),
		// A point makes the tensor one of floats.
		tensor = (which, name) => {
			const numbers = state[which].map((text) => (text.includes(".") ? text : text + "."));
			return `torch.tensor(${JSON.stringify([[nested(numbers, shapeOf(state, name), state.axes)]]).replaceAll('"', "").replaceAll(",", ", ")})`;
		},
		bias = Number(state.b) ? `, bias=torch.tensor([${state.b.includes(".") ? state.b : state.b + "."}])` : "";
	return `import torch\nx = ${tensor("x", "i")}\nw = ${tensor("w", "k")}\nprint(torch.nn.functional.conv_transpose${state.axes}d(x, w${bias}${options}))`;
}

const isFill = (state, which) => state[which].every((text, n) => text === filled(which, shapeOf(state, which === "x" ? "i" : "k"), state.axes)[n]);
const perAxis = (numbers) => (numbers.every((x) => x === numbers[0]) ? String(numbers[0]) : numbers.join(","));

function toAddress(state) {
	const parts = NAMES.map((name) => `${name}=${perAxis(state[name])}`);
	if (state.axes === 2) parts.push("axes=2");
	for (const [which, name] of [["x", "i"], ["w", "k"]])
		if (!isFill(state, which)) parts.push(`${which}=` + [nested(state[which], shapeOf(state, name), state.axes)].flat(state.axes - 1).map((row) => [row].flat().join(",")).join(";"));
	if (Number(state.b)) parts.push(`b=${state.b}`);
	if (state.view !== "stamps") parts.push(`view=${state.view}`);
	if (state.counts) parts.push("counts=1");
	return "#" + parts.join("&");
}

// Attributes from an address. A bad one throws {rule, ...}: one bad part spoils all of it.
function fromAddress(text) {
	const found = new Map(), parts = text.replace(/^[^#]*#/, "").replace(/^#/, "");
	for (const part of parts ? parts.split("&") : []) {
		const [name, value = ""] = part.split(/=(.*)/s);
		if (![...NAMES, "axes", "x", "w", "b", "view", "counts"].includes(name)) throw { rule: "unknown", name: name.slice(0, 20) };
		if (found.has(name)) throw { rule: "twice", name };
		found.set(name, decodeURIComponent(value.replace(/%(?![\da-f]{2})/gi, "%25")));
	}
	const axes = found.get("axes") ?? "1", attributes = { axes };
	if (!/^[12]$/.test(axes)) throw { rule: "one", name: "axes", allowed: "1, 2" };
	for (const name of NAMES) {
		const value = found.get(name) ?? String({ ...DEFAULTS, op: 1 }[name]);
		if (!numbersOf(value, +axes)?.every((x) => inRange(name, x))) throw { rule: "whole", name };
		attributes[attributeOf(name)] = value;
	}
	for (const [which, attribute] of [["x", "input"], ["w", "kernel"]]) {
		if (!found.has(which)) continue;
		const rows = found.get(which).split(";").map((row) => row.split(","));
		if (!rows.flat().every(isNumber)) throw { rule: "values", name: which };
		const json = JSON.stringify((axes === "1" ? rows.flat() : rows).map((row) => (Array.isArray(row) ? row.map(plain).map(Number) : Number(plain(row))))),
			sizes = numbersOf(attributes[which === "x" ? "input-size" : "kernel-size"], +axes), read = arrayOf(json, +axes);
		if (!read || String(read.shape) !== String(axes === "1" ? [1, sizes[0]] : sizes)) throw { rule: "shape", name: which };
		attributes[attribute] = json;
	}
	if (found.has("b")) {
		if (!isNumber(found.get("b"))) throw { rule: "values", name: "b" };
		attributes.bias = plain(found.get("b"));
	}
	if (found.has("view")) {
		if (!VIEWS.includes(found.get("view"))) throw { rule: "one", name: "view", allowed: VIEWS.join(", ") };
		attributes.view = found.get("view");
	}
	if (found.has("counts")) {
		if (!/^[01]$/.test(found.get("counts"))) throw { rule: "one", name: "counts", allowed: "0, 1" };
		if (found.get("counts") === "1") attributes.counts = "";
	}
	return attributes;
}

// "3" or "3,4" as one number for each axis, or null.
function numbersOf(text, axes) {
	const parts = text.split(",");
	if (!parts.every((part) => /^\d{1,3}$/.test(part.trim())) || ![1, axes].includes(parts.length)) return null;
	return range(axes).map((axis) => Number(parts[parts.length === 1 ? 0 : axis]));
}
const inRange = (name, x) => x >= rangeOf(name)[0] && x <= rangeOf(name)[1];

// A new state: sizes as they are, numbers for what has none.
function stateOf({ axes = 1, ...given }) {
	const state = { axes, b: "0", view: "stamps", counts: false, ...given };
	for (const name of NAMES) state[name] = given[name] ?? new Array(axes).fill(DEFAULTS[name]);
	state.x = given.x ?? filled("x", shapeOf(state, "i"), axes);
	state.w = given.w ?? filled("w", shapeOf(state, "k"), axes);
	return state;
}

// The numbers that a preset puts in, and the parameters that it asks for.
function presetOf(name, state) {
	const { axes } = state, each = (n) => new Array(axes).fill(n), spread = (which, rule) => range(shapeOf(state, which)[0]).flatMap((r) =>
			range(shapeOf(state, which)[1]).map((c) => rule(r, c))),
		[rows, columns] = shapeOf(state, "i"), middle = [floor((rows - 1) / 2), floor((columns - 1) / 2)];
	switch (name) {
		case "digits": return stateOf({ ...state, ...Object.fromEntries(NAMES.map((key) => [key, each(DEFAULTS[key])])), op: state.op, s: state.s, p: state.p, d: state.d, x: null, w: null, b: "0" });
		case "impulse": return { ...state, x: spread("i", (r, c) => (r === middle[0] && c === middle[1] ? "1" : "0")) };
		case "step": return { ...state, x: spread("i", (r, c) => (c > middle[1] ? "1" : "0")) };
		case "ones": return { ...state, x: state.x.map(() => "1"), w: state.w.map(() => "1") };
		case "alternating": return { ...state, x: spread("i", (r, c) => ((r + c) % 2 ? "-1" : "1")) };
		case "linear": {
			const tent = ["0.5", "1", "0.5"];
			return {
				...state, k: each(3), s: each(2), p: each(1), op: each(1), d: each(1),
				w: axes === 1 ? tent : tent.flatMap((a) => tent.map((b) => String(a * b))),
			};
		}
	}
}
const PRESETS = ["digits", "impulse", "step", "linear", "ones", "alternating"];

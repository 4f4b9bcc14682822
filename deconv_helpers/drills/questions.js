// Questions made of random layers, and what is right. No document, no words:
// a question is data, which words make into sentences. All sizes and values come
// from arithmetic.js.
//
// A question: {kind, level, seed, layer, ...what it shows, ask, answer, options?, steps, slips}.
// Steps that change nothing are left out. `ask` is "number", "numbers" (a list), or "choice". `slips` maps a wrong answer to the
// step of `steps` at which it went wrong, where that can be told.

const LEVELS = 5;

// What a layer may be at a level: one difficulty more at each.
function randomLayer(chance, level, wanted = {}) {
	for (;;) {
		const d = level >= 5 ? chance.whole(1, 3) : 1, s = chance.whole(level === 1 ? 2 : 1, min(1 + level, 4)),
			q = {
				i: chance.whole(2, 3 + level), k: chance.whole(2, min(2 + level, 5)), s, d,
				p: level === 1 ? 0 : chance.whole(0, min(level - 1, 3)),
				op: level < 3 ? 0 : chance.whole(0, max(s, d) - 1),
				...wanted,
			};
		if (!faultsOf(q).length) return q;
	}
}

// x = 1, 2, 3, … and a kernel of powers of ten: the digits say who wrote what.
const stateOf = (q) => ({ axes: 1, b: "0", view: "stamps", counts: false, ...Object.fromEntries(NAMES.map((name) => [name, [q[name]]])), x: filled("x", [1, q.i]), w: range(q.k).map((t) => String(10 ** t)) });
const layerModel = (q) => modelOf(stateOf(q));

const QUESTION = {};

// Which size comes out?
QUESTION.size = (chance, level) => {
	const q = randomLayer(chance, level), full = (q.i - 1) * q.s + spanOf(q), slips = {};
	const slip = (wrong, step) => wrong !== sizeOf(q) && wrong > 0 && (slips[wrong] ??= step);
	slip(sizeOf({ ...q, op: 0 }), "op");
	slip(full + 2 * q.p + q.op, "adds");
	slip(full - q.p + q.op, "once");
	slip(full, "p");
	slip(q.i * q.s + spanOf(q) - 2 * q.p + q.op, "strides");
	slip(sizeOf({ ...q, d: 1 }), "d");
	slip(q.i * q.s, "times");
	slip((q.i - 1) * q.s - 2 * q.p + q.op, "k");
	slip(max(convSizeOf(q, q.i), 0), "conv");
	return { layer: q, ask: "number", answer: sizeOf(q), steps: stepsOf(q), slips };
};

// The way to the size, number by number.
const stepsOf = (q) => [["strides", (q.i - 1) * q.s], ["stamp", (q.i - 1) * q.s + spanOf(q)], ...(q.p ? [["cut", (q.i - 1) * q.s + spanOf(q) - 2 * q.p]] : []), ...(q.op ? [["more", sizeOf(q)]] : [])];

// Which output_padding leads back to the size that a convolution had?
QUESTION.output_padding = (chance, level) => {
	for (;;) {
		const q = { ...randomLayer(chance, max(level, 2)), op: 0 }, size = chance.whole(6, 12 + 12 * level), o = convSizeOf(q, size);
		if (o < 1 || q.s < 2) continue;
		const answer = (size + 2 * q.p - spanOf(q)) % q.s, bare = sizeOf({ ...q, i: o });
		if (bare < 1) continue;
		const slips = {};
		if (size % q.s !== answer) slips[size % q.s] = "size";
		if ((size - spanOf(q) + 9 * q.s) % q.s !== answer) slips[(size - spanOf(q) + 9 * q.s) % q.s] ??= "padding";
		if (q.s - 1 !== answer) slips[q.s - 1] ??= "always";
		return { layer: { ...q, i: o, op: answer }, size, small: o, bare, ask: "number", answer, steps: [["divided", size + 2 * q.p - spanOf(q)], ["rest", answer]], slips };
	}
};

// Which layer of four made this picture?
QUESTION.picture = (chance, level) => {
	const q = randomLayer(chance, max(level, 2), { i: chance.whole(2, 4) }), others = [], names = ["s", "p", "k", ...(level > 2 ? ["op"] : []), ...(level > 4 ? ["d"] : [])];
	for (let tries = 0; others.length < 3 && tries < 400; tries++) {
		const name = chance.one(names), other = { ...q, [name]: q[name] + chance.one([-1, 1, 2]) };
		if (faultsOf(other).length || [q, ...others].some((one) => same(one, other) || samePicture(one, other))) continue;
		others.push(other);
	}
	if (others.length < 3) return QUESTION.picture(chance, level);
	return choice(chance, { layer: q }, q, others);
};

// Stamps, their places and the cut tell a layer; two that agree in these draw the same.
const samePicture = (a, b) => {
	const of = (q) => [q.i, range(q.i).map((n) => range(q.k).map((t) => n * q.s + t * q.d)), q.p, sizeOf(q)];
	return same(of(a), of(b));
};

function choice(chance, question, right, wrong) {
	const options = chance.mixed([right, ...wrong]);
	return { ...question, ask: "choice", options, answer: options.findIndex((one) => one === right), steps: [], slips: {} };
}

// What stands in this cell?
QUESTION.cell = (chance, level) => {
	for (;;) {
		const q = randomLayer(chance, max(level, 1), { i: chance.whole(3, 5), k: chance.whole(2, 4) }), m = layerModel(q), at = chance.whole(0, q.i > 0 ? sizeOf(q) - 1 : 0), f = at + q.p;
		if (m.counts[f] < (level > 1 ? 2 : 1)) continue;
		const answer = Number(m.sum(f)), slips = {}, slip = (wrong, step) => wrong !== answer && (slips[wrong] ??= step);
		const flipped = modelOf({ ...stateOf(q), w: [...stateOf(q).w].reverse() });
		slip(Number(flipped.sum(f)), "flipped");
		if (m.counts[at] !== undefined) slip(Number(m.sum(at)), "uncut");
		const pairs = m.pairs(f), product = ([n, t]) => Number(m.product(n, t));
		for (const pair of pairs) slip(product(pair), "one");
		return { layer: q, at, x: m.x.map(Number), w: m.w.map(Number), ask: "number", answer, pairs: pairs.map(([n, t]) => [n, t, product([n, t])]), steps: [], slips };
	}
};

// Which cell holds the bias alone?
QUESTION.bias = (chance, level) => {
	for (;;) {
		const q = randomLayer(chance, 3, { k: chance.whole(1, 1 + level), s: chance.whole(2, 4), p: level > 2 ? chance.whole(0, 2) : 0, d: level > 4 ? chance.whole(1, 2) : 1, op: chance.whole(0, 1) });
		const m = layerModel(q), cells = range(q.i && sizeOf(q)), alone = cells.filter((at) => m.counts[at + q.p] === 0), others = cells.filter((at) => m.counts[at + q.p] > 0);
		if (!alone.length || others.length < 3) continue;
		return choice(chance, { layer: q }, chance.one(alone), chance.mixed(others).slice(0, 3));
	}
};

// Which of four does PyTorch refuse, and why?
QUESTION.refused = (chance, level) => {
	const legal = [], reason = chance.one(level > 1 ? ["op", "p"] : ["op"]);
	while (legal.length < 3) {
		const q = randomLayer(chance, max(level, 3));
		if (!legal.some((one) => same(one, q))) legal.push(q);
	}
	for (;;) {
		const q = randomLayer(chance, max(level, 3)), bad = reason === "op" ? { ...q, op: max(q.s, q.d) + chance.whole(0, level > 3 ? 0 : 1) } : { ...q, p: q.p + 1 + floor((sizeOf(q) - 1) / 2) + chance.whole(0, 1) };
		const faults = faultsOf(bad);
		if (faults.length !== 1 || faults[0].rule !== reason) continue;
		return { ...choice(chance, { layer: bad }, bad, legal), reasons: ["op", "p"], reason, low: sizeOf(bad) };
	}
};

// Does the way there and back return to where it began?
QUESTION.round = (chance, level) => {
	for (;;) {
		const q = { ...randomLayer(chance, max(level, 2)), op: 0 }, size = chance.whole(5, 10 + 10 * level), o = convSizeOf(q, size);
		if (o < 1 || q.s < 2 || sizeOf({ ...q, i: o }) < 1) continue;
		const rest = (size + 2 * q.p - spanOf(q)) % q.s;
		// As many that do as that do not.
		if ((rest === 0) !== chance.one([true, false])) continue;
		return { layer: { ...q, i: o }, size, small: o, back: sizeOf({ ...q, i: o }), rest, ask: "choice", options: ["yes", "no"], answer: rest ? 1 : 0, steps: [["divided", size + 2 * q.p - spanOf(q)], ["rest", rest]], slips: {} };
	}
};

// The output paddings that lead back through an encoder.
QUESTION.mirror = (chance, level) => {
	for (;;) {
		const many = min(1 + level, 4), sizes = [chance.whole(20, 40 + 40 * level)], layers = [];
		for (let n = 0; n < many; n++) {
			const s = chance.whole(2, level > 2 ? 3 : 2), k = chance.whole(s, s + 2), p = chance.whole(0, level > 1 ? floor(k / 2) : 0);
			layers.push({ k, s, p, op: 0, d: 1 });
			sizes.push(convSizeOf(layers[n], sizes[n]));
		}
		if (sizes.at(-1) < 2) continue;
		const rests = layers.map((q, n) => (sizes[n] + 2 * q.p - spanOf(q)) % q.s);
		if (!rests.some(Boolean)) continue;
		const answer = [...rests].reverse(), slips = same(answer, rests) ? {} : { [rests.join()]: "order" };
		return { layer: { ...layers.at(-1), i: sizes.at(-1), op: answer[0] }, layers, sizes, ask: "numbers", answer, steps: [], slips };
	}
};

// A decoder that misses its size: which of four changes mends it?
QUESTION.repair = (chance, level) => {
	for (;;) {
		const many = level > 2 ? 3 : 2, start = chance.whole(3, 6 + level), layers = range(many).map(() => randomLayer(chance, max(level, 2), { i: 4, d: 1 })), sizes = chained(start, layers);
		if (!sizes) continue;
		// Make it wrong, so that one number mends it.
		const at = chance.whole(0, many - 1), name = chance.one(level > 2 ? ["p", "op", "k", "s"] : ["p", "k"]), broken = layers.map((q, n) => (n === at ? { ...q, [name]: q[name] + chance.one([-1, 1]) } : q)), now = chained(start, broken), want = sizes.at(-1);
		if (!now || now.at(-1) === want || want > 999) continue;
		const right = { at, name, to: layers[at][name] }, changes = broken.flatMap((q, n) => ["k", "s", "p", "op"].flatMap((key) => [-1, 1].map((by) => ({ at: n, name: key, to: q[key] + by })))),
			reached = (change) => chained(start, broken.map((q, n) => (n === change.at ? { ...q, [change.name]: change.to } : q)))?.at(-1),
			wrong = chance.mixed(changes.filter((change) => !same(change, right) && ![undefined, want].includes(reached(change)))).slice(0, 3);
		if (wrong.length < 3) continue;
		const question = choice(chance, { layer: { ...broken[at], i: now[at] }, layers: broken, sizes: now, want }, right, wrong);
		return { ...question, reached: question.options.map(reached) };
	}
};

// The sizes through a chain of layers; nothing if one is refused.
function chained(start, layers) {
	const sizes = [start];
	for (const q of layers) {
		const now = { ...q, i: sizes.at(-1) };
		// The figure's limit on the input is no limit here.
		if (faultsOf({ ...now, i: min(now.i, RANGES.i[1]) }).length || sizeOf(now) < 1) return null;
		sizes.push(sizeOf(now));
	}
	return sizes;
}

const KINDS = Object.keys(QUESTION);

// The question of a kind, a level and a seed: always the same one.
function questionOf(kind, level, seed) {
	const question = QUESTION[kind](chanceOf(KINDS.indexOf(kind) + 1, level, seed), level);
	return { kind, level, seed, ...question };
}

// A sheet of so many questions, all kinds in turn, from easy to hard.
const sheetOfQuestions = (seed, many) => range(many).map((n) => questionOf(KINDS[n % KINDS.length], 1 + floor((n * LEVELS) / many), seed * 1000 + n));

// What was typed, as an answer; NaN where it is none.
const readAnswer = ({ ask }, text) => {
	const numbers = text.trim().split(/[\s,;]+/).map((part) => (/^[-−]?\d+$/.test(part) ? Number(part.replace("−", "-")) : NaN));
	return ask === "numbers" ? numbers : numbers.length === 1 ? numbers[0] : NaN;
};
const isRight = (question, answer) => same(answer, question.answer);
const slipOf = (question, answer) => question.slips[[answer].flat().join()] ?? null;

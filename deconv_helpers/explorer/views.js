// What each view draws, as a sheet: cells, labels and lines at their places. No document.
// A cell knows what it stands for: input n, tap t, cell f of the full result, or a product of two.

const MOST = 40; // cells of a plane that are drawn along one axis

function sheetOf() {
	const cells = [], labels = [], shapes = [], marks = []; // marks lie over the cells
	return {
		cells, labels, shapes, marks, parts: [], width: 0, height: 0,
		cell(x, y, w, h, kind, text, refs = {}) { cells.push({ x, y, w, h, kind, text, ...refs }); },
		label(x, y, text, kind = "", anchor = "middle") { labels.push({ x, y, text, kind, anchor }); },
		zone(from, to, y, h, kind) { if (to > from) shapes.push(rectOf(from, y, to - from, h, kind)); },
		path(d, kind) { (/frame|old|arrow/.test(kind) ? marks : shapes).push(pathOf(d, kind)); },
		// The place of a cell, or of every fifth where there is no room.
		tick(x, y, u, n) { if (u >= 18 || n % 5 === 0) this.label(x + u / 2, y + 9, String(n), "tick"); },
		// A bracket over (out = -1) or under (1) the stretch, with what it measures.
		bracket(from, to, y, out, text, kind = "") {
			if (to <= from) return;
			this.path(`M${from + 2} ${y}v${5 * out}H${to - 2}v${-5 * out}`, "mark " + kind);
			this.label((from + to) / 2, y + 14 * out, text, "symbol " + kind);
		},
	};
}

const FIRST = { side: "out", at: [0, 0] };

// A cell that holds the longest of these texts; where there is little room, in smaller print.
const roomFor = (texts) => 6 + 6.5 * max(...texts.map((text) => text.length), 2);
const fit = (room, many, texts, most = 46) => clamp(floor(room / many), ceil(0.85 * roomFor(texts)), most);

// The part of n cells that is drawn, around one of them.
function part(n, around, most = MOST) {
	const from = n <= most ? 0 : clamp(around - floor(most / 2), 0, n - most);
	return [from, min(n, from + most)];
}

// What a cell of the full result shows.
function face(m, f, counts) {
	const kind = !m.inside(f) ? "cut" : m.added(f) ? (m.counts[f] ? "output added" : "empty added") : m.counts[f] ? "output" : "empty";
	return counts ? [kind, String(m.counts[f]), { f, tint: m.inside(f) ? shadeOf(m, f) : 0 }] : [kind, shown(m.value(f)), { f }];
}
// The more products, the deeper.
const shadeOf = (m, f) => m.counts[f] && 0.15 + 0.85 * m.counts[f] / m.most;
const spanName = (q) => (q.d > 1 ? "k̂" : "k");

// The columns of the full result in one dimension, with what is cut off and what is brought.
function columns(m, { width, counts, W }, left) {
	const q = m.C, all = range(q.length), texts = all.map((f) => face(m, f, counts)[1]), u = fit(width - left - 4, q.length, texts), X = (f) => left + f * u,
		end = q.p + q.size;
	return {
		u, X, h: min(u, 34), end, wide: X(q.length) + 2,
		zones(s, top, height) {
			s.zone(X(0), X(q.p), top, height, "cutzone");
			s.zone(X(end), X(q.length), top, height, "cutzone");
			s.zone(X(max(q.p, end - q.op)), X(end), top, height, "addedzone");
		},
		row(s, y, h, only = all) {
			for (const f of only) s.cell(X(f), y, u, h, ...face(m, f, counts));
		},
		// Room for what the row shows where these are no sums.
		named(s, y) {
			if (counts) s.label(left, y + 7, W.per, "name", "start");
			return y + (counts ? 18 : 0);
		},
		// Which symbol each stretch is, under the row of sums.
		foot(s, y) {
			for (const f of all) if (m.inside(f)) s.tick(X(f), y, u, f - q.p);
			const base = y + 18, second = q.op && q.size > q.op ? base + 24 : base;
			s.bracket(X(0), X(q.p), base, 1, "p");
			s.bracket(X(end), X(q.full), base, 1, q.op ? "p−p′" : "p");
			s.bracket(X(max(q.p, end - q.op)), X(end), base, 1, "p′", "plus");
			s.bracket(X(q.p), X(end), second, 1, `o′ = ${q.size}`, "good");
			return second + 26;
		},
		// Padding frames the output; output padding moves the right edge of the frame.
		frame(s, top, bottom) {
			s.path(`M${X(q.p)} ${top}H${X(end)}V${bottom}H${X(q.p)}Z`, "frame");
			if (!q.op || q.op >= q.size) return;
			const from = X(end - q.op), to = X(end), y = top - 8;
			s.path(`M${from} ${top}V${bottom}`, "old");
			s.path(`M${from} ${y}H${to - 1}m-5 -4l5 4l-5 4`, "arrow");
			s.label((from + to) / 2, y - 10, `p′ = ${q.op}`, "symbol plus");
		},
	};
}

const VIEW = {};

// A row for each input's stamp, then the sums down the columns.
VIEW.stamps = (m, o) => {
	if (!m.flat) return plane(m, o);
	const s = sheetOf(), q = m.C, head = roomFor(m.x), left = head + 16, c = columns(m, o, left), { u, X, h } = c,
		top = 52, rows = q.i + (Number(m.b) ? 1 : 0), Y = (n) => top + n * (h + 3), line = Y(rows) + 4, under = c.named(s, line) + 5;
	c.zones(s, top - 2, under + h - top + 4);
	s.bracket(X(0), X(q.full), 26, -1, `(i′ − 1)s + ${spanName(q)} = ${q.full}`);
	for (let n = 0; n < q.i; n++) {
		s.cell(2, Y(n), head, h, "input", shown(m.x[n]), { in: n });
		s.label(head + 9, Y(n) + h / 2, "·", "quiet");
		for (let t = 0; t < q.k; t++) {
			const f = n * q.s + t * q.d;
			s.cell(X(f), Y(n), u, h, m.inside(f) ? "kernel" : "kernel gone", shown(m.product(n, t)), { in: n, tap: t, f });
		}
	}
	if (Number(m.b)) for (let f = q.p; f < c.end; f++) s.cell(X(f), Y(q.i), u, h, "bias", shown(m.b), { f });
	s.path(`M${X(0)} ${line}H${X(q.length)}`, "sumline");
	s.label(head / 2 + 4, under + h / 2, o.counts ? "" : "+", "quiet");
	c.row(s, under, h);
	c.frame(s, top - 3, under + h + 3);
	s.width = c.wide;
	s.height = c.foot(s, under + h + 4);
	// While it plays, only the stamps that have landed count.
	s.landed = (n, now) => rectOf(0, Y(n + 1), c.wide, Y(q.i) - Y(n + 1), "veil") + rectOf(X(0), under, X(q.length) - X(0), h, "zero") +
		drawCells(range(q.length).map((f) => { const [kind, text, { tint }] = face(now, f, o.counts); return { x: X(f), y: under, w: u, h, kind, text, tint }; }));
	s.over = ({ side, at }) => (side === "out" ? rectOf(X(at), top - 2, u, under + h - top + 4, "beam") : "");
	return s;
};

// The output at which the kernel stands: the chosen one, or the first that the chosen input reaches.
function standsAt(m, { side, at }) {
	const f = side === "in" ? range(m.w.length).map((t) => m.landing(at, t)).find(m.inside) : side === "out" ? at : -1;
	return m.inside(f) ? f : m.indexOf(FIRST);
}

// What stands at a place of the spread input, along one axis: an input's number, and the kind of cell.
const inputAt = (q, c) => range(q.i).find((n) => n * q.s === c);
const kindAt = (q, c) => {
	const last = q.p + q.size - 1;
	return c < q.p - q.span + 1 || c > last ? "cut" : c < 0 || c > (q.i - 1) * q.s ? (c > last - q.op ? "rim added" : "rim") : c % q.s ? "zero" : "input";
};

// The spread input, the flipped kernel sliding under it, the output.
VIEW.zeros = (m, o) => {
	if (!m.flat) return spreadPlanes(m, o);
	const s = sheetOf(), q = m.C, from = min(0, q.p - q.span + 1), to = max((q.i - 1) * q.s, q.p + q.size - 1),
		texts = range(q.size).map((n) => face(m, n + q.p, o.counts)[1]), left = 8, u = fit(o.width - left - 4, to - from + 1, texts), h = min(u, 34),
		X = (c) => left + (c - from) * u, first = q.p - q.span + 1, last = q.p + q.size - 1, top = q.op ? 52 : 30, mid = top + h + 26, below = mid + h + 22, low = below + (o.counts ? 18 : 0), end = q.p + q.size;
	if (o.counts) s.label(X(q.p), below + 7, o.W.per, "name", "start");
	for (let c = from; c <= to; c++) {
		const n = inputAt(q, c);
		s.cell(X(c), top, u, h, kindAt(q, c), shown(m.x[n] ?? "0"), n >= 0 ? { in: n } : {});
	}
	s.bracket(X(first), X(min(0, last + 1)), top - 4, -1, `${spanName(q)} − 1 − p`);
	s.bracket(X((q.i - 1) * q.s + 1), X(last + 1 - q.op), top - 4, -1, `${spanName(q)} − 1 − p`);
	s.bracket(X(max(last + 1 - q.op, first)), X(last + 1), top - 26, -1, "p′", "plus");
	for (let f = q.p; f < q.p + q.size; f++) {
		s.cell(X(f), low, u, h, ...face(m, f, o.counts));
		s.tick(X(f), low + h, u, f - q.p);
	}
	if (q.op && q.op < q.size) s.path(`M${X(end - q.op)} ${low - 6}v${h + 12}`, "old");
	s.bracket(X(q.p), X(end), low + h + 18, 1, `o′ = ${q.size}`, "good");
	s.width = X(to + 1) + 2;
	s.height = low + h + 46;
	s.over = (selection) => {
		const f = standsAt(m, selection), words = o.W.flipped(m === o.m);
		return drawLabel({ x: X(f + 1 - q.span / 2), y: mid - 8, text: words, kind: "name", anchor: "middle" }, s.width) + drawCells(range(q.k).map((t) => ({ x: X(f - t * q.d), y: mid, w: u, h, kind: "kernel", text: shown(m.w[t]), tap: t }))) +
			rectOf(X(f - q.span + 1), top - 2, u * q.span, mid + h - top + 4, "beam") + pathOf(`M${X(f) + u / 2} ${mid + h + 3}v13m-4 -5l4 5l4 -5`, "arrow");
	};
	return s;
};

// The matrix: a row for each cell of the full result, a column for each input.
VIEW.matrix = (m, o) => {
	const s = sheetOf(), inputs = m.x.length, total = m.R.length * m.C.length, [r0, r1] = part(total, o.focus, m.flat ? 120 : 240),
		near = m.pairs(clamp(o.focus, 0, total - 1))[0]?.[0] ?? 0, [c0, c1] = part(inputs, near, m.flat ? 32 : 64),
		ys = range(r1 - r0, r0).map((f) => face(m, f, o.counts)[1]), left = m.flat ? 34 : 54, right = roomFor(ys) + 38,
		u = fit(o.width - left - right - 8, c1 - c0, [...m.w, ...m.x].map(shown), 40), h = 26,
		X = (n) => left + (n - c0) * u, Y = (f) => 38 + (f - r0) * h, end = X(c1) + 30, small = (c1 - c0) * (r1 - r0) <= 600;
	for (let n = c0; n < c1; n++) s.cell(X(n), 2, u, h, "input", shown(m.x[n]), { in: n });
	for (let f = r0; f < r1; f++) {
		const pairs = m.pairs(f), hit = new Set(pairs.map(([n]) => n));
		if (!m.inside(f) || m.added(f)) s.zone(X(c0), X(c1), Y(f), h, m.inside(f) ? "addedzone" : "cutzone");
		for (const [n, t] of pairs) if (n >= c0 && n < c1) s.cell(X(n), Y(f), u, h, m.inside(f) ? "kernel" : "kernel gone", shown(m.w[t]), { in: n, tap: t, f });
		if (small) for (let n = c0; n < c1; n++) if (!hit.has(n)) s.label(X(n) + u / 2, Y(f) + h / 2, "0", "nil");
		if (m.inside(f)) s.label(left - 6, Y(f) + h / 2, place(m.placeOf("out", f), m.flat), "tick", "end");
		s.cell(end, Y(f), right - 30, h, ...face(m, f, o.counts));
	}
	if (o.counts) s.label(end + right - 30, Y(r1) + 13, o.W.per, "name", "end");
	else {
		s.label(end - 15, Y((r0 + r1) / 2), "=", "quiet");
		s.label(end + (right - 30) / 2, 15, "y", "symbol good");
	}
	s.label(left - 14, 15, "x", "symbol blue");
	s.path(`M${X(c0) - 1} ${Y(r0) - 3}h-3V${Y(r1) + 3}h3M${X(c1) + 1} ${Y(r0) - 3}h3V${Y(r1) + 3}h-3`, "mark");
	s.width = end + right - 26;
	s.height = Y(r1) + (o.counts ? 22 : 8);
	s.parts = [[m.R.length * m.C.length, r0, r1], [inputs, c0, c1]];
	s.over = ({ side, at }) => (side === "out" && at >= r0 && at < r1 ? rectOf(X(c0), Y(at), X(c1) - X(c0), h, "beam") : "");
	return s;
};

// One small kernel for each phase, then their results interleaved.
VIEW.phases = (m, o) => {
	if (!m.flat) return phasePlane(m, o);
	const s = sheetOf(), q = m.C, c = columns(m, o, 8), { X, h } = c, chip = roomFor(m.w.map(shown));
	let y = 8;
	phasesOf(q).forEach((taps, phase) => {
		s.label(8, y + 11, o.W.phase(phase), "name", "start");
		s.label(8 + 66, y + 11, "x ∗", "symbol", "start");
		taps.forEach((t, n) => s.cell(8 + 96 + n * (chip + 2), y, chip, 22, "kernel", shown(m.w[t]), { tap: t }));
		if (!taps.length) s.label(8 + 96, y + 11, "0", "nil", "start");
		y += 26;
		c.zones(s, y, h);
		c.row(s, y, h, range(q.length).filter((f) => f % q.s === phase));
		y += h + 12;
	});
	y = c.named(s, y + (q.op ? 26 : 2));
	c.row(s, y, h);
	c.frame(s, y - 3, y + h + 3);
	s.width = c.wide;
	s.height = c.foot(s, y + h + 4);
	s.over = ({ side, at }) => (side === "out" ? rectOf(X(at), 0, c.u, y + h, "beam") : "");
	return s;
};

// ---- two dimensions

function frameOf(m, [r0, r1], [c0, c1], X, Y) {
	const [top, bottom] = [m.R.p, m.R.p + m.R.size].map((r) => Y(clamp(r, r0, r1))), [left, right] = [m.C.p, m.C.p + m.C.size].map((c) => X(clamp(c, c0, c1)));
	return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}

// The full result as a plane: `tint` shades its cells.
function planeInto(s, m, o, x0, y0, tint) {
	const at = split(o.focus, m.C.length), rows = part(m.R.length, at[0]), cols = part(m.C.length, at[1]),
		faces = range(rows[1] - rows[0], rows[0]).flatMap((r) => range(cols[1] - cols[0], cols[0]).map((c) => [r, c, ...face(m, r * m.C.length + c, o.counts)])),
		u = fit(o.width - x0 - 4, cols[1] - cols[0], faces.map((one) => one[3]), 40), h = min(u, 30), X = (c) => x0 + (c - cols[0]) * u, Y = (r) => y0 + (r - rows[0]) * h,
		shows = (r, c) => r >= rows[0] && r < rows[1] && c >= cols[0] && c < cols[1];
	s.zone(x0, X(cols[1]), y0, Y(rows[1]) - y0, "cutzone");
	if (o.counts) s.label(x0, y0 - 27, o.W.per, "name", "start");
	for (const [r, c, kind, text, refs] of faces) s.cell(X(c), Y(r), u, h, kind, text, kind === "cut" || !tint ? refs : { ...refs, tint: tint(r, c) });
	// In the margins the place on each axis, or the counts, whose product stands in the cell.
	const count = (q, f) => `×${meetings(f, q).length}`, inside = (q, f) => f >= q.p && f < q.p + q.size;
	for (let c = cols[0]; c < cols[1]; c++) if (inside(m.C, c)) s.label(X(c) + u / 2, y0 - 9, o.counts ? count(m.C, c) : String(c - m.C.p), "tick");
	for (let r = rows[0]; r < rows[1]; r++) if (inside(m.R, r)) s.label(x0 - 5, Y(r) + h / 2, o.counts ? count(m.R, r) : String(r - m.R.p), "tick", "end");
	const frame = frameOf(m, rows, cols, X, Y);
	s.path(frame, "zero"); // no hatching under cells that let it through
	s.path(frame, "frame");
	// Where its edges would stand without output padding.
	const { R, C } = m, bottom = R.p + R.size, right = C.p + C.size;
	if (R.op && R.op < R.size && shows(bottom - R.op, cols[0])) s.path(`M${X(max(C.p, cols[0]))} ${Y(bottom - R.op)}H${X(min(right, cols[1]))}`, "old");
	if (C.op && C.op < C.size && shows(rows[0], right - C.op)) s.path(`M${X(right - C.op)} ${Y(max(R.p, rows[0]))}V${Y(min(bottom, rows[1]))}`, "old");
	s.width = max(s.width, X(cols[1]) + 3);
	s.height = Y(rows[1]) + 5;
	s.parts = [[m.R.length, ...rows], [m.C.length, ...cols]];
	return { X, Y, u, h, shows, faces };
}

function plane(m, o) {
	const s = sheetOf(), { X, Y, u, h, shows, faces } = planeInto(s, m, o, 30, o.counts ? 40 : 22),
		stamp = (n, text) => drawCells(m.w.flatMap((_, t) => {
			const f = m.landing(n, t), [r, c] = split(f, m.C.length);
			return shows(r, c) ? { x: X(c), y: Y(r), w: u, h, kind: m.inside(f) ? "kernel" : "kernel gone", text: text(t, f), in: n, tap: t, f } : [];
		}));
	// The stamp of the chosen input: its products. While it plays, the sums that they bring.
	s.over = ({ side, at }) => (side === "in" ? stamp(at, (t) => shown(m.product(at, t))) : "");
	s.landed = (n, now) => drawCells(faces.flatMap(([r, c]) => {
		const [kind, text, { tint }] = face(now, r * m.C.length + c, o.counts), cell = { x: X(c), y: Y(r), w: u, h };
		return [{ ...cell, kind: "zero", text: "" }, { ...cell, kind, text, tint }];
	})) + stamp(n, (_, f) => face(now, f, o.counts)[1]);
	s.covers = true;
	return s;
}

function spreadPlanes(m, o) {
	const s = sheetOf(), at = split(o.focus, m.C.length),
		spans = m.axes.map((q, axis) => {
			const from = min(0, q.p - q.span + 1), to = max((q.i - 1) * q.s, q.p + q.size - 1) + 1, [a, b] = part(to - from, at[axis] - from);
			return [a + from, b + from, to - from];
		}),
		[[r0, r1], [c0, c1]] = spans, u = fit(o.width - 40, c1 - c0, m.x.map(shown), 46), h = min(u, 28), x0 = 30, X = (c) => x0 + (c - c0) * u, Y = (r) => 22 + (r - r0) * h;
	s.label(x0, 9, o.W.spread, "name", "start");
	for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) {
		const kinds = [kindAt(m.R, r), kindAt(m.C, c)], n = inputAt(m.R, r) * m.C.i + inputAt(m.C, c);
		s.cell(X(c), Y(r), u, h, ["cut", "rim added", "rim", "zero"].find((name) => kinds.includes(name)) ?? "input", shown(m.x[n] ?? "0"), n >= 0 ? { in: n } : {});
	}
	s.width = X(c1) + 3;
	const low = Y(r1) + 40;
	if (!o.counts) s.label(x0, low - 27, o.W.y, "name", "start");
	planeInto(s, m, o, x0, low);
	s.over = (selection) => {
		const [r, c] = split(standsAt(m, selection), m.C.length), shows = (y, x) => y >= r0 && y < r1 && x >= c0 && x < c1,
			left = X(max(c0, c - m.C.span + 1)), up = Y(max(r0, r - m.R.span + 1));
		// In its cells the products, number by weight.
		return drawLabel({ x: s.width - 2, y: 9, text: o.W.flipped(m === o.m), kind: "name", anchor: "end" }) + drawCells(m.w.flatMap((weight, t) => {
			const y = r - floor(t / m.C.k) * m.R.d, x = c - (t % m.C.k) * m.C.d, n = inputAt(m.R, y) * m.C.i + inputAt(m.C, x);
			return shows(y, x) ? { x: X(x), y: Y(y), w: u, h, kind: "kernel", text: `${shown(m.x[n] ?? "0")}·${shown(weight)}`, tap: t } : [];
		})) + rectOf(left, up, X(c + 1) - left, Y(r + 1) - up, "beam");
	};
	return s;
}

function phasePlane(m, o) {
	const s = sheetOf(), [rows, cols] = m.axes.map(phasesOf), chip = roomFor(m.w.map(shown)), many = rows.length * cols.length, tintOf = (a, b) => 0.2 + (0.8 * (a * cols.length + b)) / max(many - 1, 1);
	let x = 30, y = 8, tall = 0;
	rows.forEach((us, a) => cols.forEach((vs, b) => {
		const w = max(vs.length * chip, 74), h = us.length * 24 + 22;
		if (x > 30 && x + w > o.width) x = 30, y += tall + 10, tall = 0;
		s.label(x, y + 8, o.W.phase(`${a}, ${b}`), "name", "start");
		us.forEach((u, r) => vs.forEach((v, c) => s.cell(x + c * chip, y + 18 + r * 24, chip, 24, "kernel", shown(m.w[u * m.C.k + v]), { tap: u * m.C.k + v })));
		if (!us.length || !vs.length) s.label(x, y + 28, "0", "nil", "start");
		s.width = max(s.width, x + w);
		x += w + 14;
		tall = max(tall, h, 40);
	}));
	planeInto(s, m, o, 30, y + tall + (o.counts ? 46 : 36), (r, c) => tintOf(r % m.R.s, c % m.C.s));
	s.over = () => "";
	return s;
}

// ---- the way back: what the convolution reads along one axis, and what it never does

function wayBack(q, width) {
	const s = sheetOf(), padded = q.size + 2 * q.p, reads = readsOf(padded, q.back, q), u = clamp(floor((width - 12) / padded), 12, 34), X = (f) => 4 + f * u, h = min(u, 28), unread = [];
	reads.forEach((n, f) => {
		const inside = f >= q.p && f < q.p + q.size;
		if (inside && !n) unread.push(f - q.p);
		s.cell(X(f), 40, u, h, !n ? "unread" : inside ? "output" : "rim", "", {});
		if (inside) s.tick(X(f), 40 + h, u, f - q.p);
	});
	for (let n = 0; n < q.back; n++) {
		const x = X(n * q.s), w = q.span * u;
		s.cell(x + w / 2 - u / 2, 2, u, min(h, 20), n < q.i ? "input" : "zero", u >= 18 ? String(n) : "", {});
		s.path(`M${x + 2} 38L${x + w / 2} 23L${x + w - 2} 38`, "ribbon");
	}
	s.width = X(padded) + 6;
	s.height = 40 + h + 20;
	// The sizes that lead to the same, and the cells behind the last position.
	const most = (q.back - 1) * q.s + q.span;
	return { sheet: s, unread, rest: padded - most, padded, alike: range(q.s, most - 2 * q.p).filter((size) => size > 0) };
}

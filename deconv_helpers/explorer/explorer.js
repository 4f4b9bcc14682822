// An explorer of the transposed convolution: one module, no dependency.
// First words and arithmetic (pure), then the drawing, then `mount`.

const W = {
	fields: {
		i: ["i′", "input size"],
		k: ["k", "kernel size"],
		s: ["s", "stride"],
		p: ["p", "padding"],
		op: ["p′", "output padding"],
		d: ["d", "dilation"],
	},
	parameters: "Parameters",
	axes: "Axes",
	axis: { 1: "1-D", 2: "2-D" },
	bothAxes: "Both axes have the same parameters.",
	transposed: "Transposed convolution",
	forward: "Its convolution",
	back: "Step back", play: "Play", pause: "Pause", next: "Step forward",
	player: "Position of the kernel",
	position: (kind, at, last) => `${kind} cell ${at} (0 to ${last})`,
	copy: "Copy", copied: "Copied", notCopied: "Select the line and copy it",
	torch: "In PyTorch",
	shared: (s, i) => (s === 1 ? `One size comes from i′ = ${i}` : `The ${s} sizes that share i′ = ${i}`),
	tooSmall: "no cell",
	takesBack: ({ i }, o) => `The convolution takes o′ = ${o} back to ${i}.`,
	takesBeyond: ({ i, s, op }, o, n) =>
		`These are the sizes with p′ below s = ${s}. With p′ = ${op} the convolution takes o′ = ${o} to i′ + ⌊p′ / s⌋ = ${i} + ⌊${op} / ${s}⌋ = ${n}, not back to ${i}.`,
	lastLegal: "The pictures show the last legal values: ",
	whole: (symbol, low, high) => `${symbol} must be a whole number from ${low} on; this page draws up to ${high}.`,
	outputPadding: (most) => `p′ must be below s or below d: here at most ${most}.`,
	padding: (most) => `p must leave a cell of the output: here at most ${most}.`,
	badAddress: (why) => `The address cannot be read: ${why} Shown is the default.`,
	unknown: (name) => `“${name}” is none of ${NAMES.join(", ")}, axes.`,
	twice: (name) => `“${name}” stands there twice.`,
	help: "Point at a cell, drag along the blue input, or focus a row and use the arrow keys.",
	list: (items, most = 12) =>
		items.slice(0, most).join(", ") + (items.length > most ? ` … (${items.length} in all)` : ""),
	reaches: (at, cells) => (cells ? `Input ${at} reaches output ${cells}.` : `Input ${at} reaches no output: all of it is cropped.`),
	reached: (at, pairs, n) =>
		n ? `Output ${at} is reached ${n === 1 ? "once" : `${n} times`}: input ${pairs}.` : `Output ${at} is reached by no input: only the bias.`,
	reads: (at, cells) => (cells ? `Output ${at} reads input ${cells}.` : `Output ${at} reads only padding.`),
	isRead: (at, cells) => (cells ? `Input ${at} is read by output ${cells}.` : `Input ${at} is never read.`),
	extra: "No input belongs to this position: it is there because p′ ≥ s.",
	tap: (a, j) => `${a} (tap ${j})`,
	legend: {
		t: {
			in: "input", k: "kernel", out: "output: number and shade say how many products are added up",
			pad: "cropped", bias: "only the bias",
		},
		c: {
			in: "input", k: "kernel", out: "output", pad: "padding", un: "never read",
			plus: "output beyond the i′ cells: p′ ≥ s makes room for it",
		},
	},
};

// ---- arithmetic

export const RANGES = { i: [1, 32], k: [1, 11], s: [1, 8], p: [0, 10], op: [0, 7], d: [1, 5] };
const DEFAULTS = { i: 4, k: 3, s: 2, p: 0, op: 1, d: 1, axes: 1 };
const NAMES = Object.keys(RANGES);
const { floor, max, min, round } = Math;
const clamp = (x, size) => min(max(x, 0), size - 1);
const range = (n) => Array.from({ length: max(n, 0) }, (_, x) => x);

const effectiveKernelSize = ({ k, d }) => d * (k - 1) + 1;

/** o′ by the formula alone; below 1 where `check` would refuse. */
const outputSize = (q) => (q.i - 1) * q.s + effectiveKernelSize(q) - 2 * q.p + q.op;

const outside = (name) => ({ name, message: W.whole(W.fields[name][0], ...RANGES[name]) });

/** PyTorch's rules, in the order in which sizes.py applies them, then this page's limits. */
function check(q) {
	const low = NAMES.filter((name) => !(q[name] >= RANGES[name][0]));
	if (low.length) return low.map(outside);
	const faults = [], size = outputSize(q);
	if (q.op >= max(q.s, q.d)) faults.push({ name: "op", message: W.outputPadding(max(q.s, q.d) - 1) });
	else if (size < 1) faults.push({ name: "p", message: W.padding(q.p + floor((size - 1) / 2)) });
	const high = NAMES.filter((name) => q[name] > RANGES[name][1] && name !== faults[0]?.name);
	return [...faults, ...high.map(outside)];
}

/** The [input, tap] pairs that meet in cell `f` of the uncropped result. */
function pairsAt(f, q, inputs = q.i) {
	const pairs = [];
	for (let a = 0; a < inputs; a++) {
		const rest = f - a * q.s;
		if (rest >= 0 && rest % q.d === 0 && rest / q.d < q.k) pairs.push([a, rest / q.d]);
	}
	return pairs;
}

/** The cells of the uncropped result that the taps of input `a` meet. */
const tapsOf = (a, q) => range(q.k).map((j) => a * q.s + j * q.d);

/** How many (input, tap) pairs reach each cell of the uncropped result. */
function tally(length, inputs, q) {
	const counts = new Array(length).fill(0);
	for (let a = 0; a < inputs; a++)
		for (const f of tapsOf(a, q)) if (f < length) counts[f]++;
	return counts;
}

/** The output cells that input `a` reaches; cropped ones are left out. */
function outputsOf(a, q) {
	const size = outputSize(q);
	return tapsOf(a, q).map((f) => f - q.p).filter((t) => t >= 0 && t < size);
}

/** What both pictures show along one axis. */
function layout(q) {
	const span = effectiveKernelSize(q), size = outputSize(q),
		full = (q.i - 1) * q.s + span, padded = size + 2 * q.p,
		room = padded - span, positions = floor(room / q.s) + 1, // of the kernel, in the convolution
		inside = (f) => f >= q.p && f < q.p + size,
		counts = tally(max(full, q.p + size), q.i, q),
		reads = tally(padded, positions, q);
	return {
		span, size, full, padded, positions, counts,
		room, unread: room % q.s, // r, at the end of the padded input
		result: counts.map((n, f) => (!inside(f) ? "pad" : n ? "out" : "bias")),
		source: reads.map((n, f) => (!n ? "un" : inside(f) ? "in" : "pad")),
	};
}

function torchLine(q) {
	const rest = `stride=${q.s}, padding=${q.p}, output_padding=${q.op}, dilation=${q.d}`;
	return `nn.ConvTranspose${q.axes}d(1, 1, kernel_size=${q.k}, ${rest})`;
}

const toHash = (q) => "#" + NAMES.map((name) => `${name}=${q[name]}`).join("&") + (q.axes === 2 ? "&axes=2" : "");

/** Read an address: {state, problem}. One bad part spoils all of it. */
function fromHash(hash) {
	const state = { ...DEFAULTS }, seen = new Set(),
		bad = (why) => ({ state: { ...DEFAULTS }, problem: W.badAddress(why) }),
		text = hash.replace(/^#/, "");
	for (const part of text ? text.split("&") : []) {
		const [name, value = ""] = part.split(/=(.*)/s),
			bounds = { __proto__: null, ...RANGES, axes: [1, 2] }[name];
		if (!bounds) return bad(W.unknown(name.slice(0, 20)));
		if (seen.has(name)) return bad(W.twice(name));
		seen.add(name);
		state[name] = wholeOf(value);
		if (!inBounds(state[name], bounds)) return bad(W.whole(name, ...bounds));
	}
	return { state, problem: "" };
}

const wholeOf = (text) => (/^\d{1,3}$/.test(text) ? +text : NaN);
const inBounds = (x, [low, high]) => x >= low && x <= high;

// ---- style

// The book's palette (figures/grid.py), and the same hues for a dark page.
const HUES = `in in-e k k-e out out-e lo hi pad pad-e un un-e bias bias-e plus plus-e ink quiet line soft card bad`.split(/\s/);
const LIGHT = `#a9d6f2 #1c6ea4 #f6c36a #a86400 #94d8bd #00694a #d9f2e7 #4fb48d #fff #808080 #fbe3da #c4450c #e3cbe8 #7d4287 #94d8bd #00694a #222 #666
#d9dde1 #f5f7f8 #fff #b3261e`;
const DARK = `#1f4f70 #7cc0ea #80560f #f2b854 #1d5f49 #6fd0a8 #17382d #227a5b #15191d #98a0a8 #4a2013 #f58a5a #46294c #d29bdc #1d5f49 #6fd0a8 #eceff1
#a3abb3 #39424a #20262b #171b1f #ff9d94`;
const scheme = (name, values) => values.split(/\s/).map((hue, n) => `--${HUES[n]}:${hue};`).join("") + `color-scheme:${name};`;

// "&" stands for the one class under which everything is.
const CSS = `
&{${scheme("light", LIGHT)}font:15px/1.5 system-ui,sans-serif;color:var(--ink);container-type:inline-size;text-align:left}
:is([data-theme=dark],[data-jp-theme-light=false]) &{${scheme("dark", DARK)}}
@media (prefers-color-scheme:dark){html:not([data-theme]) body:not([data-jp-theme-light]) &{${scheme("dark", DARK)}}}
& *{box-sizing:border-box}
& :is(h2,p,ol,ul,li,form){margin:0;padding:0;border:0;min-width:0}
& [hidden]{display:none!important}&.two .picture,&:not(.two) :is(.flat,.both){display:none}
& .controls{display:grid;grid-template-columns:repeat(3,1fr);gap:14px 32px;padding:18px 20px;background:var(--soft);border-radius:12px}
& .control{display:grid;grid-template-columns:1fr 64px;gap:2px 12px;align-items:center;align-content:start}
& .control label{grid-column:1/-1;display:flex;gap:8px;align-items:baseline}
& .control b{font:italic 600 17px/1.2 Georgia,serif;color:var(--ink)}
& input[type=range]{width:100%;min-width:0;margin:0;height:28px;accent-color:var(--in-e)}
& :is(button,input[type=number]){font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px}
& input[type=number]{width:100%;padding:3px 4px 3px 8px}
& input[aria-invalid=true]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
& [role=alert]{grid-column:1/-1;color:var(--bad);font-size:14px}
& :focus-visible{outline:2px solid var(--in-e);outline-offset:2px}
& :is(.bar,.legend,.chips){display:flex;flex-wrap:wrap;list-style:none}
& .bar{gap:10px 24px;align-items:center;margin:16px 0}
& .headline{font:italic 26px/1.2 Georgia,serif;margin-right:auto}
& .headline span{font-style:normal;font-weight:700;color:var(--out-e)}
& [data-output]:empty:after{content:"–"}
& button{padding:4px 12px;min-height:34px;cursor:pointer}
& button:disabled{color:var(--quiet);cursor:default}
& :is(.axes,.player,.axes label,.legend li){display:flex;gap:6px;align-items:center}
& .axes label{margin-right:8px;font-size:15px;color:var(--ink)}
& .player button{min-width:42px}
& :is(.where,.note,label,.legend){font-size:13px;color:var(--quiet)}
& .stale{color:var(--bad)}
& .more{margin-top:20px}
& :is(.panels,.more){display:grid;grid-template-columns:1fr 1fr;gap:20px}
&.bad :is(.panels,.more){filter:grayscale(1)}
& .panel{border:1px solid var(--line);border-radius:12px;background:var(--card);padding:16px 18px;min-width:0}
& h2{font-size:16px;color:inherit}
& .steps{display:grid;grid-template-columns:auto 1fr;gap:1px 7px;margin:8px 0 12px;font:15px/1.5 Georgia,serif;font-variant-numeric:tabular-nums}
& .steps i{text-align:right}
& .box{overflow:auto;margin:0 -6px;padding:0 6px}
& .cut{background:linear-gradient(90deg,#0000 calc(100% - 24px),var(--line))}
& svg,& canvas{display:block}
& canvas{margin:4px 0 12px}& .head{overflow:visible}
& svg text{pointer-events:none;font:12px system-ui,sans-serif;fill:var(--ink);text-anchor:middle;dominant-baseline:central}
& svg .q{fill:var(--quiet)}& svg .q,& .tight text{font-size:10.5px}
& svg :is(.name,.mark){font:italic 14px Georgia,serif}& svg .name{text-anchor:end}& .head .name{text-anchor:start}
& svg path{fill:none;stroke:var(--quiet)}
& svg .link{stroke:var(--k-e);opacity:.75}
& svg rect{stroke-width:1.2}
& svg .hot{stroke-width:2.8}
& .row{outline:none}& .row .focus{fill:none;stroke:none;pointer-events:none}
& .row:focus-visible .focus{stroke:var(--ink);stroke-width:2;stroke-dasharray:1 3;stroke-linecap:round}
& .grab{fill:transparent}& .row rect{cursor:pointer;touch-action:pan-y}
${["in", "k", "out", "pad", "bias", "plus"].map((name) => `& .${name}{fill:var(--${name});stroke:var(--${name}-e)}`).join("")}
& .un{stroke:var(--un-e)}& .pad{stroke-dasharray:4 3}& .bias{stroke-dasharray:1.5 2.5}& .plus{stroke-dasharray:2 2}
& .say{min-height:3em;margin:8px 0 6px;font-size:14px;overflow-wrap:anywhere}
& .legend{gap:2px 14px}& .legend svg{flex:none}
& .note{margin:10px 0}
& .chips{gap:8px;margin:10px 0}
& .chips button{display:grid;text-align:center;line-height:1.25;padding:5px 12px}
& .chips [aria-current]{background:var(--out);border-color:var(--out-e);font-weight:700}
& .code{display:flex;gap:10px;align-items:start;margin-top:10px}
& code{flex:1;min-width:0;font:13px/1.6 ui-monospace,monospace;background:var(--soft);color:inherit;border:0;border-radius:8px;padding:7px 10px;overflow-wrap:anywhere;user-select:all}
@container (max-width:760px){
& :is(.panels,.more){grid-template-columns:1fr;gap:14px}
& .controls{grid-template-columns:1fr 1fr;gap:12px 18px;padding:14px}
& .panel{padding:14px 12px}
& :is(form,.bar){display:contents}
& .headline{margin:14px 0 10px}& :focus{scroll-margin-top:64px}
& .player{position:sticky;top:0;z-index:1;margin:8px 0;padding:6px;border:1px solid var(--line);border-radius:10px;background:var(--card)}}
@container (max-width:480px){
& .control{grid-template-columns:1fr 54px;gap:2px 8px}
& .steps{font-size:14px}}
`.replaceAll("&", ".tconv");

// ---- drawing

function readHues(element) {
	const style = getComputedStyle(element);
	return Object.fromEntries(HUES.map((key) => [key, style.getPropertyValue("--" + key).trim()]));
}

// From pale to full; the canvas knows no CSS variables, so the hues are put in.
const shade = (n, most, hues) => `color-mix(in srgb, ${hues.hi} ${most > 1 ? (100 * (n - 1)) / (most - 1) : 40}%, ${hues.lo})`;

/** What a panel shows: n cells in its small row, one for each position of the kernel. */
function contents({ side }, q, l) {
	const t = side === "t", n = t ? q.i : l.positions;
	return {
		t, n, kinds: t ? l.result : l.source, kindOf: (a) => (t ? "in" : a < q.i ? "out" : "plus"),
		titles: t ? [`i′ = ${n}`, `o′ = ${l.size}`] : [`o = ${n}`, `i = ${l.size}`],
	};
}

/** One axis as SVG. Rows are <g> elements that stay, so that focus stays. */
function drawRow(panel, q, l, view, hues) {
	const { rows, svg } = panel, { t, n, kinds, kindOf, titles } = contents(panel, q, l),
		left = 58, wide = max(l.padded, l.full),
		u = min(42, max(16, floor((panel.width - left - 12) / wide))),
		X = (f) => left + f * u,
		y = t
		? { small: 24, kernel: 24 + 1.9 * u, big: 42 + 3.4 * u }
		: { big: 50, kernel: 68 + 1.5 * u, small: 68 + 3.4 * u };
	const height = max(...Object.values(y)) + u + (t ? 50 : 20),
		middle = (a) => X(a * q.s + (l.span - 1) / 2), // an input cell stands over its kernel
		centre = (a) => middle(a) + u / 2;
	const box = (x, top, kind, more = "") =>
		`<rect x="${x + 1.5}" y="${top + 1.5}" width="${u - 3}" height="${u - 3}" rx="3" class="${kind}" ${more}/>`;
	const text = (x, top, words, kind = "") => `<text x="${x}" y="${top}" class="${kind}">${words}</text>`,
		title = (top, words) => text(left - 10, top + u / 2, words, "name"),
		tick = (x, top, number, apart = 1) => (number % (u * apart < 22 ? 5 : 1) ? "" : text(x + u / 2, top, number, "q"));

	const at = view.at[0], small = view.which === "small",
		pairs = small ? [] : pairsAt(at + q.p, q, n),
		hotA = small ? [at] : pairs.map(([a]) => a),
		taps = small && at < n ? tapsOf(at, q) : [],
		hotF = small ? taps : [at + q.p];

	let out = "";
	for (let a = 0; a < n; a++) {
		const x = middle(a);
		out += box(x, y.small, kindOf(a) + (hotA.includes(a) ? " hot" : ""), `data-at="${a}"`);
		out += tick(x, t ? y.small - 11 : y.small + u + 12, a, q.s);
	}
	const long = middle(n - 1) + u - middle(0),
		focus = (x, top, w) => `<rect class="focus" x="${x - 3}" y="${top - 3}" width="${w + 6}" height="${u + 6}" rx="5"/>`;
	rows.small.innerHTML =
		`<rect class="grab" x="${middle(0)}" y="${y.small - 6}" width="${long}" height="${u + 12}"/>` +
		title(y.small, titles[0]) + out + focus(middle(0), y.small, long);

	out = "";
	const most = max(...l.counts);
	kinds.forEach((kind, f) => {
		const inside = f >= q.p && f < q.p + l.size, hot = hotF.includes(f) ? " hot" : "";
		let more = inside ? `data-at="${f - q.p}"` : "";
		if (t && inside) more += ` data-overlap="${l.counts[f]}"`;
		if (kind === "out") more += ` style="fill:${shade(l.counts[f], most, hues)}"`;
		if (kind === "un") more += ` fill="url(#${panel.hatch})"`;
		out += box(X(f), y.big, kind + hot, more);
		if (t && inside) out += text(X(f) + u / 2, y.big + u / 2, l.counts[f]);
		if (inside) out += tick(X(f), t ? y.big - 11 : y.big + u + 12, f - q.p);
	});
	rows.big.innerHTML = title(y.big, titles[1]) + out + focus(X(q.p), y.big, l.size * u);

	// The kernel, or the ways from one cell of the large row to the small one.
	const edge = { small: t ? y.small + u : y.small, big: t ? y.big : y.big + u },
		near = t ? y.kernel : y.kernel + u,
		link = (width, d) => `<path class="link" stroke-width="${width}" d="${d}"/>`;
	out = "";
	if (taps.length) {
		const a = centre(at);
		out += link(1, `M${X(taps[0]) + 4} ${near}L${a} ${edge.small}L${X(taps.at(-1)) + u - 4} ${near}`);
		if (q.d > 1 && q.k > 1) out += link(2, `M${X(taps[0]) + u} ${y.kernel + u / 2}H${X(taps.at(-1))}`);
		taps.forEach((f, j) => (out += box(X(f), y.kernel, "k") + text(X(f) + u / 2, y.kernel + u / 2, j)));
	} else {
		for (const [a] of pairs)
			out += link(1.6, `M${centre(a)} ${edge.small}L${X(at + q.p) + u / 2} ${edge.big + (t ? -18 : 18)}`);
		for (const [a, j] of pairs) {
			// Near the small row the chips of neighbours keep apart.
			const x = centre(a), part = q.s * u < 30 ? 0.18 : 0.36, cx = x + (X(at + q.p) + u / 2 - x) * part,
				cy = edge.small + (edge.big - edge.small) * part, w = min(18, q.s * u * (1 - part));
			out += `<rect class="k" x="${cx - w / 2}" y="${cy - 9}" width="${w}" height="18" rx="3"/>` + text(cx, cy, j);
		}
	}
	rows.kernel.innerHTML = out + (taps.length ? title(y.kernel, `k = ${q.k}`) : "");

	panel.marks.innerHTML = brackets(t, q, l, X, t ? y.big + u + 6 : y.big - 6, t ? 1 : -1);
	svg.setAttribute("width", X(wide) + 12);
	svg.setAttribute("height", height);
	svg.classList.toggle("tight", u < 20);
	panel.grid = { left, u, y, n };
}

/** Which symbol each stretch of cells is: below a row (out = 1), or above. */
function brackets(t, q, l, X, base, out) {
	const level = base + 22 * out, end = q.p + l.size,
		bracket = (from, to, top, words, colour) =>
			to > from ? `<path style="stroke:var(--${colour})" d="M${X(from) + 3} ${top}v${5 * out}H${X(to) - 3}v${-5 * out}"/>
			<text class="mark" x="${(X(from) + X(to)) / 2}" y="${top + 14 * out}">${words}</text>` : "",
		first = bracket(0, q.p, base, "p", "pad-e");
	if (!t)
		return first + bracket(end, l.padded, base, "p", "pad-e") +
			bracket(l.padded - l.unread, l.padded, q.p ? level : base, `r = ${l.unread}`, "un-e");
	const second = q.op ? level : base; // where the first has p′
	return first + bracket(end, l.full, second, q.op ? "p − p′" : "p", "pad-e") +
		bracket(q.p, end, second, "o′", "out-e") + bracket(max(q.p, end - q.op), end, base, "p′", "un-e");
}

/** Two axes: one canvas for the small grid, one for the large. */
function drawPlanes(panel, q, l, view, hues) {
	const { planes } = panel, { t, n, kinds, kindOf, titles } = contents(panel, q, l),
		u = min(30, max(1, floor((panel.width - 4) / max(l.padded, l.full)))),
		v = max(u, 8),
		[r, c] = view.at, small = view.which === "small",
		near = view.at.map((x) => (small ? [x] : pairsAt(x + q.p, q, n).map(([a]) => a)));

	// Over each grid its size, over the large one the brackets too.
	const head = (which, words, top, marks = "") => {
		const svg = planes[which].previousElementSibling;
		svg.setAttribute("height", top);
		svg.innerHTML = `<text class="name" y="9">${words}</text>` + marks;
	};
	head("small", titles[0], 18);
	const top = (t ? q.op : q.p && l.unread) ? 66 : 44; // room for two rows of them, or one
	head("big", titles[1], top, brackets(t, q, l, (f) => f * u, top, -1));

	const pen = sheet(planes.small, n, v);
	for (let a = 0; a < n; a++)
		for (let b = 0; b < n; b++) {
			const kind = kindOf(max(a, b));
			tile(pen, b, a, v, kind, hues[kind], hues);
			if (near[0].includes(a) && near[1].includes(b)) ring(pen, b, a, v, hues);
		}

	const big = sheet(planes.big, kinds.length, u), most = max(...l.counts) ** 2,
		shades = {}, numbers = [], roomy = u > 6 + 6 * `${most}`.length;
	for (let a = 0; a < kinds.length; a++)
		for (let b = 0; b < kinds.length; b++) {
			const kind = both(kinds[a], kinds[b]);
			let face = hues[kind];
			if (kind === "out") {
				const count = l.counts[a] * l.counts[b];
				face = shades[count] ??= shade(count, most, hues);
				if (roomy) numbers.push([b, a, count]);
			}
			tile(big, b, a, u, kind, face, hues);
		}
	big.setLineDash([]);
	if (small && r < n && c < n)
		for (const y of tapsOf(r, q)) for (const x of tapsOf(c, q)) {
			// The edge of its cell stays in sight, unless that is tiny.
			const side = u < 6 ? u : 0.68 * u, place = [x, y].map((f) => f * u + (u - side) / 2);
			big.fillStyle = hues.k;
			big.strokeStyle = hues["k-e"];
			big.fillRect(...place, side, side);
			if (u > 8) big.strokeRect(...place, side, side);
		}
	if (!small) ring(big, c + q.p, r + q.p, u, hues);
	big.fillStyle = hues.ink;
	big.font = `${u >= 20 ? 12 : 10}px system-ui, sans-serif`;
	big.textAlign = "center";
	big.textBaseline = "middle";
	for (const [x, y, count] of numbers) big.fillText(count, (x + 0.5) * u, (y + 0.5) * u + 0.5);
	panel.grid = { u, v, n };
}

/** The kind of a cell from the kinds of its row and its column. */
const both = (a, b) => (a === b ? a : ["un", "pad", "bias"].find((kind) => kind === a || kind === b));

function sheet(canvas, cells, u) {
	const ratio = min(devicePixelRatio, 2),
		side = cells * u;
	canvas.width = canvas.height = side * ratio; // setting it also clears
	canvas.style.width = canvas.style.height = side + "px";
	const pen = canvas.getContext("2d");
	pen.scale(ratio, ratio);
	return pen;
}

const DASHES = { pad: [2, 2], plus: [2, 2], bias: [1.5, 2] };

function tile(pen, x, y, u, kind, face, hues) {
	const gap = u > 9 ? 1 : u > 5 ? 0.5 : 0, side = u - 2 * gap, left = x * u + gap, top = y * u + gap;
	pen.fillStyle = face;
	pen.fillRect(left, top, side, side);
	if (u < 8) return;
	pen.strokeStyle = hues[kind + "-e"];
	pen.globalAlpha = kind === "out" || kind === "in" ? 0.55 : 0.9;
	pen.setLineDash(DASHES[kind] ?? []);
	pen.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
	if (kind === "un") {
		pen.beginPath(); // two strokes of hatching, inside the cell
		for (const h of [0.5, 1]) {
			pen.moveTo(left + 1, top + side * h - 1);
			pen.lineTo(left + side * h - 1, top + 1);
		}
		pen.stroke();
	}
	pen.globalAlpha = 1;
}

function ring(pen, x, y, u, hues) {
	pen.setLineDash([]);
	pen.strokeStyle = hues.ink;
	pen.lineWidth = u > 9 ? 2 : 1.2;
	pen.strokeRect(x * u + 1.2, y * u + 1.2, u - 2.4, u - 2.4);
	pen.lineWidth = 1;
}

// ---- mount

/**
 * Put an explorer into `element`.
 * onChange(state) hears every accepted change; state.output is o′, or null.
 * `state` starts it; `address: false` leaves location.hash alone.
 * Returns {state, set(changes), destroy()}.
 */
export function mount(element, { onChange = () => {}, state: start = {}, address = true } = {}) {
	// Not a counter: each widget of a notebook loads a copy of this module.
	const id = "tconv" + Math.random().toString(36).slice(2);
	if (!document.getElementById("tconv-style"))
		document.head.insertAdjacentHTML("beforeend", `<style id="tconv-style">${CSS}</style>`);
	const root = document.createElement("div");
	root.className = "tconv";
	root.innerHTML = page(id);
	element.append(root);
	const $ = (selector) => root.querySelector(selector),
		put = (selector, text) => ($(selector).textContent = text),
		form = $("form"), fields = form.elements, stopper = new AbortController(),
		on = (target, type, does) => target.addEventListener(type, does, { signal: stopper.signal });

	let state = { ...DEFAULTS, ...start }, output = null; // in range, legal or not; o′ if legal
	let legal = { ...DEFAULTS }; // what the pictures show
	let plan = layout(legal);
	let kept = { which: "small", at: [0, 0] }, hover = null, spot = [0, 0];
	let hues = readHues(root), timer = 0;

	const panels = ["t", "c"].map((side) => {
		const pick = (name) => $(`[data-side=${side}] ${name}`);
		return {
			side, hatch: `${id}-hatch`, box: pick(".box"), svg: pick(".picture"), marks: pick(".marks"), say: pick(".say"),
			rows: { small: pick("g.small"), big: pick("g.big"), kernel: pick("g.kernel") },
			planes: { small: pick("canvas.small"), big: pick("canvas.big") },
		};
	});

	// ---- from the state to the page

	function update({ quiet = false } = {}) {
		const typed = {};
		for (const name of NAMES) {
			const x = (typed[name] = wholeOf(fields[name].value));
			if (inBounds(x, RANGES[name])) state[name] = x;
		}
		const faults = check(typed);
		state.axes = Number(fields.axes.value);
		showProblems(faults);
		if (!faults.length) {
			hover = null;
			legal = { ...state };
			plan = layout(legal);
			spot = spot.map((x) => clamp(x, legal.i));
			kept.at = kept.which === "small" ? spot : kept.at.map((x) => clamp(x, plan.size));
			drawAll();
		}
		output = faults.length ? null : plan.size;
		put("[data-output=size]", output);
		put(".square", output === null || flat() ? "" : ` × ${output}`);
		if (quiet) return;
		$(".address").replaceChildren();
		if (address && NAMES.every((name) => typed[name] === state[name])) writeAddress();
		onChange(current());
	}

	const current = () => ({ ...state, output });

	const alertOf = (textContent, id = "") => Object.assign(document.createElement("p"), { textContent, id, role: "alert" });

	function showProblems(faults) {
		for (const name of NAMES) {
			const field = fields[name], problem = faults.find((one) => one.name === name),
				alert = field.nextElementSibling;
			field.ariaInvalid = String(!!problem);
			if (alert?.textContent === problem?.message) continue; // say nothing twice
			alert?.remove();
			if (problem) field.after(alertOf(problem.message, `${id}-${name}-alert`));
		}
		const bad = ($(".copy").disabled = faults.length > 0);
		root.classList.toggle("bad", bad);
		put(".stale", bad ? W.lastLegal + NAMES.map((name) => `${W.fields[name][0]} = ${legal[name]}`).join(", ") + "." : "");
	}

	function drawAll() {
		const q = legal, l = plan;
		$(".steps.t").innerHTML = steps(
			["k̂", `d(k − 1) + 1 = ${q.d} · ${q.k - 1} + 1 = ${l.span}`],
			[
				"o′", "(i′ − 1)s + k̂ − 2p + p′", `(${q.i} − 1) · ${q.s} + ${l.span} − 2 · ${q.p} + ${q.op}`,
				`${(q.i - 1) * q.s} + ${l.span} − ${2 * q.p} + ${q.op}`, `<b>${l.size}</b>`,
			],
		);
		$(".steps.c").innerHTML = steps(
			[
				"o", "⌊(i + 2p − k̂) / s⌋ + 1", `⌊(${l.size} + 2 · ${q.p} − ${l.span}) / ${q.s}⌋ + 1`,
				`⌊${l.room} / ${q.s}⌋ + 1`, `<b>${l.positions}</b>`,
			],
			["r", `(i + 2p − k̂) mod s = ${l.room} mod ${q.s} = <b>${l.unread}</b>`],
		);
		put(".shared", W.shared(q.s, q.i));
		$(".chips").innerHTML = range(q.s)
			.map((op) => {
				const size = outputSize({ ...q, op }), now = op === q.op ? ' aria-current="true"' : "";
				return `<li><button type="button" data-op="${op}"${now}${size < 1 ? " disabled" : ""}><small>p′ = ${op}</small>${size < 1 ? W.tooSmall : size}</button></li>`;
			})
			.join("");
		put(".makes", (q.op < q.s ? W.takesBack : W.takesBeyond)(q, l.size, l.positions));
		$(".legend .plus").closest("li").hidden = q.op < q.s;
		put("code", torchLine(q));
		root.classList.toggle("two", q.axes === 2);
		if (q.axes === 2) panels[0].rows.big.innerHTML = ""; // its counts no longer hold
		// A canvas has no cells to ask: a hidden table holds the counts of a picture
		// that can still be read cell by cell.
		const counts = flat() || l.size > 64 ? [] : l.counts.slice(q.p, q.p + l.size);
		$("table").innerHTML = counts.map((a) => "<tr>" + counts.map((b) => `<td data-overlap="${a * b}">`).join("")).join("");
		redraw();
	}

	const flat = () => legal.axes === 1;
	const extent = (which) => (which === "small" ? legal.i : plan.size);
	const flatten = (at, size) => (flat() ? at[0] : at[0] * size + at[1]);

	function redraw() {
		const view = hover ?? kept, draw = flat() ? drawRow : drawPlanes;
		for (const panel of panels) {
			draw(panel, legal, plan, view, hues);
			panel.say.textContent = sentence(panel.side, view);
			for (const which of ["small", "big"]) describe(panel, which, view);
		}
		panels.forEach(cut);
		put(".where", W.position(W.legend.c[kept.which === "small" ? "in" : "out"], kept.at.slice(0, legal.axes).join(", "), extent(kept.which) - 1));
	}

	// A row that goes on beyond the right edge of its box is shaded there.
	const cut = ({ box }) => box.classList.toggle("cut", box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
	const cursor = (which) => (which === "small" ? spot : kept.which === "big" ? kept.at : [0, 0]);

	function describe(panel, which, view) {
		const target = flat() ? panel.rows[which] : panel.planes[which],
			size = extent(which), at = cursor(which);
		target.ariaValueMax = size ** legal.axes - 1;
		target.ariaValueNow = flatten(at, size);
		target.ariaValueText = sentence(panel.side, view.which === which ? view : { which, at });
	}

	function sentence(side, { which, at }) {
		const q = legal, l = plan, one = q.axes === 1, axes = at.slice(0, q.axes),
			name = (cell) => (one ? cell[0] : `(${cell.join(", ")})`),
			cross = (lists) => (one ? lists[0].map((x) => [x]) : lists[0].flatMap((x) => lists[1].map((y) => [x, y]))),
			cells = (lists) => W.list(cross(lists).map(name));
		if (which === "small") {
			if (side === "t" && max(...axes) >= q.i) return W.extra;
			return (side === "t" ? W.reaches : W.reads)(name(axes), cells(axes.map((a) => outputsOf(a, q))));
		}
		if (side === "c") return W.isRead(name(axes), cells(axes.map((t) => pairsAt(t + q.p, q, l.positions).map(([a]) => a))));
		const all = cross(axes.map((t) => pairsAt(t + q.p, q))),
			words = all.map((pairs) => W.tap(name(pairs.map(([a]) => a)), name(pairs.map(([, j]) => j))));
		return W.reached(name(axes), W.list(words, 6), all.length);
	}

	// ---- the address

	// Browsers refuse floods of replaceState, as while a slider is dragged.
	let writeTimer = 0;
	function writeAddress() {
		clearTimeout(writeTimer);
		writeTimer = setTimeout(() => history.replaceState(history.state, "", toHash(state)), 150);
	}

	function readAddress() {
		clearTimeout(writeTimer);
		const read = fromHash(location.hash);
		fill(read.state);
		update({ quiet: true });
		$(".address").replaceChildren(...(read.problem ? [alertOf(read.problem)] : []));
		onChange(current());
	}

	function fill(values) {
		for (const name of NAMES) fields[name].value = slider(name).value = values[name];
		fields.axes.value = String(values.axes);
	}

	// ---- what the reader does

	const slider = (name) => $(`[data-for=${name}]`);

	// A notebook would take bare keys for its own: arrows would leave the cell.
	on(root, "keydown", (event) => event.ctrlKey || event.metaKey || event.stopPropagation());
	on(form, "submit", (event) => event.preventDefault());
	on(form, "input", ({ target }) => {
		if (target.dataset.for) fields[target.dataset.for].value = target.value;
		else if (target.type === "number" && target.value !== "") slider(target.name).value = target.value;
		update();
	});
	on($(".chips"), "click", (event) => {
		const op = event.target.closest("button")?.dataset.op;
		if (op === undefined) return;
		fields.op.value = slider("op").value = op;
		update();
		$(`.chips [data-op="${op}"]`)?.focus(); // the row was drawn anew
	});

	function choose(cell) {
		if (cell.which === "small") {
			if (max(...cell.at) >= legal.i) return;
			spot = cell.at;
		}
		kept = cell;
		hover = null;
		redraw();
	}
	function step(by) {
		const n = legal.i, all = n ** legal.axes,
			next = (flatten(spot, n) + by + all) % all;
		choose({ which: "small", at: flat() ? [next, 0] : [floor(next / n), next % n] });
		follow();
	}

	// A row can be wider than its box: keep the chosen cell in the middle.
	function follow() {
		const { which, at } = kept, f = which === "small" ? at[0] * legal.s + (plan.span - 1) / 2 : at[0] + legal.p;
		for (const { box, grid } of panels) box.scrollLeft = grid.left + f * grid.u - box.clientWidth / 2;
	}
	function play(on) {
		clearInterval(timer);
		timer = on ? setInterval(() => step(1), 800) : 0;
		$(".play").ariaLabel = on ? W.pause : W.play;
		put(".play", on ? "❚❚" : "▶");
	}
	on($(".play"), "click", () => play(!timer));
	on($(".back"), "click", () => (play(false), step(-1)));
	on($(".next"), "click", () => (play(false), step(1)));

	on($(".copy"), "click", async () => {
		const line = $("code").textContent;
		let done = true;
		try {
			await navigator.clipboard.writeText(line);
		} catch {
			getSelection().selectAllChildren($("code")); // older browsers, and pages from disk
			done = document.execCommand("copy");
		}
		put(".copied", done ? W.copied : W.notCopied);
		setTimeout(() => put(".copied", ""), 2500);
	});

	function cellAt(panel, event, plane, held) {
		const g = panel.grid, box = event.currentTarget.getBoundingClientRect(),
			x = event.clientX - box.left, y = event.clientY - box.top;
		if (plane) {
			const small = plane === "small", unit = small ? g.v : g.u, shift = small ? 0 : legal.p, size = small ? g.n : plan.size,
				at = [y, x].map((value) => floor(value / unit) - shift);
			if (held) return { which: "small", at: at.map((value) => clamp(value, legal.i)) };
			return at.every((value) => value >= 0 && value < size) ? { which: plane, at } : null;
		}
		const f = (x - g.left) / g.u,
			near = (top) => y >= top - 6 && y <= top + g.u + 6;
		if (held || near(g.y.small)) {
			const a = round((f - plan.span / 2) / legal.s);
			if (held) return { which: "small", at: [clamp(a, legal.i), 0] };
			return a >= 0 && a < g.n ? { which: "small", at: [a, 0] } : null;
		}
		const cell = floor(f) - legal.p;
		return near(g.y.big) && cell >= 0 && cell < plan.size ? { which: "big", at: [cell, 0] } : null;
	}

	function pointing(panel, target, plane) {
		let held = false;
		const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
		on(target, "pointerdown", (event) => {
			const cell = cellAt(panel, event, plane);
			if (!cell) return;
			play(false);
			held = cell.which === "small";
			if (held) target.setPointerCapture(event.pointerId);
			choose(cell);
		});
		on(target, "pointermove", (event) => {
			const cell = cellAt(panel, event, plane, held);
			if (held) return void (cell && !same(cell, kept) && choose(cell));
			if (event.pointerType === "touch" || same(cell, hover)) return;
			hover = cell;
			redraw();
		});
		on(target, "lostpointercapture", () => (held = false));
		on(target, "pointerleave", () => {
			if (hover) (hover = null), redraw();
		});
	}

	const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [-999, -999], End: [999, 999] };
	function keys(target, which) {
		on(target, "keydown", (event) => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const size = extent(which), one = flat(), at = cursor(which);
			if (!KEYS[event.key]) return;
			const [down, right] = KEYS[event.key];
			event.preventDefault();
			play(false);
			choose({ which, at: one ? [clamp(at[0] + (down || right), size), 0] : [clamp(at[0] + down, size), clamp(at[1] + right, size)] });
			follow();
		});
		on(target, "focus", () => target.matches(":focus-visible") && choose({ which, at: cursor(which) }));
	}

	for (const panel of panels) {
		on(panel.box, "scroll", () => cut(panel));
		pointing(panel, panel.svg, "");
		for (const which of ["small", "big"]) {
			pointing(panel, panel.planes[which], which);
			keys(panel.rows[which], which);
			keys(panel.planes[which], which);
		}
	}

	// ---- what the page does

	const recolour = () => {
			hues = readHues(root); // none before the element is in the page
			redraw();
		},
		// The height changes with each drawing; only a new width asks for one.
		measure = (panel) => panel.width !== (panel.width = panel.box.clientWidth - 12),
		resized = new ResizeObserver(() => panels.map(measure).includes(true) && recolour()),
		themed = new MutationObserver(recolour);
	panels.forEach((panel) => resized.observe(panel.box));
	for (const part of [document.documentElement, document.body])
		themed.observe(part, { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] });
	on(matchMedia("(prefers-color-scheme: dark)"), "change", recolour);

	panels.forEach(measure);
	fill(state);
	if (address) on(window, "hashchange", readAddress);
	drawAll(); // an illegal start still needs a picture
	if (address && location.hash.length > 1) readAddress();
	else update({ quiet: true });

	return {
		get state() {
			return current();
		},
		set(changes) {
			fill({ ...state, ...changes });
			update({ quiet: true });
			if (address) writeAddress();
		},
		destroy() {
			play(false);
			stopper.abort();
			resized.disconnect();
			themed.disconnect();
			clearTimeout(writeTimer);
			root.remove();
		},
	};
}

const steps = (...lines) =>
	lines.flatMap(([left, ...rights]) => rights.map((right, n) => `<i>${n ? "" : left}</i><span>= ${right}</span>`)).join("");

function page(id) {
	const control = (name) => {
		const [symbol, words] = W.fields[name], [low, high] = RANGES[name], bounds = `min="${low}" max="${high}" step="1"`;
		return `<div class="control"><label for="${id}-${name}"><b>${symbol}</b> ${words}</label>
			<input type="range" data-for="${name}" aria-label="${words}, slider" ${bounds}>
			<input type="number" id="${id}-${name}" name="${name}" aria-describedby="${id}-${name}-alert" ${bounds}></div>`;
	};
	// The hatching is defined in the legend: the pictures that use it can be hidden.
	const hatch = `<pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
			<rect width="6" height="6" style="fill:var(--un);stroke:none"/><path d="M0 0V6" style="stroke:var(--un-e);stroke-width:2"/></pattern>`;
	const swatch = (kind) =>
		`<svg width="16" height="16" aria-hidden="true">${kind === "un" ? hatch : ""}<rect x="1" y="1" width="14" height="14" rx="2" class="${kind}" fill="url(#${id}-hatch)"/></svg>`;
	const panel = (side, title) => {
		const slide = (which) => `tabindex="0" role="slider" aria-valuemin="0" aria-label="${title}, ${(side === "t") === (which === "small") ? W.legend.c.in : W.legend.c.out}"`,
			plane = (which) => `<svg class="head"></svg><canvas class="${which}" ${slide(which)}></canvas>`,
			order = side === "t" ? ["small", "big"] : ["big", "small"]; // as the data flows
		return `<section class="panel" data-side="${side}"><h2>${title}</h2><div class="steps ${side}"></div>
			<div class="box"><svg class="picture"><g class="kernel"></g>${order.map((which) => `<g class="row ${which}" ${slide(which)}></g>`).join("")}<g class="marks"></g></svg>
			<div class="flat">${order.map(plane).join("")}</div></div><p class="say"></p>
			<ul class="legend">${Object.entries(W.legend[side]).map(([kind, words]) => `<li>${swatch(kind)}${words}</li>`).join("")}</ul></section>`;
	};
	const button = (name, sign) => `<button type="button" class="${name}" aria-label="${W[name]}">${sign}</button>`,
		axis = (n) => `<label><input type="radio" name="axes" value="${n}"${n === 1 ? " checked" : ""}>${W.axis[n]}</label>`;
	return `<form novalidate><div class="address"></div>
		<div class="controls" role="group" aria-label="${W.parameters}">${NAMES.map(control).join("")}</div>
		<div class="bar"><p class="headline">o′ = <span><span data-output="size"></span><span class="square"></span></span></p>
		<div class="axes" role="radiogroup" aria-label="${W.axes}">${axis(1)}${axis(2)}</div>
		<div class="player" role="group" aria-label="${W.player}">${button("back", "←")}${button("play", "▶")}${button("next", "→")}
		<span class="where"></span></div></div></form>
		<p class="note stale"></p><p class="note both">${W.bothAxes}</p>
		<div class="panels">${panel("t", W.transposed)}${panel("c", W.forward)}</div><p class="note">${W.help}</p>
		<div class="more"><section><h2 class="shared"></h2><ol class="chips"></ol><p class="note makes"></p></section>
		<section><h2>${W.torch}</h2><div class="code"><code></code><button type="button" class="copy">${W.copy}</button></div>
		<p class="note copied" role="status"></p></section></div><table hidden></table>`;
}

// ---- anywidget

const TRAITS = [...NAMES.map((name) => [name, W.fields[name][1].replace(" ", "_")]), ["axes", "axes"]];

function render({ model, el }) {
	let ours = false; // the model reports our own changes too, one by one
	const read = () => Object.fromEntries(TRAITS.map(([name, trait]) => [name, model.get(trait) ?? DEFAULTS[name]])),
		put = (state) => {
			ours = true;
			for (const [name, trait] of TRAITS) model.set(trait, state[name]);
			model.set("output_size", state.output); // null while the values are illegal
			ours = false;
			model.save_changes();
		};
	// A notebook's address is not ours to write.
	const explorer = mount(el, { onChange: put, state: read(), address: false }),
		pull = () => {
			if (ours) return;
			explorer.set(read());
			if (model.get("output_size") !== explorer.state.output) put(explorer.state);
		};
	for (const [, trait] of TRAITS) model.on(`change:${trait}`, pull);
	pull();
	return () => {
		for (const [, trait] of TRAITS) model.off(`change:${trait}`, pull);
		explorer.destroy();
	};
}

export default { render };

// Every word that the figure says, a table for each language. No markup, no document.

const WORDS = {};

WORDS.en = {
	names: { i: "input size", k: "kernel size", s: "stride", p: "padding", op: "output padding", d: "dilation" },
	axesNames: ["rows", "columns"],
	axes: "Axes", axis: { 1: "1-D", 2: "2-D" }, lock: "both axes alike",
	figure: "Transposed convolution", views: "Views of the layer", parameters: "Parameters", values: "Numbers",
	view: { stamps: "stamps", zeros: "zeros between", matrix: "matrix", phases: "phases" },
	input: "input", kernel: "kernel", bias: "bias", output: "output",
	less: (name) => `less ${name}`, moreOf: (name) => `more ${name}`,
	cell: (what, at) => `${what} ${at}`,
	player: "Step through the cells", first: "First", previous: "Previous", play: "Play", pause: "Pause", next: "Next", last: "Last", scrubber: "Position",
	position: (what, at, n) => `${what} ${at} of ${n}`,
	picture: "Picture: choose an output with the arrow keys, release it with Escape",
	preset: "Fill in", presets: { digits: "1, 2, 3, 4 by 1, 10, 100", impulse: "impulse", step: "step", linear: "linear interpolation", ones: "all ones", alternating: "alternating" },
	counts: "show how many products meet", more: "More: bias, examples, the way back, PyTorch",
	hint: "Point at a cell: here stands how its number comes about.",
	sum: (at, value, terms) => `Output ${at} is ${value}${terms ? ` = ${terms}` : ""}.`,
	cropped: (value) => `cut off by padding, would be ${value}`,
	nothing: "no stamp reaches this cell", onlyBias: "only the bias",
	stamp: (n, value, cells) => `Input ${n} is ${value}. Its stamp: ${cells}.`,
	tap: (t, value, count) => `Tap ${t} is ${value}: it multiplies each of the ${count} inputs once.`,
	isCut: "cut off",
	appended: (p, op, beyond, value, how) =>
		beyond === op ? `p′ = ${op} moves the right edge out by ${op}, to where no stamp reaches: ${value}.`
			: `p′ = ${op} moves the right edge out by ${op}. There a stamp has left what p = ${p} had cut off: ${value}${how ? ` = ${how}` : ""}${beyond ? "; where no stamp reaches, nothing arrives" : ""}.`,
	appended2: (kind) => ({
		none: `p′ moves the lower and the right edge out, to where no stamp reaches.`,
		some: `p′ moves the lower and the right edge out: it brings back numbers that p has cut off.`,
	})[kind],
	cropLine: (p) => `p = ${p} cuts ${p} from each end of the full result.`,
	whole: (symbol, low, high) => `${symbol} must be a whole number from ${low} to ${high} here.`,
	op: (most) => `p′ must be below s or below d: here at most ${most}.`,
	p: (most) => `p must leave a cell of the output: here at most ${most}.`,
	onAxis: (message, axis) => `${message} (${axis})`,
	number: (what) => `${what} must be a number such as 3, −1 or 0.5.`,
	shape: (what) => `${what} must have as many numbers as its size says.`,
	one: (name, allowed) => `${name} must be one of ${allowed}.`,
	unknown: (name) => `“${name}” is no name that is known here.`, twice: (name) => `“${name}” stands there twice.`,
	address: (why) => `The address cannot be read: ${why} Shown is the default.`,
	stale: "Shown is the last legal layer.",
	back: "The convolution on the way back",
	takes: (o, n, i) => (n === i ? `The convolution with the same k, s, p, d takes ${o} cells back to ${n}.` : `The convolution with the same k, s, p, d takes ${o} cells to ${n}, not back to ${i}: p′ is not below s.`),
	unread: (cells) => (cells ? `It never reads cell ${cells}.` : "It reads every cell."),
	backwards: "Find a layer", have: "size you have", want: "size you want",
	noLayer: "No layer of this figure does that.", many: (shown, all) => `${shown} of ${all}, the simplest first`,
	even: "even", evenWhy: "s divides k: every output meets equally many stamps",
	encoder: "Come back from an encoder", before: "size before", after: "size after",
	returns: (op, after, before) => `p′ = ${op} returns from ${after} to ${before}.`,
	goesElsewhere: (before, after) => `With these k, s, p, d the convolution takes ${before} to ${after}.`, cannot: "The kernel does not fit.", take: "set it",
	along: "Take it along", torch: "In PyTorch", copy: "copy", copied: "copied", notCopied: "select it and copy it", link: "the address", svg: "the picture as SVG",
	legend: { input: "input", kernel: "kernel, product", output: "output", cut: "cut off by padding", added: "brought by output padding", zero: "zero between", padding: "zero of padding", unread: "never read" },
	full: "full result", flipped: "kernel, flipped", phase: (n) => `phase ${n}`, spread: "spread input",
	window: (from, to, all) => `${from} to ${to - 1} of ${all}`, part: (parts) => `Shown is a part around the chosen cell: ${parts}.`,
	list: (items, most = 12) => items.slice(0, most).join(", ") + (items.length > most ? ` … (${items.length})` : ""),
};

WORDS.zh = {
	names: { i: "输入尺寸", k: "卷积核大小", s: "步幅", p: "填充", op: "输出填充", d: "膨胀" },
	axesNames: ["行", "列"],
	axes: "轴", axis: { 1: "一维", 2: "二维" }, lock: "两轴相同",
	figure: "转置卷积", views: "同一层的几种看法", parameters: "参数", values: "数值",
	view: { stamps: "印记", zeros: "插零", matrix: "矩阵", phases: "相位" },
	input: "输入", kernel: "卷积核", bias: "偏置", output: "输出",
	less: (name) => `减小${name}`, moreOf: (name) => `增大${name}`,
	cell: (what, at) => `${what}第 ${at} 格`,
	player: "逐格查看", first: "最前", previous: "上一格", play: "播放", pause: "暂停", next: "下一格", last: "最后", scrubber: "位置",
	position: (what, at, n) => `${what}第 ${at} 格，共 ${n} 格`,
	picture: "图：用方向键选一格输出，按 Esc 松开",
	preset: "填入", presets: { digits: "1、2、3、4 乘 1、10、100", impulse: "单位脉冲", step: "阶跃", linear: "线性插值", ones: "全是 1", alternating: "正负交替" },
	counts: "显示每格有几个乘积相加", more: "更多：偏置、例子、反向的卷积、PyTorch",
	hint: "指向一格，这里就写出它的数是怎么来的。",
	sum: (at, value, terms) => `输出第 ${at} 格是 ${value}${terms ? ` = ${terms}` : ""}。`,
	cropped: (value) => `裁去的格，本来是 ${value}`,
	nothing: "没有印记盖到这一格", onlyBias: "只有偏置",
	stamp: (n, value, cells) => `输入第 ${n} 格是 ${value}。它的印记：${cells}。`,
	tap: (t, value, count) => `核的第 ${t} 个位置是 ${value}，${count} 个输入各乘它一次。`,
	isCut: "裁去",
	appended: (p, op, beyond, value, how) =>
		beyond === op ? `p′ = ${op} 把右边界向外移 ${op} 格，那里没有印记：${value}。`
			: `p′ = ${op} 把右边界向外移 ${op} 格。那里本来就有印记，只是让 p = ${p} 裁去了：${value}${how ? ` = ${how}` : ""}${beyond ? "；没有印记的格里什么也没有" : ""}。`,
	appended2: (kind) => ({
		none: "p′ 把下边界和右边界向外移，那里没有印记。",
		some: "p′ 把下边界和右边界向外移：找回了 p 裁去的数。",
	})[kind],
	cropLine: (p) => `p = ${p}：完整结果的两端各裁去 ${p} 格。`,
	whole: (symbol, low, high) => `${symbol} 在这里须为 ${low}～${high} 的整数。`,
	op: (most) => `p′ 须小于 s 或小于 d：这里最大 ${most}。`,
	p: (most) => `p 须给输出留下一格：这里最大 ${most}。`,
	onAxis: (message, axis) => `${message}（${axis}）`,
	number: (what) => `${what}须为数，例如 3、−1 或 0.5。`,
	shape: (what) => `${what}的个数须与尺寸相同。`,
	one: (name, allowed) => `${name} 须为其中之一：${allowed}。`,
	unknown: (name) => `这里没有“${name}”这个名字。`, twice: (name) => `“${name}”出现了两次。`,
	address: (why) => `地址读不懂：${why}现在显示默认的层。`,
	stale: "图中是上一个合法的层。",
	back: "反向的卷积",
	takes: (o, n, i) => (n === i ? `同样的 k、s、p、d，卷积把 ${o} 格变回 ${n} 格。` : `同样的 k、s、p、d，卷积把 ${o} 格变成 ${n} 格，回不到 ${i}：p′ 不小于 s。`),
	unread: (cells) => (cells ? `它读不到第 ${cells} 格。` : "每一格它都读到。"),
	backwards: "找一个层", have: "现有尺寸", want: "想要的尺寸",
	noLayer: "这张图里没有这样的层。", many: (shown, all) => `共 ${all} 个，列出最简单的 ${shown} 个`,
	even: "均匀", evenWhy: "s 整除 k：每格输出的印记一样多",
	encoder: "从编码器返回", before: "之前的尺寸", after: "之后的尺寸",
	returns: (op, after, before) => `p′ = ${op} 时从 ${after} 回到 ${before}。`,
	goesElsewhere: (before, after) => `按这里的 k、s、p、d，卷积把 ${before} 变成 ${after}。`, cannot: "核放不下。", take: "就用它",
	along: "带走", torch: "PyTorch 代码", copy: "复制", copied: "已复制", notCopied: "请选中后复制", link: "地址", svg: "图（SVG）",
	legend: { input: "输入", kernel: "核、乘积", output: "输出", cut: "填充裁去的格", added: "输出填充多出的格", zero: "插入的零", padding: "边缘的零", unread: "读不到的格" },
	full: "完整结果", flipped: "翻转的核", phase: (n) => `相位 ${n}`, spread: "撑开的输入",
	window: (from, to, all) => `第 ${from}—${to - 1} 格，共 ${all} 格`, part: (parts) => `只画出所选格附近：${parts}。`,
	list: (items, most = 12) => items.slice(0, most).join("、") + (items.length > most ? ` ……（共 ${items.length}）` : ""),
};

const wordsFor = (lang) => WORDS[/^zh/i.test(lang ?? "") ? "zh" : "en"];
const SYMBOL = { i: "i′", k: "k", s: "s", p: "p", op: "p′", d: "d" };
// The axes of a place, and a number as a sentence writes it.
const place = (at, flat) => (flat ? String(at[1]) : `(${at.join(", ")})`);
const shown = (text) => text.replace("-", "−");
const bracketed = (text) => (text[0] === "-" ? `(${shown(text)})` : text);

// A fault of arithmetic.js as a sentence.
function say(W, fault, axis = null) {
	const { name, rule } = fault, symbol = SYMBOL[name] ?? { x: W.input, w: W.kernel, b: W.bias }[name] ?? name,
		message = {
			whole: () => (SYMBOL[name] ? W.whole(symbol, ...rangeOf(name)) : W.one(name, "1, 2")),
			op: () => W.op(fault.most), p: () => W.p(fault.most),
			values: () => W.number(symbol), shape: () => W.shape(symbol), one: () => W.one(name, fault.allowed),
			unknown: () => W.unknown(name), twice: () => W.twice(name),
		}[rule]();
	return axis === null ? message : W.onAxis(message, W.axesNames[axis]);
}

// The sum of one cell as parts: {value, cut, terms: [{n, t, x, w}], bias}.
function sumOf(m, f) {
	return {
		value: m.value(f), cut: !m.inside(f), bias: m.biased && m.inside(f) ? m.b : null,
		terms: m.pairs(f).map(([n, t]) => ({ n, t, x: m.x[n], w: m.w[t] })),
	};
}
const termsText = ({ terms, bias }) =>
	[...terms.map(({ x, w }) => `${bracketed(x)}·${bracketed(w)}`), ...(bias === null ? [] : [bracketed(bias)])].join(" + ");

// What a selection says, for the live region.
function sentence(W, m, { side, at }) {
	const flat = m.flat, inputAt = (n) => place([floor(n / m.C.i), n % m.C.i], flat), tapAt = (t) => place([floor(t / m.C.k), t % m.C.k], flat);
	if (side === "tap") return W.tap(tapAt(at), shown(m.w[at]), m.x.length);
	if (side === "in") {
		const cells = m.w.map((_, t) => {
			const f = m.landing(at, t);
			return `${shown(m.product(at, t))} → ${m.inside(f) ? place(m.placeOf(f), flat) : W.isCut}`;
		});
		return W.stamp(inputAt(at), shown(m.x[at]), W.list(cells, 16));
	}
	const sum = sumOf(m, at), why = sum.terms.length ? termsText(sum) : sum.bias === null ? W.nothing : W.onlyBias;
	return sum.cut ? `${W.cropped(shown(sum.value))}${sum.terms.length ? ` = ${termsText(sum)}` : ""}` : W.sum(place(m.placeOf(at), flat), shown(sum.value), why);
}

// Why the cells of output padding hold what they hold: the sentence under the picture.
function appendedText(W, m) {
	if (!m.R.op && !m.C.op) return "";
	const { p, op, size } = m.C;
	if (!m.flat) return W.appended2(range(m.R.length * m.C.length).some((f) => m.added(f) && m.counts[f]) ? "some" : "none");
	const cells = range(op, p + size - op), held = cells.filter((f) => m.counts[f]), sum = held.length === 1 && sumOf(m, held[0]);
	return W.appended(p, op, op - held.length, W.list((held.length ? held : cells).map((f) => shown(m.value(f))), 6), sum && termsText(sum));
}

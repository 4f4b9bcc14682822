// Every word that the figure says, a table for each language. No markup, no document.

const WORDS = {
	en: {
		names: { i: "input size", k: "kernel size", s: "stride", p: "padding", op: "output padding", d: "dilation" },
		axesNames: ["rows", "columns"], axes: "Axes", axis: ["1-D", "2-D"], lock: "both alike",
		views: "Views", view: { stamps: "stamps", zeros: "zeros between", matrix: "matrix", phases: "phases" },
		x: "input", w: "kernel", b: "bias", y: "output", cell: (what, at) => `${what} ${at}`,
		player: "Step by step", picture: "Picture: arrow keys choose an output",
		first: "First", previous: "Previous", play: "Play", pause: "Pause", next: "Next", last: "Last",
		fill: "Fill in", presets: { digits: "1 2 3 4 × 1 10 100", impulse: "impulse", step: "step", linear: "linear interpolation", ones: "all ones", alternating: "alternating" },
		counts: "count the products", more: "More", hint: "Point at a cell: its sum.", cut: "cut off", bias: "only the bias", nothing: "no stamp reaches it", stamp: "its stamp", every: "times every input", tap: "tap",
		brought: (op, p, value) => `p′ = ${op} moves the far edge out by ${op}. ` + (p === null ? `No stamp reaches that far: ${value}.` : `A stamp stands there, which p = ${p} had cut off: ${value}.`),
		whole: (symbol, low, high) => `${symbol} must be a whole number from ${low} on; this figure draws up to ${high}.`,
		op: (most) => `p′ must be below s or below d: here at most ${most}.`, p: (most) => `p must leave a cell of the output: here at most ${most}.`,
		number: (name) => `${name} must be numbers such as 3, −1 or 0.5.`, unknown: (name) => `“${name}” cannot be read.`,
		address: (why) => `The address cannot be read: ${why} Shown is the default.`, stale: "Shown is the last legal layer.",
		back: "The convolution on the way back", takes: (o, n, i) => `The convolution with the same k, s, p, d takes ${o} cells to ${n}${n === i ? "" : `, not back to ${i}, for p′ is not below s`}. `,
		unread: (cells) => (cells ? `It never reads cell ${cells}.` : "It reads every cell."),
		backwards: "Find a layer", have: "size you have", want: "size you want", many: (few, all) => (all ? `${few} of ${all} layers, the simplest first:` : "No layer here does that."), even: "even overlap",
		encoder: "Back from an encoder", before: "size before", after: "size after", returns: (op, after, before) => `p′ = ${op} returns from ${after} to ${before}.`, elsewhere: (before, after) => `That convolution takes ${before} to ${after}.`, take: "set it",
		along: "Take it along", copy: "copy", copied: "copied", select: "selected", svg: "SVG",
		legend: ["zeros around", "never read"],
		phase: (n) => `phase ${n}`, spread: "spread input", flip: "kernel not flipped: JAX’s default, never PyTorch’s", part: (parts) => `Shown is a part: ${parts}.`,
	},
	zh: {
		names: { i: "输入尺寸", k: "核大小", s: "步幅", p: "填充", op: "输出填充", d: "膨胀" },
		axesNames: ["行", "列"], axes: "轴", axis: ["一维", "二维"], lock: "两轴相同",
		views: "几种看法", view: { stamps: "印记", zeros: "插零", matrix: "矩阵", phases: "相位" },
		x: "输入", w: "卷积核", b: "偏置", y: "输出", cell: (what, at) => `${what}第 ${at} 格`,
		player: "逐格", picture: "图：方向键选输出",
		first: "最前", previous: "上一格", play: "播放", pause: "暂停", next: "下一格", last: "最后",
		fill: "填入", presets: { digits: "1 2 3 4 × 1 10 100", impulse: "单位脉冲", step: "阶跃", linear: "线性插值", ones: "全是 1", alternating: "正负交替" },
		counts: "显示乘积个数", more: "更多", hint: "指向一格，看它的和。", cut: "裁去", bias: "只有偏置", nothing: "没有印记盖到这里", stamp: "它的印记", every: "乘每个输入", tap: "核",
		brought: (op, p, value) => `p′ = ${op} 把末端外移 ${op} 格。` + (p === null ? `那里没有印记：${value}。` : `那里有印记，只是让 p = ${p} 裁去了：${value}。`),
		whole: (symbol, low, high) => `${symbol} 须为 ${low} 到 ${high} 的整数。`,
		op: (most) => `p′ 须小于 s 或小于 d：这里最大 ${most}。`, p: (most) => `p 须给输出留下一格：这里最大 ${most}。`,
		number: (name) => `${name}须为数，例如 3、−1 或 0.5。`, unknown: (name) => `“${name}”读不懂。`,
		address: (why) => `地址读不懂：${why}现为默认的层。`, stale: "图为上一个合法的层。",
		back: "反向的卷积", takes: (o, n, i) => `k、s、p、d 相同的卷积把 ${o} 格变成 ${n} 格${n === i ? "" : `，回不到 ${i}，因为 p′ 不小于 s`}。`,
		unread: (cells) => (cells ? `它不读第 ${cells} 格。` : "每格都读。"),
		backwards: "找一个层", have: "现有尺寸", want: "想要的尺寸", many: (few, all) => (all ? `共 ${all} 个层，先列 ${few} 个最简单的：` : "这里没有这样的层。"), even: "重叠均匀",
		encoder: "从编码器返回", before: "之前的尺寸", after: "卷积之后的尺寸", returns: (op, after, before) => `p′ = ${op} 时从 ${after} 回到 ${before}。`, elsewhere: (before, after) => `这个卷积把 ${before} 变成 ${after}。`, take: "就用它",
		along: "带走", copy: "复制", copied: "已复制", select: "已选中", svg: "SVG",
		legend: ["边缘的零", "读不到的格"],
		phase: (n) => `相位 ${n}`, spread: "撑开的输入", flip: "核不翻转（JAX 的默认，PyTorch 没有）", part: (parts) => `只画出一部分：${parts}。`,
	},
};

const wordsFor = (lang) => WORDS[/^zh/i.test(lang ?? "") ? "zh" : "en"];
// The symbols of Python's table, with a prime for an apostrophe.
const SYMBOL = { i: "i′", ...Object.fromEntries(NAMES.slice(1).map((name) => [name, GIVEN.symbols[KEYS[name]].replace("'", "′")])) };
const place = (at, flat) => (flat ? String(at[1]) : `(${at.join(", ")})`);
const shown = (text) => text.replace("-", "−");
const bracketed = (text) => (text[0] === "-" ? `(${shown(text)})` : text);
const listed = (items, most = 12) => items.slice(0, most).join(", ") + (items.length > most ? ` … (${items.length})` : "");

// A fault of arithmetic.js as a sentence.
function say(W, { name, rule, most, axis }) {
	const text = rule === "whole" ? W.whole(SYMBOL[name], ...rangeOf(name)) : W[rule](most ?? W[name] ?? name);
	return axis === undefined ? text : `${text} (${W.axesNames[axis]})`;
}

// The sum of one cell: what it is made of, and the same as text.
function sumOf(m, f) {
	const terms = m.pairs(f).map(([n, t]) => ({ n, t, x: m.x[n], w: m.w[t] })), inside = m.inside(f), bias = inside && Number(m.b) ? m.b : null,
		text = [...terms.map(({ x, w }) => `${bracketed(x)}·${bracketed(w)}`), ...(bias === null ? [] : [bracketed(bias)])].join(" + ");
	return { value: shown(m.value(f)), inside, terms, bias, text };
}

// Why the cells of output padding hold what they hold: the sentence under the picture.
function broughtText(W, m) {
	if (!m.R.op && !m.C.op) return "";
	const cells = range(m.counts.length).filter(m.added), held = cells.filter((f) => m.counts[f]), sum = held.length === 1 && sumOf(m, held[0]);
	const values = listed((held.length ? held : cells).map((f) => shown(m.value(f))), 6);
	const told = (name) => [...new Set(m.axes.slice(m.flat ? 1 : 0).map((q) => q[name]))].join(", ");
	return W.brought(told("op"), held.length ? told("p") : null, sum ? `${values} = ${sum.text}` : values);
}

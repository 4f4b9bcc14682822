// The figure's page in parts, as HTML text. What changes is found again by class or name.

function controlOf(W, id, name) {
	const [low, high] = RANGES[name], each = (step) => [0, 1].map((axis) => `<small class="tc-axis">${W.axesNames[axis]}</small>${step(axis)}`).join(""), step = (axis) => {
		const field = axis ? `${name}2` : name, button = (by, sign) => `<button type="button" data-step="${by}" data-for="${field}" tabindex="-1" aria-hidden="true">${sign}</button>`;
		return `<span class="tc-step" data-axis="${axis}">${button(-1, "−")}<input type="number" name="${field}" id="${id}-${field}" min="${low}" max="${high}" aria-label="${W.names[name]}${axis ? `, ${W.axesNames[1]}` : ""}" aria-describedby="${id}-problems">${button(1, "+")}</span>`;
	};
	return `<div class="tc-control" title="${W.names[name]}"><label for="${id}-${name}"><i>${SYMBOL[name]}</i> ${W.names[name]}</label>${each(step)}</div>`;
}

// The editable cells of an array.
const gridOf = (W, which, texts, columns, flat) => `<div class="tc-grid is-${which}" style="--columns:${columns}"${flat ? "" : " data-plane"}>${texts.map((text, n) =>
	`<input inputmode="decimal" autocomplete="off" name="${which}"${which === "b" ? "" : ` data-n="${n}"`} aria-label="${which === "b" ? W.b : W.cell(W[which], place(split(n, columns), flat))}" value="${escaped(text)}">`).join("")}</div>`;

function template(W, id) {
	const each = (names, html) => names.map(html).join(""),
		number = (name) => `<label>${W[name]} <input type="number" min="1" max="999" name="${name}"></label>`,
		fold = (words, html) => `<details><summary>${words}</summary>${html}</details>`,
		code = (name) => `<div class="tc-bar"><code class="tc-${name}"></code><button type="button" data-copy="${name}">${W.copy}</button></div>`,
		kinds = { input: W.x, kernel: W.w, output: W.y, cut: W.cut, "output added": W.names.op, zero: W.view.zeros, rim: W.legend[0], unread: W.legend[1] };
	return `<form novalidate><div class="tc-bar"><div role="tablist" class="tc-bar" aria-label="${W.views}">${each(VIEWS, (view) => `<button type="button" role="tab" id="${id}-${view}" data-view="${view}" aria-controls="${id}-panel" title="${W.about[view]}">${W.view[view]}</button>`)}</div>
<div role="radiogroup" class="tc-bar" aria-label="${W.axes}">${each(W.axis, (words, n) => `<label><input type="radio" name="axes" value="${n + 1}">${words}</label>`)}<label class="tc-lock"><input type="checkbox" name="lock">${W.lock}</label></div></div>
<div class="tc-controls">${each(NAMES, (name) => controlOf(W, id, name))}</div><div class="tc-top tc-bar"><div class="tc-size tc-bar"></div><div class="tc-problems" id="${id}-problems"></div></div>
<div class="tc-strip tc-bar">${each(["x", "w", "b"], (which) => `<div class="tc-values is-${which}" role="group" aria-label="${W[which]}"><i>${which}</i><div class="tc-${which}"></div></div>`)}</div>
<div role="tabpanel" id="${id}-panel"><div class="tc-box" tabindex="0" role="slider" aria-label="${W.picture}" aria-valuemin="0"><svg class="tc-picture" aria-hidden="true"><defs><pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" class="hatch"/></pattern></defs><g class="base"><g></g><g class="cells"></g><g></g></g><g class="over"></g></svg></div></div>
<div class="tc-flip"><p>${W.turned}</p><label><input type="checkbox" name="flip">${W.flip}</label></div><p class="tc-part"></p><p class="tc-sum"></p><p class="tc-why"></p><p class="tc-live" aria-live="polite"></p>
<div class="tc-player tc-bar" role="group" aria-label="${W.player}">${each(Object.entries({ first: "«", previous: "‹", play: "▶", next: "›", last: "»" }), ([name, sign]) => `<button type="button" data-move="${name}" aria-label="${W[name]}">${sign}</button>`)}<input type="range" class="tc-scrub" min="0" value="0" aria-label="${W.player}"><span class="tc-where"></span></div></form>
<details class="tc-more"><summary>${W.more}</summary><form novalidate><div class="tc-bar" role="group" aria-label="${W.fill}"><span>${W.fill}</span>${each(Object.keys(PRESETS), (name) => `<button type="button" data-preset="${name}">${W.presets[name]}</button>`)}</div>
<label><input type="checkbox" name="counts">${W.counts}</label><ul class="tc-bar">${each(Object.entries(kinds), ([kind, words]) => `<li><svg class="tc-picture" width="16" height="16" aria-hidden="true">${rectOf(1, 1, 14, 14, kind)}</svg> ${words}</li>`)}</ul>
<h2>${W.back}</h2><div class="tc-back"></div>
${fold(W.backwards, `<div class="tc-bar">${number("have")}${number("want")}</div><p class="tc-many"></p><div class="tc-layers tc-bar"></div><h3>${W.encoder}</h3><div class="tc-bar">${number("before")}${number("after")}</div><p class="tc-returns"></p>`)}
${fold(W.along, `${code("torch")}${code("link")}<div class="tc-bar"><button type="button" class="tc-svg">SVG</button><span class="tc-copied" role="status"></span></div>`)}</form></details>`;
}

// The size in symbols, numbers and result, each symbol in the colour of what it counts.
function formula(W, m) {
	const axes = m.flat ? [m.C] : m.axes, line = (q, axis) => {
		const of = (i, s, k, p, op) => `= (<b class="is-x">${i}</b> − 1)·<b>${s}</b> + <b class="is-w">${k}</b> − 2·<b class="is-p">${p}</b> + <b class="is-op">${op}</b>`;
		return `<p class="tc-formula">${m.flat ? "" : `<small>${W.axesNames[axis]}</small> `}<span>${of("i′", "s", spanName(q), "p", "p′")}</span> <span>${of(q.i, q.s, q.span, q.p, q.op)}</span> = <b class="is-y">${q.size}</b>${q.d > 1 ? ` <small>k̂ = d(k − 1) + 1 = ${q.span}</small>` : ""}</p>`;
	};
	return `<p class="tc-headline">o′ = <b class="is-y"><span data-output="size">${axes[0].size}</span>${m.flat ? "" : ` × ${axes[1].size}`}</b></p><div>${axes.map(line).join("")}</div>`;
}

// The size of the convolution on the way back, which rounds down.
function floorFormula(q) {
	const of = (o, p, k, s) => `⌊(<b class="is-y">${o}</b> + 2·<b class="is-p">${p}</b> − <b class="is-w">${k}</b>) / <b>${s}</b>⌋ + 1`;
	return `<p class="tc-formula"><span>o = ${of("o′", "p", spanName(q), "s")}</span> <span>= ${of(q.size, q.p, q.span, q.s)}</span> = <b class="is-x">${q.back}</b></p>`;
}

// What a chosen cell says: of an output its sum, whose terms are buttons that show their two cells.
function sumText(W, m, selection, term, counts) {
	if (!selection) return `<small>${W.hint}</small>`;
	const { side, at } = selection, n = m.indexOf(selection), one = (text, kind) => `<b class="is-${kind}">${bracketed(text)}</b>`,
		name = (words) => `<small>${W.cell(words, place(at, m.flat))}:</small> `;
	if (side === "tap") return name(W.tap) + one(m.w[n], "w") + ` <small>(${W.every})</small>`;
	if (side === "in") return `${name(W.x)}${one(m.x[n], "x")} <small>(${W.stamp}:</small> ${listed(m.w.map((_, t) => `<b class="is-${m.inside(m.landing(n, t)) ? "w" : "p"}">${shown(m.product(n, t))}</b>`))}<small>)</small>`;
	const { value, inside, terms, bias } = sumOf(m, n),
		parts = terms.map((pair) => `<button type="button" class="tc-term${same(term, [pair.n, pair.t]) ? " lit" : ""}" data-term="[${pair.n},${pair.t}]">${one(pair.x, "x")}·${one(pair.w, "w")}</button>`);
	if (bias !== null) parts.push(one(bias, "b"));
	const head = inside ? name(W.y) : `<small>${W.cut}:</small> `, result = `<b class="is-${inside ? "y" : "p"}">${value}</b>`, sum = parts.join(" + ");
	// Where counts are shown, the sum comes last.
	return head + (!terms.length ? `${result}${sum && ` = ${sum}`} <small>(${bias === null ? W.nothing : W.bias})</small>` : counts ? `${W.meet(terms.length)}: ${sum} = ${result}` : `${result} = ${sum}`);
}

// The figure's page in parts, as HTML text. What changes is found again by class or name.

const fieldName = (name, axis) => (axis ? `${name}2` : name);

function stepper(W, id, name, axis) {
	const [low, high] = rangeOf(name), words = axis === null ? W.names[name] : `${W.names[name]}, ${W.axesNames[axis]}`, field = fieldName(name, axis);
	return `<span class="tc-step" data-axis="${axis ?? 0}"><button type="button" data-step="-1" data-for="${field}" aria-label="${W.less(words)}" tabindex="-1">−</button>` +
		`<input type="number" name="${field}" id="${id}-${field}" min="${low}" max="${high}" step="1" inputmode="numeric" aria-label="${words}" aria-describedby="${id}-problems">` +
		`<button type="button" data-step="1" data-for="${field}" aria-label="${W.moreOf(words)}" tabindex="-1">+</button></span>`;
}

const controlOf = (W, id, name) => `<div class="tc-control"><label for="${id}-${name}"><i>${SYMBOL[name]}</i> ${W.names[name]}</label>${stepper(W, id, name, 0)}${stepper(W, id, name, 1)}</div>`;

// The editable cells of the input or the kernel.
function gridOf(W, which, texts, [rows, columns], flat) {
	const what = which === "x" ? W.input : W.kernel;
	return `<div class="tc-grid ${which === "x" ? "is-input" : "is-kernel"}" role="group" aria-label="${what}" style="--columns:${columns}"${flat ? "" : " data-plane"}>` +
		texts.map((text, n) => `<input type="text" inputmode="decimal" autocomplete="off" spellcheck="false" size="3" name="${which}" data-n="${n}" aria-label="${W.cell(what, place([floor(n / columns), n % columns], flat))}" value="${escaped(text)}">`).join("") + "</div>";
}

const buttonOf = (name, words, sign) => `<button type="button" class="tc-${name}" aria-label="${words}">${sign}</button>`;
const numberField = (id, name, words) => `<label>${words} <input type="number" min="1" max="999" name="${name}" id="${id}-${name}"></label>`;
const swatch = (kind) => `<svg class="tc-picture" width="16" height="16" aria-hidden="true"><rect x="1" y="1" width="14" height="14" rx="2" class="${kind}"/></svg>`;

function template(W, id) {
	const tab = (view) => `<button type="button" role="tab" id="${id}-${view}" data-view="${view}" aria-controls="${id}-panel">${W.view[view]}</button>`,
		radio = (n) => `<label><input type="radio" name="axes" value="${n}">${W.axis[n]}</label>`;
	return `<form novalidate><div class="tc-top"><div role="tablist" aria-label="${W.views}">${VIEWS.map(tab).join("")}</div>
<div class="tc-axes" role="radiogroup" aria-label="${W.axes}">${radio(1)}${radio(2)}</div><label class="tc-lock"><input type="checkbox" name="lock" checked>${W.lock}</label></div>
<div class="tc-controls" role="group" aria-label="${W.parameters}">${NAMES.map((name) => controlOf(W, id, name)).join("")}</div>
<div class="tc-problems" id="${id}-problems"></div>
<div class="tc-strip" role="group" aria-label="${W.values}"><div class="tc-values"><i class="tc-x">x</i><div class="tc-x-cells"></div></div><div class="tc-values"><i class="tc-w">w</i><div class="tc-w-cells"></div></div>
<div class="tc-values"><label for="${id}-b"><i class="tc-b">b</i></label><div class="tc-grid is-bias"><input type="text" inputmode="decimal" autocomplete="off" size="3" name="b" id="${id}-b" aria-label="${W.bias}"></div></div></div>
<div class="tc-panel" role="tabpanel" id="${id}-panel"><div class="tc-box" tabindex="0" role="slider" aria-label="${W.picture}" aria-valuemin="0"><svg class="tc-picture tc-main" aria-hidden="true">${hatchOf(id + "-hatch")}<g class="base"></g><g class="over"></g></svg></div></div>
<p class="tc-part"></p><p class="tc-sum"></p><p class="tc-why"></p><p class="tc-live" aria-live="polite"></p>
<div class="tc-player" role="group" aria-label="${W.player}">${buttonOf("first", W.first, "⏮")}${buttonOf("previous", W.previous, "◀")}${buttonOf("play", W.play, "▶▶")}${buttonOf("next", W.next, "▶")}${buttonOf("last", W.last, "⏭")}<input type="range" class="tc-scrub" min="0" step="1" value="0" aria-label="${W.scrubber}"><span class="tc-where"></span></div>
<div class="tc-size"></div></form>
<details class="tc-more"><summary>${W.more}</summary><form novalidate class="tc-panels">
<section><div class="tc-presets" role="group" aria-label="${W.preset}"><span>${W.preset}</span>${PRESETS.map((name) => `<button type="button" data-preset="${name}">${W.presets[name]}</button>`).join("")}</div>
<label class="tc-check"><input type="checkbox" name="counts">${W.counts}</label>
<ul class="tc-legend">${Object.entries({ input: "input", kernel: "kernel", output: "output", cut: "cut", added: "output added", zero: "zero", padding: "rim", unread: "unread" }).map(([name, kind]) => `<li>${swatch(kind)}${W.legend[name]}</li>`).join("")}</ul></section>
<section><h2>${W.back}</h2><div class="tc-back"></div></section>
<details><summary>${W.backwards}</summary><div class="tc-ask">${numberField(id, "have", W.have)}${numberField(id, "want", W.want)}</div><p class="tc-many"></p><ul class="tc-layers"></ul>
<h3>${W.encoder}</h3><div class="tc-ask">${numberField(id, "before", W.before)}${numberField(id, "after", W.after)}</div><p class="tc-returns"></p></details>
<details><summary>${W.along}</summary><h3>${W.torch}</h3><div class="tc-code"><code class="tc-torch"></code><button type="button" data-copy="torch">${W.copy}</button></div>
<h3>${W.link}</h3><div class="tc-code"><code class="tc-link"></code><button type="button" data-copy="link">${W.copy}</button></div><p><button type="button" class="tc-svg">${W.svg}</button> <span class="tc-copied" role="status"></span></p></details></form></details>`;
}

// The size in symbols, numbers and result, each symbol in the colour of what it counts.
function formula(W, m) {
	const axes = m.flat ? [m.C] : m.axes, mark = (kind, text) => `<b class="is-${kind}">${text}</b>`;
	const line = (q, axis) => `<p class="tc-formula">${m.flat ? "" : `<small>${W.axesNames[axis]}</small> `}${mark("output", "o′")} = (${mark("input", "i′")} − 1)${mark("stride", "s")} + ${mark("kernel", "k̂")} − 2${mark("padding", "p")} + ${mark("plus", "p′")}
<span>= (${mark("input", q.i)} − 1)·${mark("stride", q.s)} + ${mark("kernel", q.span)} − 2·${mark("padding", q.p)} + ${mark("plus", q.op)}</span> <span>= ${mark("output", q.size)}</span>${q.d > 1 ? ` <small>k̂ = d(k − 1) + 1 = ${q.span}</small>` : ""}</p>`;
	const [first, second] = [axes[0].size, axes[1]?.size];
	return `<p class="tc-headline">o′ = <b class="is-output"><span data-output="size">${first}</span>${second === undefined ? "" : ` × ${second}`}</b></p><div>${axes.map(line).join("")}</div>`;
}

// A selected output's sum; its terms are buttons that show their two cells.
function sumLine(W, m, selection, term) {
	if (!selection) return `<span class="tc-hint">${W.hint}</span>`;
	if (selection.side !== "out") return escaped(sentence(W, m, selection));
	const { value, cut, terms, bias } = sumOf(m, selection.at), one = (text, kind) => `<b class="is-${kind}">${bracketed(text)}</b>`,
		parts = terms.map(({ n, t, x, w }) => `<button type="button" class="tc-term${term && term[0] === n && term[1] === t ? " lit" : ""}" data-n="${n}" data-t="${t}">${one(x, "input")}·${one(w, "kernel")}</button>`);
	if (bias !== null) parts.push(one(bias, "bias"));
	const name = cut ? W.isCut : W.cell(W.output, place(m.placeOf(selection.at), m.flat)),
		why = terms.length ? "" : ` <span class="tc-hint">(${bias === null ? W.nothing : W.onlyBias})</span>`;
	return `<span class="tc-name">${name}</span> <b class="is-${cut ? "padding" : "output"}">${shown(value)}</b>${parts.length ? " = " + parts.join(" + ") : ""}${why}`;
}

// The element: what a state says goes to the page, what a reader does goes to the state.

const ATTRIBUTES = [...NAMES.map(attributeOf), "axes", "input", "kernel", "bias", "view", "counts", "compact"];
const scheme = (name) => Object.entries(GIVEN[name]).map(([hue, value]) => `--${hue}:${value};`).join("") + `color-scheme:${name};`;
const SCHEMES = `.tc,.tc-picture{${scheme("light")}}:is([data-theme=dark],[data-jp-theme-light=false]) :is(.tc,.tc .tc-picture){${scheme("dark")}}
@media screen and (prefers-color-scheme:dark){html:not([data-theme]) body:not([data-jp-theme-light]) :is(.tc,.tc .tc-picture){${scheme("dark")}}}
@media print{html :is(.tc,.tc .tc-picture){${scheme("light")}}}`;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
let figures = 0;

class TransposedConvolution extends HTMLElement {
	static observedAttributes = ATTRIBUTES;

	// The attributes that open what an address of the explorer opens: an error says what is wrong in it.
	static fromAddress(text) {
		try {
			return fromAddress(text);
		} catch (fault) {
			throw fault.rule ? new RangeError(say(WORDS.en, fault)) : fault;
		}
	}

	#root = null; #id; #W; #want; #legal; #model; #sheet; #faults = []; #bad = {};
	#pin = null; #hover = null; #term = null; #alike = true; #width = 600; #gaps = "";
	#changed = new Set(); #ours = false; #timer = 0; #writing = 0; #stopper; #resized; #addressFault = null;

	// ---- life

	connectedCallback() {
		if (this.#root) return;
		if (!document.getElementById("tc-style")) {
			const style = document.createElement("style");
			style.id = "tc-style";
			style.textContent = SCHEMES + PICTURE_CSS + STYLE_CSS;
			document.head.append(style);
		}
		// Random, not counted only: a notebook may load the script more than once.
		this.#id = `tc${++figures}${Math.random().toString(36).slice(2, 8)}`;
		this.#W = wordsFor(this.closest("[lang]")?.lang);
		this.#root = document.createElement("div");
		this.#root.className = "tc";
		this.#root.innerHTML = template(this.#W, this.#id);
		this.replaceChildren(this.#root);
		this.#stopper = new AbortController();
		this.#listen();
		this.#changed.clear();
		if (this.hasAttribute("address")) this.#readAddress();
		else this.#readAttributes(new Set(ATTRIBUTES.filter((name) => this.hasAttribute(name))));
		this.#resized = new ResizeObserver(() => this.#measure());
		this.#resized.observe(this.#$(".tc-panel"));
		this.#measure();
		if (this.hasAttribute("play") && !still()) this.#play(true);
	}

	disconnectedCallback() {
		// Moved about, not taken away: then it is connected again already.
		if (this.isConnected || !this.#root) return;
		this.#play(false);
		this.#stopper.abort();
		this.#resized.disconnect();
		clearTimeout(this.#writing);
		this.#root.remove();
		this.#root = null;
	}

	attributeChangedCallback(name, before, after) {
		if (this.#ours || before === after || !this.#root) return;
		// Several that are set one after the other are one change.
		if (!this.#changed.size) queueMicrotask(() => this.#settle());
		this.#changed.add(name);
	}

	#settle() {
		if (!this.#changed.size || !this.#root) return;
		const names = new Set(this.#changed);
		this.#changed.clear();
		this.#readAttributes(names);
	}

	get result() {
		this.#settle();
		return this.#model && !this.#faults.length ? this.#model.result() : null;
	}

	get refused() {
		this.#settle();
		return this.#faults.map((fault) => this.#say(fault)).join(" ");
	}

	// ---- from attributes and address to the state

	#readAttributes(names) {
		const get = (name) => this.getAttribute(name), input = get("input"), bad = {};
		let axes = get("axes") === "2" ? 2 : 1;
		if (get("axes") === null && (/^\s*\[\s*\[/.test(input ?? get("kernel") ?? "") || NAMES.some((name) => get(attributeOf(name))?.includes(",")))) axes = 2;
		if (!["1", "2", null].includes(get("axes"))) bad.axes = { name: "axes", rule: "one", allowed: "1, 2" };
		const want = { axes, b: "0", view: "stamps", counts: this.hasAttribute("counts") && get("counts") !== "0" };
		for (const name of NAMES) {
			const text = get(attributeOf(name));
			want[name] = text === null ? new Array(axes).fill(DEFAULTS[name]) : numbersOf(text, axes) ?? new Array(axes).fill(NaN);
		}
		for (const [which, name, attribute] of [["x", "i", "input"], ["w", "k", "kernel"]]) {
			const given = get(attribute), read = given === null ? null : arrayOf(given, axes), keep = axes === 1 ? [0] : [0, 1];
			if (given !== null && !read) bad[which] = { name: which, rule: "values" };
			// The numbers tell the size, unless the size was told as well.
			if (read && (get(attributeOf(name)) === null || (names.has(attribute) && !names.has(attributeOf(name)))))
				want[name] = axes === 1 ? [read.shape[1]] : read.shape;
			const shape = shapeOf(want, name);
			if (shape.some((n) => !(n >= 1 && n <= rangeOf(name)[1]))) want[which] = read?.texts ?? ["0"];
			else want[which] = read ? refit(which, read.texts, read.shape, shape, axes) : filled(which, shape, axes);
			if (read) want[which] = want[which].map(plain);
		}
		if (get("bias") !== null) {
			if (isNumber(get("bias"))) want.b = plain(get("bias"));
			else bad.b = { name: "b", rule: "values" };
		}
		if (VIEWS.includes(get("view"))) want.view = get("view");
		else if (get("view") !== null) bad.view = { name: "view", rule: "one", allowed: VIEWS.join(", ") };
		this.#bad = bad;
		if (NAMES.some((name) => new Set(want[name]).size > 1)) this.#alike = false;
		this.#root.classList.toggle("compact", this.hasAttribute("compact"));
		this.#$(".tc-more").open = this.hasAttribute("compact") ? this.#$(".tc-more").open && names.size < 9 : true;
		this.#take(want, false);
		this.#fill();
		this.#writeAddress();
	}

	#readAddress() {
		let attributes;
		this.#addressFault = null;
		try {
			if (location.hash.length > 1) attributes = fromAddress(location.hash);
		} catch (fault) {
			if (!fault.rule) throw fault;
			this.#addressFault = fault;
			attributes = fromAddress("");
		}
		this.#ours = true;
		if (attributes) for (const name of ATTRIBUTES)
			if (name in attributes) this.setAttribute(name, attributes[name]);
			else if (name !== "compact") this.removeAttribute(name);
		this.#ours = false;
		this.#alike = true;
		clearTimeout(this.#writing);
		this.#readAttributes(new Set(ATTRIBUTES));
		clearTimeout(this.#writing);
	}

	// ---- from the state to the page

	#take(want, reader) {
		const before = this.#legal;
		this.#want = want;
		const faults = range(want.axes).flatMap((axis) =>
			faultsOf(axisOf(want, axis)).map((fault) => (want.axes === 2 && !this.#alike ? { ...fault, axis } : fault)));
		this.#faults = [...Object.values(this.#bad), ...faults].filter((fault, n, all) => all.findIndex((one) => same(one, fault)) === n);
		if (!this.#faults.length) {
			const at = this.#pin && this.#model && before.axes === want.axes ? this.#whereIs(this.#pin) : null;
			this.#legal = want;
			this.#model = modelOf(want);
			this.#pin = at && this.#atWhere(this.#pin.side, at);
			this.#hover = this.#term = null;
		} else if (!this.#model) {
			// An illegal start still needs a picture: the default, in the same view.
			this.#legal = stateOf({ axes: want.axes, view: want.view });
			this.#model = modelOf(this.#legal);
		}
		this.#show();
		if (reader) {
			this.#addressFault = null;
			this.#problems();
			this.#writeBack();
			this.#writeAddress();
			this.dispatchEvent(new Event("change", { bubbles: true }));
		}
	}

	#columns(side) {
		const { R, C } = this.#model;
		return side === "in" ? [R.i, C.i] : side === "tap" ? [R.k, C.k] : [R.length, C.length];
	}
	// Where a selection is, independent of the sizes, and what is there now.
	#whereIs({ side, at }) {
		const [, columns] = this.#columns(side);
		return side === "out" ? this.#model.placeOf(at) : [floor(at / columns), at % columns];
	}
	#atWhere(side, [r, c]) {
		const m = this.#model, [rows, columns] = this.#columns(side);
		if (side === "out") {
			const [R, C] = m.axes, row = clamp(r, 0, R.size - 1), column = clamp(c, 0, C.size - 1);
			return { side, at: m.fullOf([row, column]) };
		}
		return { side, at: clamp(r, 0, rows - 1) * columns + clamp(c, 0, columns - 1) };
	}

	#show() {
		const m = this.#model, W = this.#W, state = this.#legal, $ = (name) => this.#$(name);
		this.#strip();
		for (const view of VIEWS) {
			const tab = $(`[data-view=${view}]`), chosen = view === this.#want.view;
			setAttribute(tab, "aria-selected", String(chosen));
			tab.tabIndex = chosen ? 0 : -1;
		}
		setAttribute($("[role=tabpanel]"), "aria-labelledby", `${this.#id}-${state.view}`);
		this.#problems();
		this.#picture();
		setHTML($(".tc-why"), escaped(appendedText(W, m)));
		setHTML($(".tc-size"), this.#faults.length ? `<p class="tc-headline">o′ = <span data-output="size"></span>–</p>` : formula(W, m));
		this.#root.classList.toggle("two", state.axes === 2);
		$(".tc-lock").hidden = this.#want.axes === 1;
		for (const one of this.#root.querySelectorAll(".tc-step[data-axis='1']")) one.hidden = this.#want.axes === 1 || this.#alike;
		if ($(".tc-more").open) this.#more();
	}

	#say(fault) { return say(this.#W, fault, fault.axis ?? null); }

	#problems() {
		const W = this.#W, bad = this.#faults.length > 0, lines = this.#faults.map((fault) => `<p role="alert">${escaped(this.#say(fault))}</p>`);
		if (this.#addressFault) lines.unshift(`<p role="alert">${escaped(W.address(say(W, this.#addressFault)))}</p>`);
		if (bad) lines.push(`<p class="tc-hint">${W.stale}</p>`);
		setHTML(this.#$(".tc-problems"), lines.join(""));
		this.#root.classList.toggle("bad", bad);
		for (const name of NAMES) for (const axis of [0, 1])
			setAttribute(this.#$(`[name=${fieldName(name, axis)}]`), "aria-invalid", String(this.#faults.some((fault) => fault.name === name && (fault.axis ?? axis) === axis)));
	}

	// The fields of the numbers: made anew only when the shape is another.
	#strip() {
		const m = this.#model, fields = { x: [m.x, [m.R.i, m.C.i]], w: [m.w, [m.R.k, m.C.k]] }, gaps = JSON.stringify([m.flat, fields.x[1], fields.w[1]]);
		if (gaps !== this.#gaps)
			for (const which in fields) this.#$(`.tc-${which}-cells`).innerHTML = gridOf(this.#W, which, ...fields[which], m.flat);
		else for (const which in fields) for (const field of this.#cells(which)) {
			const text = fields[which][0][field.dataset.n];
			if (field !== document.activeElement && field.value !== text && !this.#bad[which]) field.value = text;
		}
		this.#gaps = gaps;
	}
	#cells(which) { return this.#root.querySelectorAll(`.tc-grid input[name=${which}]`); }

	#measure() {
		const width = this.#$(".tc-panel").clientWidth;
		if (!width || width === this.#width) return;
		this.#width = width;
		this.#picture();
		if (this.#$(".tc-more").open) this.#more();
	}

	#picture() {
		const m = this.#model, pin = this.#pin, R = m.R, C = m.C,
			focus = pin?.side === "out" ? pin.at : pin?.side === "in" ? m.landing(pin.at, 0) : m.fullOf([0, 0]),
			sheet = (this.#sheet = VIEW[this.#legal.view](m, { width: this.#width, counts: this.#legal.counts, focus, W: this.#W })),
			svg = this.#$(".tc-main"), parts = (sheet.parts ?? []).filter(([all, from, to]) => to - from < all);
		this.#focus = focus;
		setAttribute(svg, "width", String(ceil(sheet.width)));
		setAttribute(svg, "height", String(ceil(sheet.height)));
		setHTML(svg.querySelector(".base"), drawSheet(sheet).replaceAll('class="cutzone"', `class="cutzone" fill="url(#${this.#id}-hatch)"`));
		setHTML(this.#$(".tc-part"), parts.length ? escaped(this.#W.part(parts.map(([all, from, to]) => this.#W.window(from, to, all)).join(", "))) : "");
		this.#light();
	}
	#focus = 0;

	// What is pointed at: the only thing drawn anew when the pointer moves.
	#light() {
		const m = this.#model, W = this.#W, selection = this.#hover ?? this.#pin, lit = litBy(m, selection), term = this.#term;
		let over = drawOver(this.#sheet, m, selection, term);
		if (this.#timer && selection?.side === "in" && this.#sheet.landed) over = this.#sheet.landed(selection.at, modelOf({ ...this.#legal, x: m.x.map((text, n) => (n > selection.at ? "0" : text)) }), drawCell) + over;
		setHTML(this.#$(".over"), over);
		for (const [which, ref] of [["x", "in"], ["w", "tap"]]) for (const field of this.#cells(which))
			field.classList.toggle("lit", term && selection?.side === "out" && !this.#hover?.whole ? Number(field.dataset.n) === term[ref === "in" ? 0 : 1] : lit({ [ref]: Number(field.dataset.n) }));
		setHTML(this.#$(".tc-sum"), sumLine(W, m, selection, term));
		const [side, at, n] = this.#cursor(), scrub = this.#$(".tc-scrub"), box = this.#$(".tc-box"), what = side === "in" ? W.input : W.output;
		setAttribute(scrub, "max", String(n - 1));
		if (scrub.value !== String(at)) scrub.value = at;
		const where = W.position(what, place(this.#placeOfStep(side, at), m.flat), n);
		setAttribute(scrub, "aria-valuetext", where);
		setHTML(this.#$(".tc-where"), where);
		const pin = this.#pin;
		setAttribute(box, "aria-valuemax", String(m.R.size * m.C.size - 1));
		setAttribute(box, "aria-valuenow", String(pin?.side === "out" && m.inside(pin.at) ? this.#stepOf(pin.at) : 0));
		setAttribute(box, "aria-valuetext", pin ? sentence(W, m, pin) : W.hint);
	}

	// What stands folded under the figure.
	#more() {
		const m = this.#model, W = this.#W, state = this.#legal, backs = (m.flat ? [m.C] : m.axes).map((q, axis) => {
			const { sheet, unread } = wayBack(q, this.#width - 20);
			return `<p>${m.flat ? "" : `<small>${W.axesNames[axis]}</small> `}${escaped(W.takes(q.size, q.back, q.i))} ${escaped(W.unread(W.list(unread)))}</p><div><svg class="tc-picture" aria-hidden="true" width="${ceil(sheet.width)}" height="${ceil(sheet.height)}">${drawSheet(sheet)}</svg></div>`;
		});
		setHTML(this.#$(".tc-back"), backs.join(""));
		setHTML(this.#$(".tc-torch"), escaped(torchLines(state)));
		setHTML(this.#$(".tc-link"), escaped((this.hasAttribute("address") ? location.href.replace(/#.*/s, "") : "") + toAddress(state)));
		const q = m.C, ask = (name) => this.#$(`[name=${name}]`);
		for (const [name, size] of [["have", q.i], ["want", q.size], ["before", q.size], ["after", q.back]]) if (!ask(name).dataset.own) ask(name).value = size;
		this.#backwards();
	}

	#backwards() {
		const W = this.#W, q = this.#model.C, number = (name) => this.#$(`[name=${name}]`).valueAsNumber, have = number("have"), want = number("want"),
			found = have >= 1 && have <= rangeOf("i")[1] && want >= 1 ? layersFor(have, want) : [], most = found.slice(0, 6);
		setHTML(this.#$(".tc-many"), found.length ? W.many(most.length, found.length) : W.noLayer);
		setHTML(this.#$(".tc-layers"), most.map((one) => {
			const now = ["k", "s", "p", "op", "d"].every((name) => one[name] === q[name]) && have === q.i ? ' aria-current="true"' : "";
			return `<li><button type="button" data-layer='${JSON.stringify({ i: have, ...one })}'${now}>k = ${one.k}, s = ${one.s}, p = ${one.p}, p′ = ${one.op}${one.k % one.s ? "" : ` <small title="${W.evenWhy}">${W.even}</small>`}</button></li>`;
		}).join(""));
		const before = number("before"), after = number("after"), goes = convSizeOf(q, before), op = before - sizeOf({ ...q, i: after, op: 0 });
		setHTML(this.#$(".tc-returns"), !(before >= 1 && after >= 1) ? "" : before + 2 * q.p < q.span ? W.cannot
			: goes !== after ? W.goesElsewhere(before, goes)
			: `${W.returns(op, after, before)}${after <= rangeOf("i")[1] ? ` <button type="button" data-layer='${JSON.stringify({ i: after, op })}'>${W.take}</button>` : ""}`);
	}

	// The fields of the parameters, from the state.
	#fill() {
		const want = this.#want;
		for (const name of NAMES) for (const axis of [0, 1]) {
			const value = want[name][min(axis, want.axes - 1)];
			this.#$(`[name=${fieldName(name, axis)}]`).value = Number.isNaN(value) ? "" : value;
		}
		this.#$(`[name=axes][value='${want.axes}']`).checked = true;
		this.#$("[name=lock]").checked = this.#alike;
		this.#$("[name=b]").value = want.b;
		this.#$("[name=counts]").checked = want.counts;
	}

	// ---- from the state to attributes and address

	#writeBack() {
		const want = this.#want, put = (name, value) => value === null ? this.removeAttribute(name) : this.getAttribute(name) === value || this.setAttribute(name, value);
		this.#ours = true;
		put("axes", want.axes === 2 || this.hasAttribute("axes") ? String(want.axes) : null);
		for (const name of NAMES) if (want[name].every((x) => !Number.isNaN(x))) put(attributeOf(name), perAxis(want[name]));
		if (!this.#faults.length) {
			for (const [which, name, attribute] of [["x", "i", "input"], ["w", "k", "kernel"]])
				put(attribute, isFill(want, which) ? null : JSON.stringify(nested(want[which].map(Number), shapeOf(want, name), want.axes)));
			put("bias", Number(want.b) ? want.b : null);
		}
		put("view", want.view === "stamps" ? null : want.view);
		put("counts", want.counts ? "" : null);
		this.#ours = false;
	}

	// Browsers refuse floods of replaceState, as while a button is held down.
	#writeAddress() {
		clearTimeout(this.#writing);
		if (!this.hasAttribute("address") || this.#want !== this.#legal && this.#faults.some(({ rule }) => rule === "whole" || rule === "values")) return;
		this.#writing = setTimeout(() => history.replaceState(history.state, "", toAddress(this.#want)), 150);
	}

	// ---- what the reader does

	#$(selector) { return this.#root.querySelector(selector); }

	#change(changes) {
		this.#play(false);
		const want = { ...this.#want, ...changes }, was = this.#want;
		for (const [which, name] of [["x", "i"], ["w", "k"]]) {
			if (changes[which]) continue;
			const shape = shapeOf(want, name), old = was[which].length === shapeOf(was, name)[0] * shapeOf(was, name)[1] ? was : this.#legal;
			if (shape.every((n) => n >= 1 && n <= rangeOf(name)[1])) want[which] = want.axes !== old.axes && isFill(old, which) ? filled(which, shape, want.axes) : refit(which, old[which], shapeOf(old, name), shape, want.axes);
		}
		this.#take(want, true);
	}

	#listen() {
		const root = this.#root, signal = this.#stopper.signal, on = (target, type, does, options) => target.addEventListener(type, does, { signal, ...options }), $ = (name) => this.#$(name);
		// Our own `change` tells; those of the fields stay inside.
		on(root, "change", (event) => event.stopPropagation());
		on(root, "submit", (event) => event.preventDefault());
		on(root, "keydown", (event) => this.#key(event));
		on(root, "input", ({ target }) => this.#input(target));
		on(root, "paste", (event) => this.#paste(event));
		on(root, "click", (event) => this.#click(event));
		on(root, "focusin", ({ target }) => {
			if (/^[xw]$/.test(target.name)) this.#choose({ side: target.name === "x" ? "in" : "tap", at: Number(target.dataset.n) }, null, false);
		});
		on(root, "focusout", ({ target }) => {
			// A field shows what the figure took it for.
			if (/^[xwb]$/.test(target.name) && isNumber(target.value)) target.value = plain(target.value);
		});
		on(root, "pointerover", ({ target, pointerType }) => {
			if (pointerType === "touch") return;
			const found = this.#meant(target), hover = found?.selection ?? null, term = found?.term ?? null;
			if (same(hover, this.#hover) && same(term, this.#term)) return;
			this.#hover = hover;
			this.#term = term;
			this.#light();
		});
		on(root, "pointerleave", () => {
			if (!this.#hover && !this.#term) return;
			this.#hover = this.#term = null;
			this.#light();
		});
		on($(".tc-more"), "toggle", () => $(".tc-more").open && this.#more());
		if (this.hasAttribute("address")) on(window, "hashchange", () => {
			this.#readAddress();
			this.dispatchEvent(new Event("change", { bubbles: true }));
		});
	}

	// The selection that an element of the page stands for.
	#meant(target) {
		const data = target.dataset ?? {};
		if (target.closest?.(".tc-term")) {
			const { n, t } = target.closest(".tc-term").dataset, selection = this.#hover ?? this.#pin;
			return { selection: selection?.side === "out" ? selection : null, term: [Number(n), Number(t)] };
		}
		if (/^[xw]$/.test(target.name ?? "")) return { selection: { side: target.name === "x" ? "in" : "tap", at: Number(data.n) }, term: null };
		const cell = data.c === undefined || !target.closest(".base") ? null : this.#sheet.cells[data.c];
		if (!cell) return null;
		if (cell.f !== undefined) return { selection: { side: "out", at: cell.f }, term: cell.in === undefined ? null : [cell.in, cell.tap] };
		if (cell.in !== undefined) return { selection: { side: "in", at: cell.in }, term: null };
		return cell.tap === undefined ? null : { selection: { side: "tap", at: cell.tap }, term: null };
	}

	#choose(selection, term = null, aloud = true) {
		this.#pin = selection;
		this.#hover = null;
		this.#term = term;
		const m = this.#model, focus = selection?.side === "out" ? selection.at : selection?.side === "in" ? m.landing(selection.at, 0) : this.#focus;
		// A picture that shows a part only may have to show another one.
		if (focus !== this.#focus && this.#sheet.parts?.some(([all, from, to]) => to - from < all)) this.#picture();
		else this.#light();
		if (aloud) setHTML(this.#$(".tc-live"), selection ? escaped(sentence(this.#W, m, selection)) : "");
		this.#follow();
	}

	// A picture wider than its box: keep the chosen cell in sight.
	#follow() {
		const box = this.#$(".tc-box"), pin = this.#pin;
		if (!pin || (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight)) return;
		const lit = litBy(this.#model, pin), cell = this.#sheet.cells.find((c) => lit(c) && (pin.side === "out" ? c.f === pin.at : c.in === pin.at));
		if (!cell) return;
		if (cell.x < box.scrollLeft || cell.x + cell.w > box.scrollLeft + box.clientWidth) box.scrollLeft = cell.x - box.clientWidth / 2;
		if (cell.y < box.scrollTop || cell.y + cell.h > box.scrollTop + box.clientHeight) box.scrollTop = cell.y - box.clientHeight / 2;
	}

	// The player steps through the side that is chosen, else through the view's own.
	#cursor() {
		const m = this.#model, pin = this.#pin, side = pin?.side === "in" || pin?.side === "out" ? pin.side : this.#legal.view === "stamps" ? "in" : "out";
		if (side === "in") return [side, pin?.side === "in" ? pin.at : 0, m.x.length];
		return [side, pin?.side === "out" && m.inside(pin.at) ? this.#stepOf(pin.at) : 0, m.R.size * m.C.size];
	}
	#stepOf(f) {
		const [r, c] = this.#model.placeOf(f);
		return r * this.#model.C.size + c;
	}
	#placeOfStep(side, n) {
		const columns = side === "in" ? this.#model.C.i : this.#model.C.size;
		return [floor(n / columns), n % columns];
	}
	#stepTo(n, aloud = true) {
		const [side, , all] = this.#cursor(), at = clamp(n, 0, all - 1);
		this.#choose({ side, at: side === "in" ? at : this.#model.fullOf(this.#placeOfStep(side, at)) }, null, aloud);
	}

	// Once through, then it rests.
	#play(on) {
		if (!this.#timer === !on) return;
		clearInterval(this.#timer);
		this.#timer = 0;
		const button = this.#$(".tc-play");
		if (on) {
			const [, at, n] = this.#cursor();
			this.#timer = setInterval(() => {
				const [, now, all] = this.#cursor();
				now + 1 < all ? this.#stepTo(now + 1, false) : this.#play(false);
			}, 900);
			this.#stepTo(this.#pin && at + 1 < n ? at : 0, false);
		} else this.#light();
		button.textContent = on ? "❚❚" : "▶▶";
		setAttribute(button, "aria-label", on ? this.#W.pause : this.#W.play);
	}

	#input(target) {
		const { name, value } = target;
		if (target.classList.contains("tc-scrub")) return this.#play(false), this.#stepTo(Number(value));
		if (name === "axes") return this.#setAxes(Number(value));
		if (name === "counts") return this.#change({ counts: target.checked });
		if (name === "lock") {
			this.#alike = target.checked;
			this.#change(this.#alike ? Object.fromEntries(NAMES.map((key) => [key, [this.#want[key][0], this.#want[key][0]]])) : {});
			return this.#fill();
		}
		if (/^(have|want|before|after)$/.test(name)) return (target.dataset.own = "1"), this.#backwards();
		if (/^[xw]$/.test(name)) {
			const fields = [...this.#cells(name)], fine = fields.every((field) => isNumber(field.value));
			for (const field of fields) setAttribute(field, "aria-invalid", isNumber(field.value) ? null : "true");
			if (fine) delete this.#bad[name];
			else this.#bad[name] = { name, rule: "values" };
			return this.#change(fine ? { [name]: fields.map((field) => plain(field.value)) } : {});
		}
		if (name === "b") {
			if (isNumber(value)) delete this.#bad.b;
			else this.#bad.b = { name: "b", rule: "values" };
			setAttribute(target, "aria-invalid", isNumber(value) ? null : "true");
			return this.#change(isNumber(value) ? { b: plain(value) } : {});
		}
		const key = name.replace("2", ""), axis = name.endsWith("2") ? 1 : 0, number = /^\d{1,3}$/.test(value) ? Number(value) : NaN;
		if (!(key in KEYS)) return;
		if (this.#want.axes === 2 && this.#alike && axis === 0) this.#$(`[name=${key}2]`).value = value;
		this.#change({ [key]: this.#want[key].map((x, n) => (n === axis || this.#alike ? number : x)) });
	}

	#setAxes(axes) {
		this.#alike = true;
		this.#pin = null;
		const one = (list) => (axes === 2 ? [list[0], list[0]] : [list[0]]);
		this.#change({ axes, ...Object.fromEntries(NAMES.map((name) => [name, one(this.#want[name])])) });
		this.#fill();
	}

	// A row of numbers pasted into a field goes on in the next ones, and makes room.
	#paste(event) {
		const { name, dataset } = event.target, numbers = (event.clipboardData?.getData("text") ?? "").match(/[-−+]?(\d+\.?\d*|\.\d+)/g) ?? [];
		if (!/^[xw]$/.test(name) || numbers.length < 2 || !numbers.every(isNumber)) return;
		event.preventDefault();
		const key = name === "x" ? "i" : "k", start = Number(dataset.n), flat = this.#legal.axes === 1, texts = [...this.#legal[name]],
			room = flat ? clamp(start + numbers.length, texts.length, rangeOf(key)[1]) : texts.length;
		numbers.slice(0, room - start).forEach((number, n) => (texts[start + n] = plain(number)));
		delete this.#bad[name];
		for (const field of this.#cells(name)) setAttribute(field, "aria-invalid", null);
		event.target.blur();
		this.#change({ [name]: texts, ...(flat ? { [key]: [room] } : {}) });
		this.#fill();
		this.#cells(name)[min(start + numbers.length, room) - 1]?.focus();
	}

	#click({ target }) {
		const button = target.closest("button"), data = button?.dataset ?? {}, move = { first: () => 0, previous: (at) => at - 1, next: (at) => at + 1, last: () => Infinity };
		for (const name in move) if (button?.classList.contains(`tc-${name}`)) {
			this.#play(false);
			return this.#stepTo(this.#pin ? move[name](this.#cursor()[1]) : name === "last" ? Infinity : 0);
		}
		if (button?.classList.contains("tc-play")) return this.#play(!this.#timer);
		if (button?.classList.contains("tc-svg")) return this.#download();
		if (data.view) return this.#look(data.view);
		if (data.step) {
			const field = this.#$(`[name=${data.for}]`), [low, high] = rangeOf(data.for.replace("2", "")), now = field.valueAsNumber;
			field.value = clamp((Number.isNaN(now) ? low : now) + Number(data.step), low, high);
			return this.#input(field);
		}
		if (data.preset) {
			this.#bad = {};
			this.#change(presetOf(data.preset, this.#legal));
			return this.#fill();
		}
		if (data.layer) {
			const layer = JSON.parse(data.layer);
			this.#change(Object.fromEntries(Object.entries(layer).map(([name, x]) => [name, new Array(this.#want.axes).fill(x)])));
			return this.#fill();
		}
		if (data.copy) return this.#copy(this.#$(`.tc-${data.copy}`));
		const found = button ? (button.classList.contains("tc-term") ? this.#meant(button) : null) : target.matches("[data-c]") ? this.#meant(target) : null;
		if (!found?.selection) return;
		this.#play(false);
		// A second click on the same cell lets it go.
		this.#choose(same(found.selection, this.#pin) && same(found.term, null) ? null : found.selection, found.term);
	}

	#look(view) {
		delete this.#bad.view;
		this.#change({ view });
	}

	#key(event) {
		const { key, target } = event;
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (key === "Escape") {
			if (!this.#pin && !this.#timer) return; // whoever holds the figure may want it
			event.preventDefault();
			event.stopPropagation();
			this.#play(false);
			return this.#choose(null);
		}
		// A notebook would take bare keys for its own.
		event.stopPropagation();
		const arrow = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [-999, -999], End: [999, 999] }[key];
		if (target.getAttribute("role") === "tab" && arrow) {
			event.preventDefault();
			const all = VIEWS.length, at = VIEWS.indexOf(target.dataset.view), next = key === "Home" ? 0 : key === "End" ? all - 1 : (at + arrow[0] + arrow[1] + all) % all;
			this.#look(VIEWS[next]);
			return this.#$(`[data-view=${VIEWS[next]}]`).focus();
		}
		if (!target.classList.contains("tc-box")) return;
		const m = this.#model;
		if (arrow) {
			event.preventDefault();
			this.#play(false);
			const pin = this.#pin?.side === "out" && m.inside(this.#pin.at) ? this.#pin : null, [r, c] = pin ? m.placeOf(pin.at) : [0, 0],
				[down, right] = m.flat ? [0, arrow[1] || arrow[0]] : arrow;
			this.#choose(this.#atWhere("out", pin || abs(right) > 1 ? [r + down, c + right] : [0, 0]), null, false);
		} else if (key === "Enter" && this.#hover) {
			this.#choose(this.#hover, this.#term);
		}
	}

	async #copy(element) {
		let done = true;
		try {
			await navigator.clipboard.writeText(element.textContent);
		} catch {
			getSelection().selectAllChildren(element); // older browsers, and pages from disk
			done = document.execCommand("copy");
		}
		setHTML(this.#$(".tc-copied"), done ? this.#W.copied : this.#W.notCopied);
	}

	#download() {
		const svg = this.#$(".tc-main"), [width, height] = ["width", "height"].map((name) => svg.getAttribute(name)),
			text = `<svg xmlns="http://www.w3.org/2000/svg" class="tc-picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>.tc-picture{${scheme("light")}}${PICTURE_CSS}</style>${svg.innerHTML}</svg>`,
			link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
		link.download = `transposed-convolution-${this.#legal.view}.svg`;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 1000);
	}
}

// Nothing is written that stands there already.
function setHTML(element, html) {
	if (element.written === html) return;
	element.written = html;
	element.innerHTML = html;
}
function setAttribute(element, name, value) {
	if (element.getAttribute(name) === value) return;
	if (value === null) element.removeAttribute(name);
	else element.setAttribute(name, value);
}

if (!customElements.get("transposed-convolution")) customElements.define("transposed-convolution", TransposedConvolution);

// The element: what a state says goes to the page, what a reader does goes to the state.

const ATTRIBUTES = [...Object.values(KEYWORDS), "compact"];
const scheme = (name) => Object.entries(GIVEN[name]).map(([hue, value]) => `--${hue}:${value};`).join("") + `color-scheme:${name};`;
// A theme that the page names comes before the machine's; paper is light.
const SCHEMES = `.tc{${scheme("light")}}:is([data-theme=dark],[data-jp-theme-light=false]) .tc{${scheme("dark")}}
@media screen and (prefers-color-scheme:dark){html:not([data-theme]) body:not([data-jp-theme-light]) .tc{${scheme("dark")}}}
@media print{:root:root .tc{${scheme("light")}}}`;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Nothing is written that stands there already.
function setHTML(element, html) {
	if (element.written !== html) element.innerHTML = element.written = html;
}
function setAttribute(element, name, value) {
	if (value === null) element.removeAttribute(name);
	else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

class TransposedConvolution extends HTMLElement {
	static observedAttributes = ATTRIBUTES;

	// The attributes that open what an address of the explorer opens.
	static fromAddress(text) {
		try {
			return fromAddress(text);
		} catch (fault) {
			throw fault.rule ? new RangeError(say(WORDS.en, fault)) : fault;
		}
	}

	#root = null; #id; #W; #resized;
	#want; #legal; #model; #sheet; #focus; #shape; #width = 600; // what is asked for, and what is shown
	#faults = []; #bad = []; #addressFault = null; #alike = true;
	#pin = null; #hover = null; #term = null; // selections: {side, at}
	#changed = new Set(); #ours = false; #timer = 0; #writing = 0;

	// ---- life

	connectedCallback() {
		if (this.#root) return;
		if (!document.getElementById("tc-style")) {
			const style = Object.assign(document.createElement("style"), { id: "tc-style", textContent: SCHEMES + PICTURE_CSS + STYLE_CSS });
			document.head.append(style);
		}
		// Random, not counted: a notebook may load the script more than once.
		this.#id = `tc${Math.random().toString(36).slice(2)}`;
		this.#W = wordsFor(this.closest("[lang]")?.lang);
		this.#root = Object.assign(document.createElement("div"), { className: "tc", innerHTML: template(this.#W, this.#id) });
		this.replaceChildren(this.#root);
		for (const type in this.#events) this.#root.addEventListener(type, this);
		this.#$(".tc-more").addEventListener("toggle", () => this.#root && this.#more());
		this.#shape = "";
		this.#cellsDrawn = [];
		if (this.hasAttribute("address")) {
			addEventListener("hashchange", this);
			this.#readAddress();
		} else this.#readAttributes(new Set(ATTRIBUTES.filter((name) => this.hasAttribute(name))));
		this.#resized = new ResizeObserver(() => this.#measure());
		this.#resized.observe(this.#$("[role=tabpanel]"));
		this.#measure();
		if (this.hasAttribute("play") && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.#play(true);
	}

	disconnectedCallback() {
		// Moved about, not taken away: then it is connected again already.
		if (this.isConnected || !this.#root) return;
		this.#play(false);
		this.#resized.disconnect();
		removeEventListener("hashchange", this);
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
		this.#readAttributes(this.#changed);
		this.#changed = new Set();
	}

	get result() {
		this.#settle();
		return this.#model && !this.#faults.length ? this.#model.result() : null;
	}

	get refused() {
		this.#settle();
		return this.#faults.map((fault) => say(this.#W, fault)).join(" ");
	}

	#$(selector) { return this.#root.querySelector(selector); }

	// ---- from attributes and address to the state

	#readAttributes(names) {
		const { state, faults } = stateFrom((name) => this.getAttribute(name), (name) => names.has(name)), compact = this.hasAttribute("compact");
		this.#bad = faults;
		this.#alike &&= NAMES.every((name) => same(state[name][0], state[name].at(-1)));
		this.#root.classList.toggle("compact", compact);
		if (!compact || names.has("compact")) this.#$(".tc-more").open = !compact;
		this.#take(state);
		this.#writeAddress();
	}

	#readAddress() {
		let attributes = {};
		this.#addressFault = null;
		try {
			if (location.hash.length > 1) attributes = fromAddress(location.hash);
		} catch (fault) {
			this.#addressFault = fault;
			attributes = fromAddress("");
		}
		if (attributes.axes) this.#put(Object.fromEntries(Object.values(KEYWORDS).map((name) => [name, attributes[name] ?? null])));
		this.#alike = true;
		this.#readAttributes(new Set(ATTRIBUTES));
		clearTimeout(this.#writing);
	}

	#put(attributes) {
		this.#ours = true;
		for (const name in attributes) setAttribute(this, name, attributes[name]);
		this.#ours = false;
	}

	// ---- from the state to the page

	#take(want) {
		this.#want = want;
		const faults = range(want.axes).flatMap((axis) => faultsOf(axisOf(want, axis)).map((fault) => (this.#alike ? fault : { ...fault, axis })));
		this.#faults = [...this.#bad, ...faults].filter((fault, n, all) => all.findIndex((one) => same(one, fault)) === n);
		// An illegal start still needs a picture: the default.
		const legal = !this.#faults.length ? want : this.#model ? null : stateFrom((name) => (name === "axes" ? String(want.axes) : null)).state;
		if (legal) {
			const m = (this.#model = modelOf(legal)), pin = this.#pin;
			if (pin && legal.axes === this.#legal.axes) pin.at = pin.at.map((x, axis) => clamp(x, 0, m.grid[pin.side][axis] - 1));
			else this.#pin = null;
			this.#legal = legal;
			this.#hover = this.#term = null;
		}
		this.#show();
	}

	#show() {
		const m = this.#model, W = this.#W, want = this.#want, $ = (name) => this.#$(name), bad = this.#faults.length > 0, alert = (text) => `<p role="alert">${escaped(text)}</p>`;
		for (const view of VIEWS) {
			const tab = $(`[data-view=${view}]`);
			setAttribute(tab, "aria-selected", String(view === want.view));
			tab.tabIndex = view === want.view ? 0 : -1;
		}
		setAttribute($("[role=tabpanel]"), "aria-labelledby", `${this.#id}-${want.view}`);
		setHTML($(".tc-problems"), (this.#addressFault ? alert(W.address(say(W, this.#addressFault))) : "") + this.#faults.map((fault) => alert(say(W, fault))).join("") + (bad ? `<small>${W.stale}</small>` : ""));
		this.#root.classList.toggle("bad", bad);
		for (const name of NAMES) for (const axis of [0, 1]) {
			const field = $(`[name=${axis ? `${name}2` : name}]`), value = want[name].at(-1 + (axis || -want.axes + 1));
			// What is being typed stays, right or wrong.
			if (field !== document.activeElement && !Number.isNaN(value) && field.valueAsNumber !== value) field.value = value;
			setAttribute(field, "aria-invalid", String(this.#faults.some((fault) => fault.name === name && (fault.axis ?? axis) === axis)));
			field.parentNode.hidden = axis && (want.axes === 1 || this.#alike);
		}
		$(`[name=axes][value='${want.axes}']`).checked = true;
		$("[name=lock]").checked = this.#alike;
		$("[name=counts]").checked = want.counts;
		$(".tc-lock").hidden = want.axes === 1;
		this.#strip();
		this.#picture();
		setHTML($(".tc-why"), escaped(broughtText(W, m)));
		setHTML($(".tc-size"), bad ? '<p class="tc-headline">o′ = <span data-output="size"></span>–</p>' : formula(W, m));
		this.#more();
	}

	// The fields of the numbers: made anew only when the shape is another.
	#strip() {
		const m = this.#model, all = { x: [m.x, m.C.i], w: [m.w, m.C.k], b: [[m.b], 1] }, shape = String([m.flat, m.grid.in, m.grid.tap]);
		for (const which in all) {
			if (shape !== this.#shape) this.#$(`.tc-${which}`).innerHTML = gridOf(this.#W, which, ...all[which], m.flat);
			for (const [n, field] of this.#cells(which).entries()) {
				const wrong = !isNumber(field.value) && this.#bad.some(({ name }) => name === which), text = all[which][0][n];
				setAttribute(field, "aria-invalid", wrong ? "true" : null);
				if (!wrong && field !== document.activeElement && field.value !== text) field.value = text;
			}
		}
		this.#shape = shape;
	}
	#cells(which) { return this.#root.querySelectorAll(`.tc-grid [name=${which}]`); }

	#measure() {
		const width = this.#$("[role=tabpanel]").clientWidth;
		if (!width || width === this.#width) return;
		this.#width = width;
		this.#picture();
		this.#more();
	}

	#picture() {
		const m = this.#model, pin = this.#pin, at = pin ? m.indexOf(pin) : 0, svg = this.#$(".tc-box svg");
		this.#focus = pin?.side === "out" ? at : pin?.side === "in" ? m.landing(at, 0) : m.indexOf(FIRST);
		const s = (this.#sheet = VIEW[this.#legal.view](m, { width: this.#width, counts: this.#legal.counts, focus: this.#focus, W: this.#W })),
			parts = (s.parts ?? []).filter(([all, from, to]) => to - from < all);
		for (const side of ["width", "height"]) setAttribute(svg, side, String(ceil(s[side])));
		const [under, cells, marks] = layersOf(s), [low, middle, high] = this.#$(".base").children, was = this.#cellsDrawn;
		setHTML(low, under.replaceAll('class="cutzone"', `class="cutzone" fill="url(#${this.#id}-hatch)"`));
		setHTML(high, marks);
		// Of a plane most cells stay as they are: each is a box and a text, and only those that change are drawn.
		const nodes = [...middle.children], news = range(cells.length).filter((n) => cells[n] !== was[n]);
		if (cells.length !== was.length || news.length > 300) middle.innerHTML = cells.join("");
		else for (const n of news) {
			nodes[2 * n + 1].remove();
			nodes[2 * n].outerHTML = cells[n];
		}
		this.#cellsDrawn = cells;
		setHTML(this.#$(".tc-part"), parts.length ? this.#W.part(parts.map(([all, from, to]) => `${from}–${to - 1} / ${all}`).join(", ")) : "");
		this.#light();
	}

	#cellsDrawn = [];

	// What is pointed at: the only thing drawn anew when the pointer moves.
	#light() {
		const m = this.#model, W = this.#W, pin = this.#pin, selection = this.#hover ?? pin, term = selection?.side === "out" ? this.#term : null, lit = litBy(m, selection);
		let over = drawOver(this.#sheet, m, selection, term);
		if (this.#timer && pin?.side === "in" && this.#sheet.landed) {
			const now = m.indexOf(pin);
			over = this.#sheet.landed(now, modelOf({ ...this.#legal, x: m.x.map((text, n) => (n > now ? "0" : text)) }), drawCell) + over;
		}
		setHTML(this.#$(".over"), over);
		for (const [which, ref, n] of [["x", "in", 0], ["w", "tap", 1]])
			this.#cells(which).forEach((field, at) => field.classList.toggle("lit", term ? at === term[n] : lit({ [ref]: at })));
		setHTML(this.#$(".tc-sum"), told(W, m, selection, term));
		const [side, n, all] = this.#cursor(), scrub = this.#$(".tc-scrub"), box = this.#$(".tc-box"), where = W.cell(W[side === "in" ? "x" : "y"], place(this.#placeOf(side, n), m.flat));
		setAttribute(scrub, "max", String(all - 1));
		if (scrub.value !== String(n)) scrub.value = n;
		setAttribute(scrub, "aria-valuetext", where);
		setHTML(this.#$(".tc-where"), where);
		setAttribute(box, "aria-valuemax", String(m.grid.out[0] * m.grid.out[1] - 1));
		setAttribute(box, "aria-valuenow", String(side === "out" ? n : 0));
		setAttribute(box, "aria-valuetext", told(W, m, pin).replace(/<[^>]*>/g, ""));
	}

	// What stands folded under the figure.
	#more() {
		if (!this.#$(".tc-more").open) return;
		const m = this.#model, W = this.#W, q = m.C;
		setHTML(this.#$(".tc-back"), (m.flat ? [q] : m.axes).map((one, axis) => {
			const { sheet, unread } = wayBack(one, this.#width - 20);
			return `<p>${m.flat ? "" : `<small>${W.axesNames[axis]}</small> `}${W.takes(one.size, one.back, one.i)}${W.unread(listed(unread))}</p><div><svg class="tc-picture" aria-hidden="true" width="${ceil(sheet.width)}" height="${ceil(sheet.height)}">${drawSheet(sheet)}</svg></div>`;
		}).join(""));
		setHTML(this.#$(".tc-torch"), escaped(torchLines(this.#legal)));
		setHTML(this.#$(".tc-link"), escaped((this.hasAttribute("address") ? location.href.replace(/#.*/s, "") : "") + toAddress(this.#legal)));
		for (const [name, size] of Object.entries({ have: q.i, want: q.size, before: q.size, after: q.back })) {
			const field = this.#$(`[name=${name}]`);
			if (!field.dataset.own) field.value = size;
		}
		this.#backwards();
	}

	#backwards() {
		const W = this.#W, q = this.#model.C, [have, want, before, after] = ["have", "want", "before", "after"].map((name) => this.#$(`[name=${name}]`).valueAsNumber),
			button = (layer, words, now) => `<button type="button" data-layer='${JSON.stringify(layer)}'${now ? ' aria-current="true"' : ""}>${words}</button>`,
			found = inRange("i", have) ? layersFor(have, want) : [], few = found.slice(0, 6);
		setHTML(this.#$(".tc-many"), W.many(few.length, found.length));
		setHTML(this.#$(".tc-layers"), few.map((one) => button({ i: have, ...one }, ["k", "s", "p", "op"].map((name) => `${SYMBOL[name]} = ${one[name]}`).join(", ") + (one.k % one.s ? "" : `<small>${W.even}</small>`),
			Object.keys(one).every((name) => one[name] === q[name]) && have === q.i)).join(""));
		const goes = before + 2 * q.p < q.span ? 0 : convSizeOf(q, before), op = before - sizeOf({ ...q, i: after, op: 0 });
		setHTML(this.#$(".tc-returns"), goes !== after ? (goes >= 0 ? W.elsewhere(before, goes) : "") : `${W.returns(op, after, before)} ${inRange("i", after) ? button({ i: after, op }, W.take) : ""}`);
	}

	// ---- what the reader does

	// A change by the reader: attributes, address and event follow.
	#change(changes) {
		this.#play(false);
		const was = this.#want, want = { ...was, ...changes };
		for (const [which, name] of ARRAYS) {
			const shape = shapeOf(want, name), whole = shapeOf(was, name).reduce((a, b) => a * b) === was[which].length;
			if (changes[which] || !shape.every((n) => inRange(name, n))) continue;
			// While a size is being typed the numbers are those of the last legal layer.
			const from = whole ? was : this.#legal;
			want[which] = want.axes !== from.axes && isFill(from, which, name) ? filled(which, shape, want.axes) : refit(which, from[which], shapeOf(from, name), shape, want.axes);
		}
		const attributes = attributesOf(want);
		for (const name of NAMES) if (want[name].some(Number.isNaN)) delete attributes[KEYWORDS[name]];
		if (this.hasAttribute("axes")) attributes.axes ??= "1";
		this.#put(attributes);
		this.#addressFault = null;
		this.#take(want);
		this.#writeAddress();
		this.dispatchEvent(new Event("change", { bubbles: true }));
	}

	// Browsers refuse floods of replaceState, as while a button is held down.
	#writeAddress() {
		clearTimeout(this.#writing);
		if (this.hasAttribute("address") && this.#faults.every(({ rule }) => rule === "op" || rule === "p"))
			this.#writing = setTimeout(() => history.replaceState(history.state, "", toAddress(this.#want)), 150);
	}

	#good(which) { this.#bad = this.#bad.filter(({ name }) => name !== which); }

	handleEvent(event) { this.#events[event.type](event); }

	#events = {
		// Our own `change` tells; those of the fields stay inside.
		change: (event) => event.stopPropagation(),
		submit: (event) => event.preventDefault(),
		hashchange: () => {
			this.#readAddress();
			this.dispatchEvent(new Event("change", { bubbles: true }));
		},
		focusin: ({ target }) => /^[xw]$/.test(target.name) && this.#choose(this.#meant(target)[0], null, false),
		focusout: () => queueMicrotask(() => this.#root && this.#show()), // fields show what they were taken for
		pointerover: ({ target, pointerType }) => pointerType !== "touch" && this.#preview(...(this.#meant(target) ?? [null, null])),
		pointerleave: () => this.#preview(null, null),
		input: ({ target }) => this.#input(target),
		click: ({ target }) => this.#click(target),
		keydown: (event) => this.#key(event),
		// A row of numbers pasted into a field goes on in the next ones, and makes room.
		paste: (event) => {
			const { name, dataset } = event.target, numbers = (event.clipboardData.getData("text").match(/[-−+]?(\d+\.?\d*|\.\d+)/g) ?? []).filter(isNumber);
			if (!/^[xw]$/.test(name) || numbers.length < 2) return;
			event.preventDefault();
			const key = name === "x" ? "i" : "k", start = Number(dataset.n), flat = this.#legal.axes === 1, texts = [...this.#legal[name]],
				room = flat ? clamp(start + numbers.length, texts.length, rangeOf(key)[1]) : texts.length;
			numbers.slice(0, room - start).forEach((number, n) => (texts[start + n] = plain(number)));
			this.#good(name);
			event.target.blur();
			this.#change({ [name]: texts, ...(flat ? { [key]: [room] } : {}) });
			this.#cells(name)[min(start + numbers.length, room) - 1].focus();
		},
	};

	// The selection and the term that an element of the page stands for.
	#meant(target) {
		const m = this.#model, data = Object.fromEntries(Object.entries(target.dataset).map(([name, text]) => [name, Number(text)])), button = target.closest(".tc-term"),
			of = (side, index, term = null) => [{ side, at: m.placeOf(side, index) }, term];
		if (button) return [this.#hover ?? this.#pin, [Number(button.dataset.n), Number(button.dataset.t)]];
		if (/^[xw]$/.test(target.name)) return of(target.name === "x" ? "in" : "tap", data.n);
		if (!target.closest(".base")) return null;
		if ("f" in data) return of("out", data.f, "in" in data ? [data.in, data.tap] : null);
		return "in" in data ? of("in", data.in) : "tap" in data ? of("tap", data.tap) : null;
	}

	#preview(hover, term) {
		if (same([hover, term], [this.#hover, this.#term])) return;
		this.#hover = hover;
		this.#term = term;
		this.#light();
	}

	#choose(selection, term = null, aloud = true) {
		const part = this.#sheet.parts?.some(([all, from, to]) => to - from < all);
		this.#pin = selection;
		this.#hover = null;
		this.#term = term;
		// A picture that shows a part only may have to show another one.
		if (part) this.#picture();
		else this.#light();
		if (aloud) this.#$(".tc-live").textContent = selection ? this.#$(".tc-sum").textContent : "";
		// One that is wider than its box: keep the chosen cell in sight.
		const box = this.#$(".tc-box"), ring = this.#$(".over .ring");
		if (ring && (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)) ring.scrollIntoView({ block: "nearest", inline: "center" });
	}

	// The player steps through the side that is chosen, else through the view's own.
	#cursor() {
		const { grid } = this.#model, pin = this.#pin, side = pin && pin.side !== "tap" ? pin.side : this.#legal.view === "stamps" ? "in" : "out", [rows, columns] = grid[side];
		return [side, pin?.side === side && pin.at.every((x, axis) => x >= 0 && x < grid[side][axis]) ? pin.at[0] * columns + pin.at[1] : 0, rows * columns];
	}
	#placeOf(side, n) { return split(n, this.#model.grid[side][1]); }
	#stepTo(n, aloud = true) {
		const [side, , all] = this.#cursor();
		this.#choose({ side, at: this.#placeOf(side, clamp(n, 0, all - 1)) }, null, aloud);
	}

	// Once through, then it rests.
	#play(on) {
		if (!on === !this.#timer) return;
		clearInterval(this.#timer);
		this.#timer = on && setInterval(() => {
			const [, now, all] = this.#cursor();
			now + 1 < all ? this.#stepTo(now + 1, false) : this.#play(false);
		}, 900);
		const button = this.#$("[data-move=play]"), [, at, all] = this.#cursor();
		button.textContent = on ? "❚❚" : "▶";
		setAttribute(button, "aria-label", on ? this.#W.pause : this.#W.play);
		if (on) this.#stepTo(this.#pin && at + 1 < all ? at : 0, false);
		else this.#light();
	}

	#input(target) {
		const { name, value } = target;
		if (target.type === "range") return this.#play(false), this.#stepTo(Number(value));
		if (/^(have|want|before|after)$/.test(name)) return (target.dataset.own = 1), this.#backwards();
		if (name === "counts") return this.#change({ counts: target.checked });
		if (name === "axes" || name === "lock") {
			const axes = name === "axes" ? Number(value) : 2;
			this.#alike = name === "axes" || target.checked;
			return this.#change({ axes, ...Object.fromEntries(NAMES.map((key) => [key, range(axes).map((axis) => this.#want[key][this.#alike ? 0 : axis])])) });
		}
		if (/^[xwb]$/.test(name)) {
			const texts = [...this.#cells(name)].map((field) => field.value), fine = texts.every(isNumber);
			this.#good(name);
			if (!fine) this.#bad.push({ name, rule: "number" });
			return this.#change(fine ? { [name]: name === "b" ? plain(value) : texts.map(plain) } : {});
		}
		const key = name.replace("2", ""), number = /^\d{1,3}$/.test(value) ? Number(value) : NaN;
		if (key in KEYS) this.#change({ [key]: this.#want[key].map((x, axis) => (this.#alike || axis === Number(name !== key) ? number : x)) });
	}

	#click(target) {
		const button = target.closest("button"), data = button?.dataset ?? {};
		if (data.move === "play") this.#play(!this.#timer);
		else if (data.move) {
			const [, at, all] = this.#cursor();
			this.#play(false);
			this.#stepTo({ first: 0, previous: at - 1, next: this.#pin ? at + 1 : 0, last: all }[data.move]);
		} else if (data.view) this.#look(data.view);
		else if (data.step) {
			const field = this.#$(`[name=${data.for}]`);
			field.value = clamp((field.valueAsNumber || 0) + Number(data.step), ...rangeOf(data.for.replace("2", "")));
			this.#input(field);
		} else if (data.preset) {
			this.#bad = [];
			this.#change(presetOf(data.preset, this.#legal));
		} else if (data.layer) this.#change(Object.fromEntries(Object.entries(JSON.parse(data.layer)).map(([name, x]) => [name, new Array(this.#want.axes).fill(x)])));
		else if (data.copy) this.#copy(this.#$(`.tc-${data.copy}`));
		else if (button?.className === "tc-svg") this.#download();
		else if (!target.name) {
			const [selection, term] = this.#meant(target) ?? [];
			if (!selection) return;
			this.#play(false);
			// A second click on the same cell lets it go.
			this.#choose(!button && same(selection, this.#pin) ? null : selection, term);
		}
	}

	#look(view) {
		this.#good("view");
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
		if (!arrow || !(target.dataset.view || target.className === "tc-box")) return;
		event.preventDefault();
		const [down, right] = arrow, far = abs(right) > 1;
		if (target.dataset.view) {
			const all = VIEWS.length, view = VIEWS[far ? clamp(right, 0, all - 1) : (VIEWS.indexOf(target.dataset.view) + right + down + all) % all];
			this.#look(view);
			return this.#$(`[data-view=${view}]`).focus();
		}
		this.#play(false);
		const m = this.#model, pin = this.#pin?.side === "out" && this.#pin, step = m.flat ? [0, right || down] : arrow;
		this.#choose({ side: "out", at: (pin ? pin.at : [0, 0]).map((x, axis) => clamp(pin || far ? x + step[axis] : 0, 0, m.grid.out[axis] - 1)) }, null, false);
	}

	// Selected in any case, for pages that may not write to the clipboard.
	async #copy(element) {
		getSelection().selectAllChildren(element);
		const done = await navigator.clipboard?.writeText(element.textContent).then(() => true, () => false);
		this.#$(".tc-copied").textContent = done ? this.#W.copied : this.#W.select;
	}

	#download() {
		const svg = this.#$(".tc-box svg"), size = `width="${svg.getAttribute("width")}" height="${svg.getAttribute("height")}"`,
			text = `<svg xmlns="http://www.w3.org/2000/svg" class="tc-picture" ${size}><style>.tc-picture{${scheme("light")}}${PICTURE_CSS}</style>${svg.innerHTML}</svg>`,
			href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
		Object.assign(document.createElement("a"), { href, download: `transposed-convolution-${this.#legal.view}.svg` }).click();
		setTimeout(() => URL.revokeObjectURL(href), 1000);
	}
}

if (!customElements.get("transposed-convolution")) customElements.define("transposed-convolution", TransposedConvolution);

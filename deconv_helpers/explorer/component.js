// The element: what a state says goes to the page, what a reader does goes to the state.

const ATTRIBUTES = [...Object.values(KEYWORDS), "compact"];

// Nothing is written that stands there already.
function setHTML(element, html) {
	if (element.written !== html) element.innerHTML = element.written = html;
}
// Of a picture with the same rows as before, only those that have changed.
function setRows(layer, html) {
	const rows = html.split(/(?<=\/>|t>)/), was = layer.rows ?? [], changed = range(rows.length).filter((n) => rows[n] !== was[n]);
	if (rows.length === was.length && !changed[20]) for (const n of changed) layer.children[n].outerHTML = rows[n];
	else layer.innerHTML = html;
	layer.rows = rows;
}
function setAttribute(element, name, value) {
	if (value === null) element.removeAttribute(name);
	else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

// The figure in the element `host`, as long as it stands on a page.
function figureOf(host) {
	// Random, not counted: a notebook may load the script more than once.
	const id = `tc${Math.random().toString(36).slice(2)}`, W = wordsFor(host.closest("[lang]")?.lang),
		root = Object.assign(document.createElement("div"), { className: "tc", innerHTML: template(W, id) }),
		$ = (selector) => root.querySelector(selector), fieldsOf = (which) => root.querySelectorAll(`.tc-grid [name=${which}]`), fieldOf = (name) => $(`[name=${name}]`),
		has = (name) => host.hasAttribute(name), told = () => host.dispatchEvent(new Event("change", { bubbles: true })),
		write = (name, html) => setHTML($(`.tc-${name}`), html), box = $(".tc-box"), svg = $(".tc-box svg"), more = $(".tc-more"), panel = $("[role=tabpanel]");
	let want, legal, m, seen, sheet, width = 600, // what is asked for, and what is shown
		faults = [], bad = [], addressFault = null, alike = true, allLayers = false,
		pin = null, hover = null, term = null, // selections: {side, at}
		changed = new Set(), ours = false, timer = 0, writing = 0;

	// ---- from attributes and address to the state

	function settle() {
		if (!changed.size || !root.isConnected) return;
		readAttributes(changed);
		changed = new Set();
	}

	function readAttributes(names) {
		const read = stateFrom((name) => host.getAttribute(name), (name) => names.has(name)), { state } = read, compact = has("compact");
		bad = read.faults;
		alike &&= NAMES.every((name) => same(state[name][0], state[name].at(-1)));
		root.classList.toggle("compact", compact);
		if (!compact || names.has("compact")) more.open = !compact;
		take(state);
		writeAddress();
	}

	function readAddress() {
		let attributes = {};
		addressFault = null;
		try {
			if (location.hash.length > 1) attributes = fromAddress(location.hash);
		} catch (fault) {
			addressFault = fault;
			attributes = fromAddress("");
		}
		if (attributes.axes) put(Object.fromEntries(Object.values(KEYWORDS).map((name) => [name, attributes[name] ?? null])));
		alike = true;
		readAttributes(new Set(ATTRIBUTES));
		clearTimeout(writing);
	}

	function put(attributes) {
		ours = true;
		for (const name in attributes) setAttribute(host, name, attributes[name]);
		ours = false;
	}

	// ---- from the state to the page

	function take(next) {
		want = next;
		faults = [...bad, ...range(want.axes).flatMap((axis) => faultsOf(axisOf(want, axis)).map((fault) => (alike ? fault : { ...fault, axis })))]
			.filter((fault, n, all) => all.findIndex((one) => same(one, fault)) === n);
		// An illegal start still needs a picture: the default.
		if (!faults.length || !m) {
			const before = legal;
			legal = faults.length ? stateFrom((name) => (name === "axes" ? String(want.axes) : null)).state : want;
			m = modelOf(legal);
			if (legal.axes === before?.axes && pin) pin.at = pin.at.map((x, axis) => clamp(x, 0, m.grid[pin.side][axis] - 1));
			else pin = null;
			hover = term = null;
		}
		show();
	}

	function show() {
		const wrong = faults.length > 0, alert = (text) => `<p role="alert">${escaped(text)}</p>`;
		for (const view of VIEWS) {
			const tab = $(`[data-view=${view}]`), chosen = view === want.view;
			setAttribute(tab, "aria-selected", chosen);
			tab.tabIndex = chosen - 1;
		}
		setAttribute(panel, "aria-labelledby", `${id}-${want.view}`);
		write("problems", (addressFault ? alert(W.address(say(W, addressFault))) : "") + faults.map((fault) => alert(say(W, fault))).join("") + (wrong ? `<small>${W.stale}</small>` : ""));
		root.classList.toggle("bad", wrong);
		root.classList.toggle("two", want.axes === 2 && !alike);
		for (const name of NAMES) for (const axis of [0, 1]) {
			const field = fieldOf(axis ? `${name}2` : name), value = want[name][axis] ?? want[name][0];
			// What is being typed stays, right or wrong.
			if (field !== document.activeElement && !Number.isNaN(value) && field.valueAsNumber !== value) field.value = value;
			setAttribute(field, "aria-invalid", faults.some((fault) => fault.name === name && (fault.axis ?? axis) === axis));
			field.parentNode.hidden = axis && (want.axes === 1 || alike);
		}
		$(`[name=axes][value='${want.axes}']`).checked = true;
		fieldOf("lock").checked = alike;
		fieldOf("counts").checked = want.counts;
		$(".tc-lock").hidden = want.axes === 1;
		$(".tc-flip").hidden = legal.view !== "zeros";
		strip();
		picture();
		write("why", [cutsText(W, seen), broughtText(W, seen)].filter(Boolean).map((text) => `<span>${escaped(text)}</span>`).join(" "));
		write("size", wrong ? '<p class="tc-headline">o′ = <span data-output="size"></span>–</p>' : formula(W, m));
		unfold();
	}

	// The fields of the numbers: made anew only when their shape is another.
	function strip() {
		for (const [which, texts, columns] of [["x", m.x, m.C.i], ["w", m.w, m.C.k], ["b", [m.b], 1]]) {
			const grid = $(`.tc-${which}`), shape = String([m.flat, columns, texts.length]);
			if (grid.shape !== shape) grid.innerHTML = gridOf(W, which, texts, columns, m.flat);
			grid.shape = shape;
			fieldsOf(which).forEach((field, n) => {
				const wrong = !isNumber(field.value) && bad.some(({ name }) => name === which);
				setAttribute(field, "aria-invalid", wrong || null);
				if (!wrong && field !== document.activeElement && field.value !== texts[n]) field.value = texts[n];
			});
		}
	}

	// A picture that goes on beyond its box fades there.
	function fade() {
		const { scrollLeft, scrollWidth, clientWidth } = box;
		panel.style.setProperty("--left", scrollLeft > 1 ? "28px" : "0px");
		panel.style.setProperty("--right", scrollLeft + clientWidth < scrollWidth - 1 ? "28px" : "0px");
	}

	function measure() {
		const now = panel.clientWidth;
		if (!now || now === width) return;
		width = now;
		picture();
		unfold();
	}

	const isPart = ([all, from, to]) => to - from < all;
	// Where the kernel is not flipped, its taps stand the other way round.
	const tapAt = (n) => (seen === m ? n : m.w.length - 1 - n);

	function picture() {
		seen = fieldOf("flip").checked && legal.view === "zeros" ? modelOf({ ...legal, w: [...legal.w].reverse() }) : m;
		const at = pin ? m.indexOf(pin) : 0, focus = pin?.side === "out" ? at : pin?.side === "in" ? m.landing(at, 0) : m.indexOf(FIRST);
		sheet = VIEW[legal.view](seen, { width, counts: legal.counts, focus, W, m });
		for (const side of ["width", "height"]) setAttribute(svg, side, ceil(sheet[side]));
		layersOf(sheet).forEach((html, n) => setRows($(".base").children[n], html.replaceAll('class="cutzone"', `class="cutzone" fill="url(#${id}-hatch)"`)));
		const parts = sheet.parts.filter(isPart);
		write("part", parts.length ? W.part(parts.map(([all, from, to]) => `${from}–${to - 1} / ${all}`).join(", ")) : "");
		light();
		requestAnimationFrame(fade); // it reads the layout, which is not ready yet
	}

	// The layer when only the first inputs have landed; a count then counts these.
	function soFar(last) {
		const now = modelOf({ ...legal, x: m.x.map((text, n) => (n > last ? "0" : text)) });
		return { ...now, most: m.most, counts: m.counts.map((_, f) => m.pairs(f).filter(([n]) => n <= last).length) };
	}

	// What is pointed at: the only thing drawn anew when the pointer moves.
	function light() {
		const selection = hover ?? pin, one = selection?.side === "out" ? term : null, lit = litBy(seen, selection), [side, n, all] = cursor(), scrub = $(".tc-scrub"),
			where = W.cell(W[side === "in" ? "x" : "y"], place(placeOf(side, n), m.flat));
		let over = drawOver(sheet, seen, selection, one);
		if (timer && pin?.side === "in" && sheet.landed) {
			const now = m.indexOf(pin), landed = sheet.landed(now, soFar(now));
			over = sheet.covers ? over + landed : landed + over;
		}
		setHTML($(".over"), over);
		fieldsOf("x").forEach((field, n) => field.classList.toggle("lit", one ? n === one[0] : lit({ in: n })));
		fieldsOf("w").forEach((field, n) => field.classList.toggle("lit", one ? tapAt(n) === one[1] : lit({ tap: tapAt(n) })));
		write("sum", sumText(W, seen, selection, one, legal.counts));
		setAttribute(scrub, "max", all - 1);
		if (scrub.value !== String(n)) scrub.value = n;
		setAttribute(scrub, "aria-valuetext", where);
		write("where", where);
		setAttribute(box, "aria-valuemax", m.grid.out[0] * m.grid.out[1] - 1);
		setAttribute(box, "aria-valuenow", side === "out" ? n : 0);
		setAttribute(box, "aria-valuetext", sumText(W, seen, pin, null, legal.counts).replace(/<[^>]*>/g, ""));
	}

	// What stands folded under the figure.
	function unfold() {
		if (!more.open) return;
		const q = m.C;
		write("back", (m.flat ? [q] : m.axes).map((one, axis) => {
			const { sheet, unread, rest, padded, alike } = wayBack(one, width - 20), said = [W.takes(one.size, one.back, one.i), W.alike(alike, one.back)];
			if (one.p && rest) said.push(W.rest(rest, padded));
			if (unread.length || !rest) said.push(W.unread(listed(unread), unread.length));
			return `<p>${m.flat ? "" : `<small>${W.axesNames[axis]}</small> `}${said.join(" ")}</p>${floorFormula(one)}<div><svg class="tc-picture" aria-hidden="true" width="${ceil(sheet.width)}" height="${ceil(sheet.height)}">${layersOf(sheet).join("")}</svg></div>`;
		}).join(""));
		write("torch", escaped(torchLines(legal, m.result())));
		write("link", escaped((has("address") ? location.href.replace(/#.*/s, "") : "") + toAddress(legal)));
		for (const [name, size] of Object.entries({ have: q.i, want: q.size, before: q.size, after: q.back })) {
			const field = fieldOf(name);
			if (!field.dataset.own) field.value = size;
		}
		backwards();
	}

	function backwards() {
		const q = m.C, [have, want, before, after] = ["have", "want", "before", "after"].map((name) => fieldOf(name).valueAsNumber),
			button = (layer, words, now) => `<button type="button" data-layer='${JSON.stringify(layer)}'${now ? ' aria-current="true"' : ""}>${words}</button>`,
			found = inRange("i", have) ? layersFor(have, want) : [], few = found.slice(0, allLayers ? found.length : 6);
		write("many", W.many(few.length, found.length) + (few.length < found.length ? ` <button type="button" data-all="1">${W.all}</button>` : ""));
		write("layers", few.map((one) => button({ i: have, ...one }, ["k", "s", "p", "op"].map((name) => `${SYMBOL[name]} = ${one[name]}`).join(", ") + (one.k % one.s ? "" : `<small>${one.k > one.s ? W.even : W.none}</small>`),
			Object.keys(one).every((name) => one[name] === q[name]) && have === q.i)).join(""));
		const goes = before + 2 * q.p < q.span ? 0 : convSizeOf(q, before), op = before - sizeOf({ ...q, i: after, op: 0 });
		write("returns", goes !== after ? (goes >= 0 ? W.elsewhere(before, goes) : "") : `${W.returns(op, after, before)} ${inRange("i", after) ? button({ i: after, op }, W.take) : ""}`);
	}

	// ---- what the reader does

	// A change by the reader: attributes, address and event follow.
	function change(changes) {
		play(false);
		const was = want, next = { ...was, ...changes };
		for (const [which, name] of ARRAYS) {
			const shape = shapeOf(next, name), whole = shapeOf(was, name).reduce((a, b) => a * b) === was[which].length;
			if (changes[which] || !shape.every((n) => inRange(name, n))) continue;
			// While a size is being typed the numbers are those of the last legal layer.
			const from = whole ? was : legal;
			next[which] = isFill(from, which, name) ? filled(which, shape) : refit(which, from[which], shapeOf(from, name), shape);
		}
		const attributes = attributesOf(next);
		for (const name of NAMES) if (next[name].some(Number.isNaN)) delete attributes[KEYWORDS[name]];
		if (has("axes")) attributes.axes ??= "1";
		put(attributes);
		addressFault = null;
		take(next);
		if (changes.op) box.scrollLeft = box.scrollWidth; // the cells that it is about
		writeAddress();
		told();
	}

	// Browsers refuse floods of replaceState, as while a button is held down.
	function writeAddress() {
		clearTimeout(writing);
		if (has("address") && faults.every(({ rule }) => rule === "op" || rule === "p"))
			writing = setTimeout(() => history.replaceState(history.state, "", toAddress(want)), 150);
	}

	const good = (which) => (bad = bad.filter(({ name }) => name !== which));

	const EVENTS = {
		// Our own `change` tells; those of the fields stay inside.
		change: (event) => event.stopPropagation(),
		submit: (event) => event.preventDefault(),
		focusin: (event) => /^[xw]$/.test(event.target.name) && choose(meant(event)[0], null, false),
		focusout: () => queueMicrotask(() => root.isConnected && show()), // fields show what they were taken for
		pointermove: (event) => event.pointerType !== "touch" && preview(...meant(event)),
		pointerleave: () => preview(null, null),
		input: ({ target }) => input(target),
		click,
		keydown,
		// What is copied from the picture is a table.
		copy(event) {
			const chosen = getSelection(), cells = [...svg.querySelectorAll("tspan")].filter((cell) => chosen.containsNode(cell, true));
			if (!svg.contains(chosen.anchorNode)) return;
			event.clipboardData.setData("text", cells.map((cell) => cell.textContent + (cell.nextSibling ? "\t" : "\n")).join(""));
			event.preventDefault();
		},
		// A row of numbers pasted into a field goes on in the next ones, and makes room.
		paste(event) {
			const { name, dataset } = event.target, numbers = (event.clipboardData.getData("text").match(/[-−+]?(\d+\.?\d*|\.\d+)/g) ?? []).filter(isNumber);
			if (!/^[xw]$/.test(name) || numbers.length < 2) return;
			event.preventDefault();
			const key = name === "x" ? "i" : "k", start = Number(dataset.n), texts = [...legal[name]], room = m.flat ? clamp(start + numbers.length, texts.length, RANGES[key][1]) : texts.length;
			numbers.slice(0, room - start).forEach((number, n) => (texts[start + n] = plain(number)));
			good(name);
			event.target.blur();
			change({ [name]: texts, ...(m.flat ? { [key]: [room] } : {}) });
			fieldsOf(name)[min(start + numbers.length, room) - 1].focus();
		},
	};

	// The selection and the term that stand where an event is.
	function meant({ target, clientX, clientY }) {
		const of = (side, index, term = null) => [{ side, at: m.placeOf(side, index) }, term], button = target.closest(".tc-term"), n = Number(target.dataset.n);
		if (button) return [hover ?? pin, JSON.parse(button.dataset.term)];
		if (target.name === "x") return of("in", n);
		if (target.name === "w") return of("tap", tapAt(n));
		const c = svg.contains(target) && cellAt(sheet, new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse()));
		return !c ? [null, null] : "f" in c ? of("out", c.f, "in" in c ? [c.in, c.tap] : null) : "in" in c ? of("in", c.in) : "tap" in c ? of("tap", c.tap) : [null, null];
	}

	function preview(selection, next) {
		if (same([hover, term], [selection, next])) return;
		hover = selection;
		term = next;
		light();
	}

	function choose(selection, next = null, aloud = true) {
		pin = selection;
		hover = null;
		term = next;
		// A picture that shows a part only may have to show another one.
		if (sheet.parts.some(isPart)) picture();
		else light();
		if (aloud) $(".tc-live").textContent = selection ? $(".tc-sum").textContent : "";
		// One that is wider than its box: keep the chosen cell in sight.
		const ring = $(".over .ring");
		if (ring && (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)) ring.scrollIntoView({ block: "nearest", inline: "center" });
	}

	// The player steps the view's own, stamps or outputs, from where the chosen cell leads.
	function cursor() {
		const side = legal.view === "stamps" ? "in" : "out", [rows, columns] = m.grid[side], n = pin && m.indexOf(pin),
			[r, c] = !pin || pin.side === side ? pin?.at ?? [0, 0] : m.placeOf(side, side === "out" ? standsAt(m, { side: pin.side, at: n }) : pin.side === "out" ? m.pairs(n)[0]?.[0] ?? 0 : 0);
		return [side, clamp(r, 0, rows - 1) * columns + clamp(c, 0, columns - 1), rows * columns];
	}
	const placeOf = (side, n) => split(n, m.grid[side][1]);
	function stepTo(n, aloud = true) {
		const [side, , all] = cursor();
		choose({ side, at: placeOf(side, clamp(n, 0, all - 1)) }, null, aloud);
	}

	// Once through, then it rests.
	function play(on) {
		if (!on === !timer) return;
		clearInterval(timer);
		timer = on && setInterval(() => {
			const [, now, all] = cursor();
			now + 1 < all ? stepTo(now + 1, false) : play(false);
		}, 900);
		const button = $("[data-move=play]"), [, at, all] = cursor();
		button.textContent = on ? "❚❚" : "▶";
		setAttribute(button, "aria-label", on ? W.pause : W.play);
		if (on) stepTo(pin?.side === cursor()[0] && at + 1 < all ? at : 0, false);
		else light();
	}

	function input(target) {
		const { name, value, checked } = target;
		if (target.type === "range") return play(false), stepTo(Number(value));
		if (name === "flip") return show();
		if (/^(have|want|before|after)$/.test(name)) return (target.dataset.own = 1), backwards();
		if (name === "counts") return change({ counts: checked });
		if (name === "axes" || name === "lock") {
			const axes = name === "axes" ? Number(value) : 2;
			alike = name === "axes" || checked;
			return change({ axes, ...byName((key) => range(axes).map((axis) => want[key][alike ? 0 : axis])) });
		}
		if (/^[xwb]$/.test(name)) {
			const texts = [...fieldsOf(name)].map((field) => field.value), fine = texts.every(isNumber);
			good(name);
			if (!fine) bad.push({ name, rule: "number" });
			return change(fine ? { [name]: name === "b" ? plain(value) : texts.map(plain) } : {});
		}
		const key = name.replace("2", ""), number = /^\d{1,3}$/.test(value) ? Number(value) : NaN;
		if (key in KEYS) change({ [key]: want[key].map((x, axis) => (alike || axis === Number(name !== key) ? number : x)) });
	}

	function click(event) {
		const { target } = event, button = target.closest("button"), data = button?.dataset ?? {};
		if (data.move === "play") play(!timer);
		else if (data.move) {
			const [, at, all] = cursor();
			play(false);
			stepTo({ first: 0, previous: at - 1, next: pin ? at + 1 : 0, last: all }[data.move]);
		} else if (data.view) look(data.view);
		else if (data.step) {
			const field = fieldOf(data.for);
			field.value = clamp((field.valueAsNumber || 0) + Number(data.step), ...RANGES[data.for.replace("2", "")]);
			input(field);
		} else if (data.preset) {
			bad = [];
			change(presetOf(data.preset, legal));
		} else if (data.layer) change(Object.fromEntries(Object.entries(JSON.parse(data.layer)).map(([name, x]) => [name, new Array(want.axes).fill(x)])));
		else if (data.all) (allLayers = true), backwards();
		else if (data.copy) copy($(`.tc-${data.copy}`));
		else if (button?.className === "tc-svg") download();
		else if (!target.name) {
			const [selection, next] = meant(event);
			if (!selection) return;
			play(false);
			// A second click on the same cell lets it go.
			choose(!button && same(selection, pin) ? null : selection, next);
		}
	}

	function look(view) {
		good("view");
		change({ view });
	}

	function keydown(event) {
		const { key, target } = event;
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (key === "Escape") {
			if (!pin && !timer) return; // whoever holds the figure may want it
			event.preventDefault();
			event.stopPropagation();
			play(false);
			return choose(null);
		}
		// A notebook would take bare keys for its own.
		event.stopPropagation();
		const arrow = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [-999, -999], End: [999, 999] }[key], { view } = target.dataset;
		if (!arrow || !(view || target === box)) return;
		event.preventDefault();
		const [down, right] = arrow, far = abs(right) > 1;
		if (view) {
			const all = VIEWS.length, next = VIEWS[far ? clamp(right, 0, all - 1) : (VIEWS.indexOf(view) + right + down + all) % all];
			look(next);
			return $(`[data-view=${next}]`).focus();
		}
		play(false);
		const from = pin?.side === "out" && pin.at, step = m.flat ? [0, right || down] : arrow;
		choose({ side: "out", at: (from || [0, 0]).map((x, axis) => clamp(from || far ? x + step[axis] : 0, 0, m.grid.out[axis] - 1)) }, null, false);
	}

	// Selected in any case, for pages that may not write to the clipboard.
	async function copy(element) {
		getSelection().selectAllChildren(element);
		const done = await navigator.clipboard?.writeText(element.textContent).then(() => true, () => false);
		$(".tc-copied").textContent = done ? W.copied : W.select;
	}

	function download() {
		const text = `<svg xmlns="http://www.w3.org/2000/svg" class="tc-picture" width="${ceil(sheet.width)}" height="${ceil(sheet.height)}"><style>.tc-picture{${scheme("light")}}${PICTURE_CSS}</style>${svg.innerHTML}</svg>`,
			href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
		Object.assign(document.createElement("a"), { href, download: `transposed-convolution-${legal.view}.svg` }).click();
		setTimeout(() => URL.revokeObjectURL(href), 1000);
	}

	// ---- life

	function addressed() {
		readAddress();
		told();
	}

	if (!document.getElementById("tc-style"))
		document.head.append(Object.assign(document.createElement("style"), { id: "tc-style", textContent: SCHEMES + PICTURE_CSS + STYLE_CSS }));
	host.replaceChildren(root);
	box.addEventListener("scroll", fade);
	for (const type in EVENTS) root.addEventListener(type, EVENTS[type]);
	more.addEventListener("toggle", unfold);
	if (has("address")) {
		addEventListener("hashchange", addressed);
		readAddress();
	} else readAttributes(new Set(ATTRIBUTES.filter(has)));
	const resized = new ResizeObserver(measure);
	resized.observe(panel);
	measure();
	if (has("play") && !matchMedia("(prefers-reduced-motion: reduce)").matches) play(true);

	return {
		settle,
		result: () => (faults.length ? null : m.result()),
		refused: () => faults.map((fault) => say(W, fault)).join(" "),
		address: () => toAddress(legal),
		heard(name) {
			if (ours) return;
			// Several that are set one after the other are one change.
			if (!changed.size) queueMicrotask(settle);
			changed.add(name);
		},
		stop() {
			play(false);
			resized.disconnect();
			removeEventListener("hashchange", addressed);
			clearTimeout(writing);
			root.remove();
		},
	};
}

class TransposedConvolution extends HTMLElement {
	static observedAttributes = ATTRIBUTES;

	// The attributes that open what an address of the explorer opens.
	static fromAddress(text) {
		try {
			return fromAddress(text);
		} catch (fault) {
			throw fault.rule ? new RangeError(say(wordsFor(document.documentElement.lang), fault)) : fault;
		}
	}

	#figure = null;

	connectedCallback() {
		this.#figure ??= figureOf(this);
	}

	disconnectedCallback() {
		// Moved about, not taken away: then it is connected again already.
		if (this.isConnected) return;
		this.#figure?.stop();
		this.#figure = null;
	}

	attributeChangedCallback(name, before, after) {
		if (before !== after) this.#figure?.heard(name);
	}

	#ask(what) {
		this.#figure?.settle();
		return this.#figure?.[what]() ?? null;
	}

	// The output's numbers, nested by axis; null where the layer is refused.
	get result() {
		return this.#ask("result");
	}

	// Why the layer is refused, else nothing.
	get refused() {
		return this.#ask("refused");
	}

	// What the explorer's address holds after its path: the last legal layer.
	get address() {
		return this.#ask("address");
	}
}

if (!customElements.get("transposed-convolution")) customElements.define("transposed-convolution", TransposedConvolution);

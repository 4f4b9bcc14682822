// The page of the drills: one question at a time, or a sheet.

// Where each topic is explained, as a page of the book and its number.
const CHAPTERS = { size: ["01_the_conclusion_first", 1], output_padding: ["04_when_it_does_not", 4], picture: ["06_four_ways_to_see_it", 6], cell: ["01_the_conclusion_first", 1], bias: ["04_when_it_does_not", 4], refused: ["05_all_together", 5], round: ["03_when_it_divides", 3], mirror: ["05_all_together", 5], repair: ["11_designing_a_decoder", 11] };
const STORE = "transposed-convolution-drills";
// So many right ones in a row lead up a level, and one wrong one leads down.
const UP = 3;

function drillsOf(host) {
	const lang = (document.documentElement.lang || "en").slice(0, 2), W = SAY[lang] ?? SAY.en, F = wordsFor(lang), $ = (selector) => host.querySelector(selector);
	let progress = read(), topic = "", question = null, done = false, turn = 0;

	function read() {
		try {
			const kept = JSON.parse(localStorage.getItem(STORE) ?? "{}");
			return kept && typeof kept === "object" ? kept : {};
		} catch {
			return {}; // from disk, or with storage switched off
		}
	}
	function keep() {
		try { localStorage.setItem(STORE, JSON.stringify(progress)); } catch { /* then only until the page closes */ }
	}
	const of = (kind) => (progress[kind] ??= { level: 1, row: 0, right: 0, all: 0 });

	// ---- a question as HTML

	const symbols = (text) => escaped(text).replace(/(?<![\w’&#;])([ksdpi]|k̂|[xw](?=[₀-₉]))(′?)(?![\w’])/g, "<i>$1$2</i>");
	const picture = (q) => {
		const m = layerModel(q), s = VIEW.stamps(m, { width: 640, counts: false, focus: 0, W: F, m });
		return `<div class="dr-scroll" tabindex="0" role="img" aria-label="${W.alt}"><svg class="tc-picture" width="${ceil(s.width)}" height="${ceil(s.height)}" viewBox="0 0 ${ceil(s.width)} ${ceil(s.height)}" aria-hidden="true">${layersOf({ ...s, labels: s.labels.map(unnamed) }).join("")}</svg></div>`;
	};
	// A picture to be read must not say its own numbers.
	const unnamed = (label) => ({ ...label, text: label.text.replace(/ = -?\d+/, "") });
	const legend = (q) => symbols(W.ask[q.kind](q));

	function fieldsOf(q, n) {
		if (q.ask !== "choice") return `<label>${W.yours} <input name="a${n}" autocomplete="off" inputmode="${q.ask === "number" ? "numeric" : "text"}" ${q.ask === "numbers" ? `aria-describedby="l${n}"` : ""}></label>${q.ask === "numbers" ? ` <small id="l${n}">${W.list}</small>` : ""}`;
		const radios = (name, texts) => texts.map((text, at) => `<label class="dr-option"><input type="radio" name="${name}" value="${at}"> <span>${symbols(text)}</span></label>`).join("");
		return radios(`a${n}`, q.options.map(W.option[q.kind])) + (q.reasons ? `<fieldset><legend>${W.why}</legend>${radios(`r${n}`, q.reasons.map((reason) => W.reasons[reason]))}</fieldset>` : "");
	}
	const asked = (q, n, head = "") => `<fieldset class="dr-question"><legend>${head}${legend(q)}</legend>${q.kind === "picture" ? picture(q.layer) : ""}${n === null ? "" : fieldsOf(q, n)}</fieldset>`;

	function answerText(q) {
		if (q.ask === "choice") return W.option[q.kind](q.options[q.answer]);
		return [q.answer].flat().join(", ");
	}

	// What leads to the answer, with the step at which a slip was made.
	function explained(q, slip) {
		const items = q.steps.map(([name, n]) => `<li${slip === name ? ' class="dr-slip"' : ""}>${symbols(W.step[name](q.layer, n))}</li>`);
		const told = q.kind === "cell" ? W.sum(q.pairs, q.answer) : q.kind === "round" ? W.roundTold(q) : q.kind === "repair" ? W.repairTold(q) : q.kind === "bias" ? W.biasTold() : q.kind === "mirror" ? W.mirrorTold(q) : q.kind === "refused" ? W.reasonOf(W.reasons[q.reason]) : "";
		return (told ? `<p>${symbols(told)}</p>` : "") + (items.length ? `<ol>${items.join("")}</ol>` : "");
	}
	function linksOf(q) {
		const [file, number] = CHAPTERS[q.kind], live = q.kind === "refused" ? null : q.layer;
		return `<p class="dr-links"><a href="book/${file}.html">${W.read(number)}</a>${live && NAMES.every((name) => inRange(name, live[name])) ? ` · <a href="explorer.html${toAddress(stateOf(live))}">${W.see}</a>` : ""}</p>`;
	}

	// ---- one after the other

	function kindNow() {
		if (topic) return topic;
		// The topics that went worst come more often: least right ones first, then in turn.
		const worst = [...KINDS].sort((a, b) => of(a).level - of(b).level || of(a).all - of(b).all);
		return worst[0];
	}
	function ask() {
		const kind = kindNow();
		turn += 1;
		question = questionOf(kind, of(kind).level, floor(Math.random() * 2 ** 31));
		done = false;
		$(".dr-ask").innerHTML = asked(question, 0);
		$(".dr-said").innerHTML = "";
		$(".dr-go").textContent = W.check;
		$(".dr-skip").hidden = false;
		status();
		if (turn > 1) $(".dr-ask input")?.focus();
	}
	function status() {
		const rows = KINDS.map((kind) => `<tr${kind === question?.kind ? ' aria-current="true"' : ""}><th scope="row">${W.topics[kind]}</th><td><meter min="0" max="${LEVELS}" value="${of(kind).level}" aria-label="${W.level(of(kind).level)}"></meter></td><td>${W.right(of(kind).right, of(kind).all)}</td></tr>`);
		$(".dr-progress").innerHTML = `<table>${rows.join("")}</table>`;
		$(".dr-where").textContent = question ? `${W.topics[question.kind]}, ${W.level(question.level)}` : "";
	}

	function given(n) {
		if (question.ask !== "choice") {
			const text = $(`[name=a${n}]`).value, answer = readAnswer(question, text);
			return [answer].flat().some(Number.isNaN) || !text.trim() ? [null, question.ask === "numbers" ? W.unreadList : W.unread] : [answer];
		}
		const chosen = (name) => $(`[name=${name}]:checked`)?.value ?? null, at = chosen(`a${n}`), reason = question.reasons && chosen(`r${n}`);
		return at === null || reason === null ? [null, W.unchosen] : [Number(at), , reason === undefined ? true : question.reasons[Number(reason)] === question.reason];
	}
	function check(shown = false) {
		const [answer, missing, reasoned = true] = shown ? [] : given(0);
		if (missing) return ($(".dr-said").innerHTML = `<p class="dr-bad">${missing}</p>`);
		const right = !shown && isRight(question, answer) && reasoned, mark = of(question.kind), slip = shown || right ? null : slipOf(question, answer);
		if (!done) {
			mark.all += 1;
			mark.right += right;
			mark.row = right ? mark.row + 1 : 0;
			if (mark.row >= UP) (mark.row = 0), (mark.level = min(mark.level + 1, LEVELS));
			else if (!right) mark.level = max(mark.level - 1, 1);
			keep();
		}
		done = true;
		const head = right ? `<p class="dr-good">${W.good}</p>` : shown ? "" : `<p class="dr-bad">${W.bad} ${isRight(question, answer) ? W.reasonBad : slip ? W.slips[slip] : ""}</p>`;
		$(".dr-said").innerHTML = head + (right ? "" : `<p><strong>${symbols(W.answer(answerText(question)))}</strong></p>`) + explained(question, slip) + linksOf(question);
		for (const field of host.querySelectorAll(".dr-ask input")) field.disabled = true;
		$(".dr-go").textContent = W.next;
		$(".dr-skip").hidden = true;
		status();
		$(".dr-go").focus();
	}

	// ---- a sheet

	function sheet(seed, many) {
		const questions = sheetOfQuestions(seed, many), cards = questions.map((q, n) => `<section class="dr-card">${asked(q, n, `<b>${n + 1}.</b> `)}<p class="dr-line no-screen"></p></section>`);
		host.innerHTML = `<div class="dr-bar no-print"><button type="button" class="dr-print">${W.print}</button> <a href="#">${W.endless}</a></div><p>${W.seed} ${seed}</p><div class="dr-sheet">${cards.join("")}</div><details class="dr-answers"><summary>${W.answers}</summary><h2 class="no-screen">${W.answers} · ${W.seed} ${seed}</h2><ol>${questions.map((q) => `<li>${symbols(answerText(q))}${q.kind === "refused" ? `: ${symbols(W.reasons[q.reason])}` : ""}</li>`).join("")}</ol></details>`;
	}

	function endless() {
		host.innerHTML = `<form class="dr-now"><div class="dr-bar"><label>${W.topic} <select name="topic"><option value="">${W.all}</option>${KINDS.map((kind) => `<option value="${kind}">${W.topics[kind]}</option>`).join("")}</select></label><span class="dr-where"></span></div>
<div class="dr-ask"></div><div class="dr-bar"><button class="dr-go"></button><button type="button" class="dr-skip">${W.skip}</button></div><div class="dr-said" role="status"></div><p><small>${W.keys}</small></p></form>
<section class="dr-side"><div class="dr-progress"></div><p><small>${W.private}</small> <button type="button" class="dr-reset">${W.reset}</button></p>
<form class="dr-make"><fieldset><legend>${W.sheet}</legend><label>${W.seed} <input name="seed" type="number" min="1" max="999999" value="1" required></label> <label>${W.many} <input name="many" type="number" min="1" max="60" value="18" required></label> <button>${W.make}</button></fieldset></form></section>`;
		$("[name=topic]").value = topic;
		ask();
	}

	function route() {
		const address = new URLSearchParams(location.hash.slice(1)), whole = (name, most) => (/^0*[1-9]\d{0,5}$/.test(address.get(name) ?? "") ? min(Number(address.get(name)), most) : null);
		if (whole("seed", 999999)) return sheet(whole("seed", 999999), whole("n", 60) ?? 18);
		topic = KINDS.includes(address.get("topic")) ? address.get("topic") : "";
		endless();
	}

	// ---- what a reader does

	host.addEventListener("submit", (event) => {
		event.preventDefault();
		if (event.target.className === "dr-make") {
			const data = new FormData(event.target);
			location.hash = `seed=${data.get("seed")}&n=${data.get("many")}`;
		} else if (done) ask();
		else check();
	});
	host.addEventListener("click", ({ target }) => {
		if (target.className === "dr-skip") check(true);
		if (target.className === "dr-print") print();
		if (target.className === "dr-reset") {
			if (target.dataset.sure) (progress = {}), keep(), endless();
			else (target.dataset.sure = 1), (target.textContent = W.sure);
		}
	});
	host.addEventListener("change", ({ target }) => {
		if (target.name === "topic") {
			topic = target.value;
			history.replaceState(null, "", topic ? `#topic=${topic}` : location.pathname + location.search);
			ask();
		}
	});
	host.addEventListener("keydown", (event) => {
		const { key, target } = event;
		if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-4]$/.test(key) || /^(text|number)$/.test(target.type) || target.tagName === "SELECT") return;
		const radio = host.querySelectorAll(".dr-ask [name=a0]")[key - 1];
		if (radio && !radio.disabled && radio.type === "radio") (radio.checked = true), radio.focus();
	});
	addEventListener("beforeprint", () => $(".dr-answers")?.setAttribute("open", ""));
	addEventListener("hashchange", route);
	document.title = W.title;
	route();
}

document.head.append(Object.assign(document.createElement("style"), { textContent: SCHEMES + PICTURE_CSS + DRILLS_CSS }));
drillsOf(document.querySelector("#drills"));
// For whoever makes sheets of another form.
globalThis.transposedConvolutionDrills = { kinds: KINDS, levels: LEVELS, question: questionOf, sheet: sheetOfQuestions };

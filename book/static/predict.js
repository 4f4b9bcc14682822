// A cell tagged `predict` keeps its output back until the reader has said what comes out.
// The answer is the output itself, read where it stands; nothing is remembered.
(() => {
  const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
  const endings = { one: "st", two: "nd", few: "rd", other: "th" };
  const WORDS = {
    en: {
      ask: "What comes out?",
      check: "check",
      show: "show",
      right: "Right.",
      empty: "Write down what you expect, for example 1, 2, 3.",
      one: "Not quite: another value comes out.",
      place: (n) => `Not quite: look at the ${n}${endings[ordinals.select(n)]} number.`,
      few: (n) => `Too few numbers: after these ${n} there are more.`,
      many: (n) => `Too many numbers: ${n === 1 ? "one comes" : `${n} come`} out.`,
      yours: "yours",
      output: "output",
    },
    zh: {
      ask: "猜一猜：结果是什么？",
      check: "核对",
      show: "看结果",
      right: "对了。",
      empty: "把你猜的写下来，例如 1, 2, 3。",
      one: "不对，结果是另一个值。",
      place: (n) => `不对，再看看第 ${n} 个数。`,
      few: (n) => `个数太少：这 ${n} 个之后还有。`,
      many: (n) => `个数太多：结果只有 ${n} 个。`,
      yours: "你的",
      output: "结果",
    },
  };
  const page = document.documentElement;
  const said = WORDS[page.lang.slice(0, 2)] ?? WORDS.en;
  // Before the first paint: the style hides the outputs, on a screen, while this class is set.
  page.classList.add("predicts");

  // --- Values ------------------------------------------------------------------------------

  // What stands around values: the names of containers, and what a tensor says of itself.
  const AROUND = /\b(?:tensor|torch|Size|array|range|np|u?int\d+|float\d+)\b/g;
  const OF_ITSELF = /,?\s*\b(?:dtype|device|grad_fn|requires_grad)=(?:<[^>]*>|[\w.'":]+)/g;
  const VALUE =
    /(?<![\w.])[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf|nan)(?!\w)|\b(?:true|false|none)\b/gi;
  const WORD = /\p{L}[\p{L}\d_]+/gu;

  function read(text) {
    // As typed on any keyboard: wide digits and commas, other signs for minus, 3 × 4, ½.
    const plain = text
      .normalize("NFKC")
      .replace(/[−–]/g, "-")
      .replace(/(?<=\d)\s*[x×]\s*(?=\d)/g, " ")
      .replace(/(\d+)[/⁄](\d+)/g, (_, above, below) => above / below)
      .replace(OF_ITSELF, "");
    const words = plain.replace(AROUND, " ").replace(VALUE, " ").match(WORD) ?? [];
    return { values: plain.match(VALUE) ?? [], words };
  }

  function equal(given, printed) {
    const [one, other] = [Number(given), Number(printed)];
    if (Number.isNaN(one) || Number.isNaN(other)) {
      return given.toLowerCase() === printed.toLowerCase();
    }
    // PyTorch prints four decimals: 1/3 to any more than these is meant.
    const decimals = /\.(\d{4,})$/.exec(printed)?.[1].length;
    return one === other || (decimals && Math.abs(one - other) <= 0.5001 * 10 ** -decimals);
  }

  // What can be typed: values, or a word or two. A sentence, or a picture, is only shown.
  function answerIn(output) {
    if (output.querySelector("img, table, .traceback, .stderr")) return null;
    const texts = [...output.querySelectorAll("pre")].map((one) => one.textContent);
    const { values, words } = read(texts.join("\n"));
    if (values.length && words.length <= values.length) return values;
    return words.length && words.length <= 2 && !values.length ? words : null;
  }

  function judge(text, answer) {
    const all = read(text);
    const given = all.values.length ? all.values : all.words;
    const wrong = given.findIndex((one, n) => n < answer.length && !equal(one, answer[n]));
    let reply;
    if (!given.length) reply = said.empty;
    else if (wrong >= 0) reply = answer.length > 1 ? said.place(wrong + 1) : said.one;
    else if (given.length < answer.length) reply = said.few(given.length);
    else if (given.length > answer.length) reply = said.many(answer.length);
    return { right: !reply, reply: reply ?? said.right, given };
  }

  // --- The form ----------------------------------------------------------------------------

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // The reader's row above the right one, place by place; the places wrap together.
  function compared(given, answer) {
    const places = Math.max(given.length, answer.length);
    const column = (one, other, className) => {
      const cell = (text) => make("span", {}, text);
      return make("li", { className }, cell(one), cell(other));
    };
    const columns = [column(said.yours, said.output, "names")];
    for (let n = 0; n < places; n++) {
      const [one, other] = [given[n] ?? "–", answer[n] ?? "–"];
      columns.push(column(one, other, equal(one, other) ? "" : "differs"));
    }
    return make("ol", { className: "compared" }, ...columns);
  }

  function prepare(cell) {
    const output = cell.querySelector(":scope > .cell_output");
    if (!output) return;
    const answer = answerIn(output);
    const form = make("form", { className: "prediction" });
    const field = make("input", { type: "text", autocomplete: "off", spellcheck: false });
    field.autocapitalize = "off";
    const check = make("button", { type: "submit" }, said.check);
    const show = make("button", { type: "button" }, said.show);
    const status = make("p", { role: "status" });
    let tries = 0;

    // What is said below tells the answer: it waits too, and a click on it is *show*.
    const told = cell.nextElementSibling;
    const waits = answer && told?.matches("p, .cell") && !told.matches(".tag_predict");

    function reveal() {
      if (waits) told.classList.remove("waits");
      output.hidden = false;
      output.classList.add("revealed");
      form.classList.add("done");
      check.remove();
      show.remove();
    }

    form.append(
      answer
        ? make("label", {}, make("span", {}, said.ask), field)
        : make("span", { className: "ask" }, said.ask),
      ...(answer ? [check] : []),
      show,
      status,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!answer || form.dataset.verdict === "right") return;
      field.focus(); // whichever way it was sent
      if (!field.value.trim()) {
        status.textContent = said.empty;
        return;
      }
      form.querySelector(".compared")?.remove();
      const { right, reply, given } = judge(field.value, answer);
      form.dataset.verdict = right ? "right" : "wrong";
      status.textContent = reply;
      if (right) {
        field.readOnly = true;
        reveal();
      } else if (++tries > 1 && answer.length > 1) {
        form.append(compared(given, answer));
      }
    });
    show.onclick = () => {
      reveal();
      // What was asked is answered: the focus goes where the eye goes.
      if (!form.dataset.verdict) form.hidden = true;
      else field.readOnly = true;
      output.tabIndex = -1;
      output.focus({ preventScroll: true });
    };
    // What a link leads to is shown. (Not hidden "until-found": the theme measures the page,
    // and the browser complains of each measure inside.)
    output.hidden = true;
    if (waits) {
      told.classList.add("waits");
      told.addEventListener("click", () => told.classList.contains("waits") && show.onclick());
    }
    const follow = () => {
      const target = document.getElementById(location.hash.slice(1));
      if (output.contains(target)) {
        show.onclick();
        target.scrollIntoView();
      }
    };
    addEventListener("hashchange", follow);
    follow();
    output.before(form);
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".cell.tag_predict").forEach(prepare);
  });
})();

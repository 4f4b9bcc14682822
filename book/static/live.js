// A picture comes alive where it stands; nothing is loaded for it until a reader asks.
(() => {
  const WORDS = {
    en: {
      take: "try it", back: "back to the picture", explorer: "in the explorer",
      label: "Live figure", fault: "The live figure did not load; the picture stays.",
    },
    zh: {
      take: "动手试试", back: "回到图片", explorer: "在演练场打开",
      label: "交互图", fault: "交互图加载失败，图片保留。",
    },
  };
  const NAME = "transposed-convolution";
  const page = document.documentElement;
  const said = WORDS[page.lang.slice(0, 2)] ?? WORDS.en;
  const here = document.currentScript.src;
  const calm = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  const plays = !calm.matches && !navigator.connection?.saveData;
  // Before the first paint: the cover's figure needs room.
  page.classList.toggle("plays", plays);

  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  let loading;
  function load() {
    return (loading ??= new Promise((resolve, reject) => {
      const script = make("script", { src: new URL(`${NAME}.js`, here), onload: resolve });
      script.onerror = () => {
        loading = script.remove(); // the next click tries again
        reject();
      };
      document.head.append(script);
    }));
  }

  // Change a figure while its top stays where it is: the browser itself would hold on to
  // what stands below.
  function steadily(figure, change) {
    const top = () => figure.getBoundingClientRect().top;
    const before = top();
    const hold = () => scrollBy({ top: top() - before, behavior: "instant" });
    change();
    hold();
    requestAnimationFrame(hold);
  }

  function prepare(figure) {
    const layer = figure.dataset.live;
    const button = make("button", { type: "button", textContent: said.take });
    const fault = make("span", { role: "status" });
    const foot = make("span", { className: "take" });
    const link = make("a", { textContent: said.explorer });
    let live;
    foot.append(button, " ", fault);
    (figure.querySelector("figcaption p") ?? figure).append(" ", foot);

    async function open(byItself) {
      fault.textContent = "";
      try {
        await load();
        if (!live) show(customElements.get(NAME).fromAddress(layer), byItself);
      } catch {
        if (!byItself) fault.textContent = said.fault;
      }
    }

    function show(attributes, byItself) {
      const component = make(NAME);
      const all = { ...attributes, compact: "", ...(byItself && { play: "" }) };
      for (const name in all) component.setAttribute(name, all[name]);
      live = make("div", { className: "live", role: "group", ariaLabel: said.label, tabIndex: -1 });
      live.append(component);
      const follow = () => (link.href = new URL(`../explorer.html${component.address}`, here));
      component.onchange = follow;
      steadily(figure, () => {
        figure.prepend(live);
        figure.classList.add("alive");
        button.textContent = said.back;
        foot.append(link);
        follow();
      });
      if (!byItself) live.focus({ preventScroll: true });
    }

    function close() {
      steadily(figure, () => {
        live = live.remove();
        figure.classList.remove("alive");
        page.classList.remove("plays");
        button.textContent = said.take;
        link.remove();
      });
      button.focus({ preventScroll: true });
    }

    button.onclick = () => (live ? close() : open());
    figure.querySelector("img").onclick = () => open();
    figure.onkeydown = (event) => {
      // The first Escape may let go of a cell.
      if (live && event.key === "Escape" && !event.defaultPrevented) close();
    };
    if (plays && figure.matches(".cover")) {
      addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => open(true)));
    }
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("figure[data-live]").forEach(prepare);
  });
})();

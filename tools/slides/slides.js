// The slides: reveal.js, pictures that come alive, and the speaker's window.
(() => {
  const NAME = "transposed-convolution";
  const printing = /print-pdf/.test(location.search);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  // A picture of a layer and the live figure of that layer, in turn.
  function toggle(figure) {
    const live = figure.querySelector(NAME);
    if (live) live.remove();
    else {
      const one = make(NAME);
      const attributes = customElements.get(NAME).fromAddress(figure.dataset.live);
      for (const name in attributes) one.setAttribute(name, attributes[name]);
      one.setAttribute("compact", "");
      one.setAttribute("data-prevent-swipe", "");
      figure.prepend(one);
    }
    figure.classList.toggle("alive", !live);
    figure.parentElement.querySelector(".take").textContent = live ? "▶ try it" : "✕ back";
  }

  const here = () => Reveal.getCurrentSlide();
  const figureHere = () => here().querySelector("figure[data-live]");

  for (const figure of printing ? [] : document.querySelectorAll("figure[data-live]")) {
    const button = make("button", { type: "button", className: "take", textContent: "▶ try it" });
    button.onclick = () => toggle(figure);
    figure.after(button);
  }

  let notes;
  function speak() {
    notes = window.open("", "notes", "width=900,height=600");
    if (!notes) return;
    notes.document.title = "Notes";
    notes.document.documentElement.lang = "en";
    tell();
  }

  function tell() {
    if (!notes || notes.closed) return;
    const next = Reveal.getSlides()[Reveal.getSlidePastCount() + 1];
    const heading = (slide) => slide.querySelector("h1, h2").textContent;
    notes.document.body.innerHTML = `<main style="font: 24px/1.45 system-ui, sans-serif; margin: 1rem">
<p style="color: #4a5258">${Reveal.getSlidePastCount() + 1} of ${Reveal.getTotalSlides()} <b id="clock"></b></p>
<h1 style="font-size: 1.3em"></h1><div class="said"></div><p style="color: #4a5258"></p></main>`;
    const [page] = notes.document.body.children;
    page.querySelector("h1").textContent = heading(here());
    page.querySelector(".said").innerHTML = here().querySelector("aside.notes")?.innerHTML ?? "";
    page.lastElementChild.textContent = next ? `Next: ${heading(next)}` : "The end";
    time();
  }

  function time() {
    const minutes = Math.floor((performance.now() - begun) / 60000);
    const clock = notes && !notes.closed && notes.document.getElementById("clock");
    if (clock) clock.textContent = `· ${minutes} min`;
  }
  const begun = performance.now();
  setInterval(time, 5000);

  Reveal.on("slidechanged", tell);
  MathJax.startup.promise.then(() =>
    Reveal.initialize({
      width: 1280,
      height: 720,
      margin: 0,
      center: false,
      display: "flex",
      hash: true,
      slideNumber: "c/t",
      transition: "none",
      backgroundTransition: "none",
      pdfMaxPagesPerSlide: 1,
      // What is typed into a live figure is the figure's.
      keyboardCondition: () => !document.activeElement?.closest(NAME),
      keyboard: { 76: () => figureHere() && toggle(figureHere()), 83: speak },
    }),
  );
})();

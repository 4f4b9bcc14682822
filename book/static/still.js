// Buttons that stop animations: whatever moves must be able to stand still.
document.addEventListener("DOMContentLoaded", () => {
  const words = {
    en: ["Stop", "Play", "Stop all", "Play all"],
    zh: ["停止", "播放", "全部停止", "全部播放"],
  };
  const said = words[document.documentElement.lang.slice(0, 2)] ?? words.en;
  const [stop, play, stopAll, playAll] = said;
  const images = [...document.querySelectorAll("img.moving")];
  if (!images.length) return;
  const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;

  const toggles = images.map((image) => {
    const source = image.src;
    const button = newButton();
    const show = (moves) => {
      // The picture's own style holds it where its address ends in #still.
      image.src = moves ? source : `${source}#still`;
      button.textContent = moves ? "❙❙" : "▶";
      button.setAttribute("aria-label", moves ? stop : play);
      button.onclick = () => show(!moves);
    };
    show(moving);
    (image.parentElement.querySelector("figcaption p") ?? image.parentElement).append(" ", button);
    return show;
  });

  const all = newButton("all");
  const showAll = (move) => {
    all.textContent = move ? stopAll : playAll;
    all.onclick = () => {
      toggles.forEach((show) => show(!move));
      showAll(!move);
    };
  };
  showAll(moving);
  images[0].closest("article").querySelector("h1").after(all);

  function newButton(kind = "one") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `still ${kind}`;
    return button;
  }
});

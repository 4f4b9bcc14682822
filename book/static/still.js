// A button on every animation: one that moves must be able to stand still.
document.addEventListener("DOMContentLoaded", () => {
  const words = { en: ["Stop", "Play"], zh: ["停止", "播放"] };
  const [stop, play] = words[document.documentElement.lang.slice(0, 2)] ?? words.en;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  for (const image of document.querySelectorAll("img.moving")) {
    const source = image.src;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "still";
    const show = (moves) => {
      // The picture's own style holds it where its address ends in #still.
      image.src = moves ? source : `${source}#still`;
      button.textContent = moves ? "❙❙" : "▶";
      button.setAttribute("aria-label", moves ? stop : play);
      button.onclick = () => show(!moves);
    };
    show(!calm.matches);
    (image.parentElement.querySelector("figcaption p") ?? image.parentElement).append(" ", button);
  }
});

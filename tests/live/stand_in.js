// Stands in for the component: as tall as one, with a control, and an Escape of its own.
customElements.define(
  "transposed-convolution",
  class extends HTMLElement {
    static fromAddress(text) {
      const names = { i: "input-size", k: "kernel-size", s: "stride", op: "output-padding" };
      const all = [...new URLSearchParams(text)].map(([key, value]) => {
        if (!(key in names)) throw new RangeError(key);
        return [names[key], value];
      });
      return Object.fromEntries(all);
    }
    get address() {
      const value = (name) => this.getAttribute(name);
      return `#i=${value("input-size")}&k=${value("kernel-size")}&s=${value("stride")}&op=${value("output-padding")}`;
    }
    connectedCallback() {
      this.innerHTML =
        '<div style="height: 400px"><label>stride <input name="s"></label>' +
        '<button type="button">pin</button></div>';
      this.querySelector("input").oninput = ({ target }) => {
        this.setAttribute("stride", target.value);
        this.dispatchEvent(new Event("change"));
      };
      const pin = this.querySelector("button");
      pin.onclick = () => (this.pinned = true);
      this.onkeydown = (event) => {
        if (event.key !== "Escape" || !this.pinned) return;
        this.pinned = false;
        event.preventDefault();
      };
    }
  },
);

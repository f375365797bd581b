// How loud a recording has been, from its beginning, as bars on a canvas.

import { h } from "./dom.js";

const WIDTH = 480;
const HEIGHT = 192;
const BAR = 6;

export class Levels {
  #canvas = h("canvas", { width: WIDTH, height: HEIGHT, class: "levels", "aria-hidden": "true" });
  #pen = this.#canvas.getContext("2d");
  #bars = [];
  #peak = 0;
  #blocks = 0;

  get element() {
    return this.#canvas;
  }

  clear() {
    this.#bars = [];
    this.#pen.clearRect(0, 0, WIDTH, HEIGHT);
  }

  /** @param level The loudness of a block of some milliseconds, 0 to 1; several make a bar. */
  add(level) {
    this.#peak = Math.max(this.#peak, level);
    if (++this.#blocks % 10 === 0) {
      this.#bars.push(this.#peak);
      this.#bars = this.#bars.slice(-WIDTH / BAR);
      this.#peak = 0;
      this.#draw();
    }
  }

  #draw() {
    this.#pen.clearRect(0, 0, WIDTH, HEIGHT);
    this.#pen.fillStyle = getComputedStyle(this.#canvas).color;
    this.#bars.forEach((bar, i) => {
      const height = Math.max(2, Math.min(1, bar) * (HEIGHT - 16));
      this.#pen.fillRect(i * BAR + 1, (HEIGHT - height) / 2, BAR - 2, height);
    });
  }
}

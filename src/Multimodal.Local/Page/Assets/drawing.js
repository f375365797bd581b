// A sheet of paper to draw on, with pen, finger or mouse.

import { h } from "./dom.js";

const SIDE = 280;
const PEN = 18;

export class Drawing {
  #canvas = h("canvas", {
    width: SIDE, height: SIDE, class: "paper", role: "img",
    "aria-label": "A sheet to draw on with mouse, pen or finger. Without one, choose a picture file instead.",
  });
  #pen = this.#canvas.getContext("2d");
  #last = null;
  #changed;

  /** @param onChange Called with whether anything is drawn. */
  constructor(onChange) {
    this.#changed = onChange;
    this.#canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    this.#canvas.addEventListener("pointermove", (event) => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.#canvas.addEventListener(end, () => { this.#last = null; });
    }
    this.clear();
  }

  get element() {
    return this.#canvas;
  }

  clear() {
    this.#pen.fillStyle = "#fff";
    this.#pen.fillRect(0, 0, SIDE, SIDE);
    this.#changed(false);
  }

  /** The sheet as a picture file. */
  toFile(name) {
    return new Promise((done) => this.#canvas.toBlob((blob) => done(new File([blob], name, { type: "image/png" })), "image/png"));
  }

  #begin(event) {
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#last = this.#at(event);
    this.#line(this.#last);
    this.#changed(true);
  }

  #go(event) {
    if (this.#last) {
      for (const step of event.getCoalescedEvents?.() ?? [event]) {
        this.#line(this.#at(step));
      }
    }
  }

  #line(to) {
    this.#pen.strokeStyle = "#111";
    this.#pen.lineWidth = PEN;
    this.#pen.lineCap = "round";
    this.#pen.beginPath();
    this.#pen.moveTo(this.#last.x, this.#last.y);
    this.#pen.lineTo(to.x, to.y);
    this.#pen.stroke();
    this.#last = to;
  }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * SIDE / box.width, y: (event.clientY - box.top) * SIDE / box.height };
  }
}

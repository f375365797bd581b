// Jobs that are near to something: to a text or a file that is asked for, or to a job.

import { find, pipelines } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { ago, moment, nameOf } from "./format.js";
import { problemCard } from "./problems.js";

const by = (vector) => vector === "fused" ? "All together" : nameOf(vector);

/** Jobs as cards that lead to them, nearest first. */
function cards(jobs) {
  return h("ul", { class: "jobs neighbours" }, jobs.map((job) =>
    h("li", { class: "job-item" },
      h("a", { href: `#job/${encodeURIComponent(job.jobId)}`, class: "job-link", title: job.jobId },
        h("span", { class: "tile" }, job.label ?? "✓"),
        h("span", { class: "job-words" },
          h("span", { class: "job-names" }, job.files.join(", ") || job.jobId),
          h("span", { class: "note" },
            `${by(job.vector)} · ${job.score.toFixed(3)} · `,
            h("time", { datetime: job.publishedAt, title: moment(job.publishedAt) }, ago(job.publishedAt))))))));
}

const missing = ({ incomplete }) => incomplete && h("p", { class: "note warning-text" }, "A part of the index cannot be read: jobs may be missing.");

/** What a job's result says of earlier ones. */
export function neighbourCard(outcome) {
  return h("section", { class: "card", "aria-label": "Similar jobs" },
    h("h2", {}, "Similar jobs"),
    outcome.neighbours.length ? cards(outcome.neighbours) : h("p", { class: "note" }, "No earlier job is in the index."),
    missing(outcome));
}

/** Asks for a text or a file, and shows the jobs that are near to it. Only where a pipeline keeps jobs. */
export class FindBox {
  #text;
  #found = h("div", {});
  #pipeline;
  #running;

  constructor(place) {
    this.#text = h("input", { type: "search", id: "find-text", placeholder: "what it is about", autocomplete: "off" });
    const file = h("input", { type: "file", class: "unseen", id: "find-file", tabindex: -1, onchange: () => this.#ask({ file: file.files[0] }).finally(() => { file.value = ""; }) });
    this.#offer(place, h("section", { class: "find", "aria-label": "Find similar jobs" },
      h("h2", {}, "Find similar"),
      h("form", {
        onsubmit: (event) => {
          event.preventDefault();
          this.#ask({ text: this.#text.value.trim() });
        },
      },
        h("label", { for: "find-text" }, "Like this text"),
        this.#text,
        h("div", { class: "row" },
          h("button", { class: "button quiet small" }, "Find"),
          h("button", { type: "button", class: "button quiet small", onclick: () => file.click() }, "Like a file …"),
          h("label", { for: "find-file", class: "unseen" }, "A file to find similar jobs of"),
          file)),
      this.#found));
  }

  async #offer(place, section) {
    try {
      const keeping = (await pipelines()).filter(({ tasks }) => tasks?.some(({ index }) => index));
      this.#pipeline = (keeping.find((pipeline) => pipeline.default) ?? keeping[0])?.name;
    } catch {
      // Without the pipelines there is nothing to offer; what is wrong is said where jobs are sent.
    }
    if (this.#pipeline) {
      fill(place, section);
    }
  }

  async #ask({ text, file }) {
    if (!text && !file) {
      fill(this.#found);
      return;
    }
    this.#running?.abort();
    const running = this.#running = new AbortController();
    try {
      const answer = await find({ text, file, pipeline: this.#pipeline, k: 5 }, running.signal);
      fill(this.#found,
        file && h("p", { class: "note wrap" }, `Like ${file.name}:`),
        answer.jobs.length ? cards(answer.jobs) : h("p", { class: "note" }, "No jobs yet."),
        missing(answer));
      announce(answer.jobs.length === 1 ? "1 similar job." : `${answer.jobs.length} similar jobs.`);
    } catch (error) {
      if (!running.signal.aborted) {
        fill(this.#found, problemCard(error));
      }
    }
  }
}

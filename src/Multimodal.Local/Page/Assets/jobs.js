// The list of past jobs, with search.

import { erase, list } from "./api.js";
import { confirmErasure } from "./dialogs.js";
import { announce, fill, h } from "./dom.js";
import { ago, moment } from "./format.js";
import { problemCard } from "./problems.js";

const PAUSE = 180;
const EVERY = 5000;

export class JobList {
  #items = h("ul", { class: "jobs" });
  #count = h("p", { class: "note", id: "count" });
  #more = h("button", { class: "button quiet", type: "button", hidden: true, onclick: () => this.load(true) }, "Show more");
  #search;
  #jobs = [];
  #marked;
  #continuation;
  #running;
  #timer;

  constructor(place) {
    this.#search = h("input", {
      type: "search", id: "search", placeholder: "verdict:7, photo.png, failed …", autocomplete: "off", spellcheck: "false",
      oninput: () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.load(), PAUSE);
      },
    });
    fill(place,
      h("h2", {}, "Jobs"),
      h("label", { for: "search" }, "Search"),
      this.#search,
      this.#count,
      this.#items,
      this.#more);
    setInterval(() => {
      if (!document.hidden && this.#jobs.length <= 30) {
        this.load();
      }
    }, EVERY);
  }

  /** Says which job is shown. */
  mark(id) {
    this.#marked = id;
    this.#show();
  }

  async load(more = false) {
    this.#running?.abort();
    const running = this.#running = new AbortController();
    try {
      const page = await list(this.#search.value.trim(), more ? this.#continuation : null, running.signal);
      this.#jobs = more ? [...this.#jobs, ...page.jobs] : page.jobs;
      this.#continuation = page.continuation;
      this.#more.hidden = !page.continuation;
      this.#count.textContent = page.total === 1 ? "1 job" : `${page.total.toLocaleString("en")} jobs`;
      this.#show();
    } catch (error) {
      if (!running.signal.aborted) {
        fill(this.#items, h("li", {}, problemCard(error)));
      }
    }
  }

  /** Asks, and erases a job. Whether it was erased. */
  async erase(id) {
    if (!await confirmErasure(id)) {
      return false;
    }
    await erase(id);
    announce("The job is deleted.");
    await this.load();
    return true;
  }

  #show() {
    const focused = this.#items.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    fill(this.#items, this.#jobs.map((job) => this.#item(job)));
    if (focused) {
      this.#items.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #item(job) {
    const verdict = job.verdicts[0];
    const open = job.state === "open";
    const names = job.inputs.join(", ") || "no inputs";
    const state = open ? "running" : job.outcome;
    return h("li", { class: "job-item", data: { state } },
      h("a", {
        href: `#job/${encodeURIComponent(job.jobId)}`, class: "job-link", title: job.jobId,
        "aria-current": job.jobId === this.#marked ? "page" : null, data: { key: `open-${job.jobId}` },
      },
        h("span", { class: (verdict?.label.length ?? 0) > 3 ? "tile words" : "tile" }, verdict ? verdict.label : open ? "…" : job.outcome === "failed" ? "–" : "✓"),
        h("span", { class: "job-words" },
          h("span", { class: "job-names" }, names),
          h("span", { class: "note" },
            h("time", { datetime: job.startedAt, title: moment(job.startedAt) }, ago(job.startedAt)),
            state === "succeeded" ? "" : ` · ${state}`,
            job.revision > 1 ? ` · revision ${job.revision}` : ""))),
      h("button", {
        type: "button", class: "cross", "aria-label": `Delete the job of ${names}`, title: "Delete", data: { key: `delete-${job.jobId}` },
        onclick: async () => {
          if (await this.erase(job.jobId).catch(() => false) && job.jobId === this.#marked) {
            location.hash = "";
          }
        },
      }, "×"));
  }
}

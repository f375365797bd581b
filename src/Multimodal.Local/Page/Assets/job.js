// One job: its progress while it runs, then its result.

import { file, paths, rerun, watch } from "./api.js";
import { contributions, scores, waterfall } from "./charts.js";
import { announce, fill, h } from "./dom.js";
import { duration, moment, nameOf, percent } from "./format.js";
import { showInputs } from "./inputs.js";
import { neighbourCard } from "./neighbours.js";
import { problemCard } from "./problems.js";

const STAGES = [["collecting", "Collect"], ["encoding", "Encode"], ["fusing", "Fuse"], ["publishing", "Publish"]];
const DECISIONS = { accept: "Accept", review: "Review", reject: "Reject" };
const STANDING = { agree: "Agreement", conflict: "Conflict", single: "One voice" };

// Whatever scored labels: its outcome has scores.
const isVerdict = ({ scores: scored }) => Boolean(scored);

class JobPage {
  #id;
  #jobs;
  #watching = new AbortController();
  #head = h("div", {});
  #trouble = h("div", {});
  #progress = h("div", {});
  #result = h("div", { class: "result" });
  #inputs = h("section", { class: "inputs-section" });
  #shown = { result: "", inputs: "" };
  #leaveInputs = () => {};

  constructor(id, jobs) {
    this.#id = id;
    this.#jobs = jobs;
  }

  show(place) {
    fill(place, this.#head, this.#trouble, this.#progress, this.#result, this.#inputs);
    fill(this.#head, this.#title(null));
    this.#follow();
    return () => {
      this.#watching.abort();
      this.#leaveInputs();
    };
  }

  async #follow() {
    this.#watching.abort();
    const { signal } = this.#watching = new AbortController();
    try {
      for await (const job of watch(this.#id, signal)) {
        if (signal.aborted) {
          return;
        }
        this.#render(job);
      }
      this.#jobs.load();
    } catch (error) {
      if (!signal.aborted) {
        fill(this.#trouble, problemCard(error, h("a", { class: "button quiet", href: "#" }, "New job")));
        fill(this.#progress);
      }
    }
  }

  #render(job) {
    fill(this.#head, this.#title(job));
    fill(this.#progress, job.state === "open" && stepper(job));
    if (this.#changed("result", job.result ?? null)) {
      fill(this.#result, job.result && result(job));
    }
    this.#result.classList.toggle("old", job.state === "open" && Boolean(job.result));
    if (this.#changed("inputs", [job.inputs, !job.result])) {
      this.#leaveInputs();
      this.#leaveInputs = showInputs(this.#inputs, this.#id, job.inputs, !job.result);
    }
    announce(job.state === "open" ? words(job) : closing(job));
  }

  #changed(part, value) {
    const text = JSON.stringify(value);
    const changed = this.#shown[part] !== text;
    this.#shown[part] = text;
    return changed;
  }

  #title(job) {
    const { result: resultPath, embeddings } = paths(this.#id);
    const save = (path, name, words) => h("button", { type: "button", class: "button quiet small", onclick: () => this.#save(path, name) }, words);
    return h("div", { class: "head" },
      h("div", {},
        h("h1", { class: "job-title wrap" }, h("span", { class: "note block" }, "Job"), this.#id),
        job && h("p", { class: "note" },
          h("time", { datetime: job.startedAt }, moment(job.startedAt)), ` · ${job.pipeline} · revision ${job.revision}`)),
      h("div", { class: "row" },
        job?.result && save(resultPath, `${this.#id}.json`, "result.json"),
        job?.result?.fusion && save(embeddings, `${this.#id}.safetensors`, "embeddings"),
        job?.state === "closed" && h("button", { type: "button", class: "button quiet small", onclick: () => this.#rerun() }, "Run again"),
        job && h("button", { type: "button", class: "button quiet danger-text small", onclick: () => this.#erase() }, "Delete")));
  }

  // By way of a request, because a link shows no key.
  async #save(path, name) {
    await this.#try(async () => {
      const url = URL.createObjectURL(await file(path));
      h("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    });
  }

  #rerun() {
    return this.#try(async () => {
      this.#render(await rerun(this.#id));
      this.#follow();
    });
  }

  #erase() {
    return this.#try(async () => {
      if (await this.#jobs.erase(this.#id)) {
        location.hash = "";
      }
    });
  }

  async #try(action) {
    try {
      fill(this.#trouble);
      await action();
    } catch (error) {
      fill(this.#trouble, problemCard(error));
    }
  }
}

function words({ progress, inputs }) {
  const stage = progress?.stage ?? "collecting";
  const awaited = inputs.filter(({ state }) => state === "awaited").length;
  return stage === "collecting" && awaited ? `Waiting for ${awaited} of ${inputs.length} inputs.`
    : stage === "collecting" ? "Collecting the inputs."
    : stage === "encoding" ? "The encoders are at work."
    : stage === "fusing" ? "Fusing and deciding."
    : "Storing the result.";
}

function closing({ outcome, result: made }) {
  const verdict = made?.outcomes.find(isVerdict);
  const decision = made?.outcomes.find(({ kind }) => kind === "decision");
  return verdict ? `Done: ${verdict.task} ${verdict.label}, ${percent(verdict.confidence)}. ${verdict.agreement?.words ?? ""}${decision ? ` Decision: ${decision.decision}. ${decision.reason}` : ""}`
    : made?.outcomes.some(({ kind }) => kind === "transcription") ? "Done: what is said is written down."
    : made?.fusion ? `Done: an embedding of ${made.fusion.dimensions ?? "some"} dimensions.` : `Done: ${outcome}.`;
}

function stepper(job) {
  const at = Math.max(0, STAGES.findIndex(([stage]) => stage === job.progress?.stage));
  return h("section", { class: "card progress", "aria-label": "Progress" },
    h("ol", { class: "steps" }, STAGES.map(([, name], i) =>
      h("li", { class: i < at ? "done" : i === at ? "now" : "", "aria-current": i === at ? "step" : null }, name))),
    h("p", {}, words(job)),
    job.deadline && h("p", { class: "note" }, `It goes on with what is there at ${moment(job.deadline)} at the latest.`));
}

function result(job) {
  const made = job.result;
  const verdicts = made.outcomes.filter(isVerdict);
  const spoken = made.outcomes.filter(({ kind }) => kind === "transcription");
  return [
    made.revision < job.revision && h("p", { class: "note" }, `Revision ${job.revision} runs; this is the result of revision ${made.revision}.`),
    made.error && problemCard({ message: made.error.message, remedy: made.error.remedy, code: made.error.code }),
    made.outcomes.filter(({ kind }) => kind === "decision").map(decision),
    verdicts.map((verdict) => [
      hero(verdict, made),
      h("div", { class: "columns" },
        verdict.contributions && contributions(verdict),
        scores(verdict, made.modalities)),
    ]),
    spoken.map(transcriptCard),
    made.outcomes.every(({ kind }) => kind === "retrieval") && made.fusion && embedded(made),
    made.outcomes.filter(({ kind }) => kind === "retrieval").map(neighbourCard),
    leftOut(made),
    made.stages.length > 0 && waterfall(made),
  ];
}

function decision({ task, of, decision: made, reason, rule }) {
  return h("section", { class: "card decision", "aria-label": "Decision", data: { decision: made } },
    h("p", {}, h("span", { class: "note" }, `${task} of ${of} `), h("span", { class: "chip" }, DECISIONS[made] ?? made)),
    h("p", { class: "wrap" }, reason),
    h("p", { class: "note" }, rule ? `Rule ${rule} decided.` : "No rule decided."));
}

function hero(verdict, made) {
  const { agreement } = verdict;
  return h("section", { class: "card hero", "aria-label": "Verdict", data: { standing: agreement?.state } },
    h("p", { class: "label" }, h("span", { class: "note block" }, verdict.task), h("span", { class: verdict.label.length > 3 ? "words wrap" : "" }, verdict.label)),
    h("div", {},
      h("p", { class: "confidence" }, percent(verdict.confidence)),
      verdict.labels && h("p", { class: "wrap" }, verdict.labels.length ? ["Applies: ", verdict.labels.map((label) => [h("span", { class: "chip" }, label), " "])] : "No label reaches its threshold."),
      agreement && h("p", { class: "agreement" }, h("span", { class: "chip" }, STANDING[agreement.state]), " ", h("span", { class: "wrap" }, agreement.words)),
      h("p", { class: "note" }, standing(made))));
}

const standing = (made) => [
  made.status === "partial" ? "Something was left out; see below. " : "",
  `Fusion: ${made.fusion.method}. `,
  made.fusion.weights && `Weights: ${Object.entries(made.fusion.weights).map(([modality, weight]) => `${modality} ${weight.toFixed(2)}`).join(", ")}. `,
  `In ${duration(new Date(made.completedAt) - new Date(made.startedAt))}.`,
];

// What is said in each recording, and when: its words, or else its sentences.
function transcriptCard({ task, inputs }) {
  return h("section", { class: "card", "aria-label": "Transcript" },
    h("p", { class: "note" }, task),
    inputs.map(({ name, transcript }) => h("div", {},
      h("p", {}, h("span", { class: "note" }, `${name}  `), transcript.text || "(nobody speaks)"),
      h("p", { class: "note" }, (transcript.words.length ? transcript.words : transcript.segments)
        .map(({ text, start, end }) => `${text} ${start.toFixed(2)}–${end.toFixed(2)} s`).join(" · ")))));
}

// A pipeline without tasks gives no verdict, but what other programs search and compare by.
function embedded(made) {
  const { dimensions } = made.fusion;
  return h("section", { class: "card hero", "aria-label": "Embedding" },
    h("p", { class: "label" }, h("span", { class: "note block" }, "size"), String(dimensions ?? "?")),
    h("div", {},
      h("p", { class: "confidence" }, "Embedding"),
      h("p", {}, "No task gives a verdict: the result is the embedding of each input, of each modality and of all together, vectors of that many numbers."),
      h("p", { class: "note" }, standing(made))));
}

function leftOut(made) {
  const reasons = [
    ...made.modalities.filter(({ error }) => error).map(({ modality, error }) => [nameOf(modality), error.message, error.remedy]),
    ...made.inputs.filter(({ error }) => error).map(({ name, error }) => [name, error.message, error.remedy]),
    ...made.outcomes.filter(({ kind }) => kind === "failed").map(({ task, error }) => [task, error.message, error.remedy]),
    ...made.awaited.map((name) => [name, "It had not come by the deadline.", "Send it, and run the job again."]),
  ];
  return reasons.length > 0 && h("section", { class: "card problem", "aria-labelledby": "left-out-title" },
    h("h2", { id: "left-out-title" }, "Left out"),
    h("ul", { class: "reasons" }, reasons.map(([name, message, remedy]) =>
      h("li", {}, h("span", { class: "strong wrap" }, name), h("span", { class: "wrap block" }, message), h("span", { class: "note wrap block" }, remedy)))));
}

/** Shows a job. Gives what is to be called when it is left. */
export function showJob(place, id, jobs) {
  document.title = `Job ${id} · Multimodal`;
  return new JobPage(id, jobs).show(place);
}

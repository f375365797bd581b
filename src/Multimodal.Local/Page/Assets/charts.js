// What came out, drawn: contributions that add up, scores side by side, stages in time. Each is a table or list to those who listen.

import { h, icon, place } from "./dom.js";
import { duration, nameOf, percent, signed } from "./format.js";

const MOST_LABELS = 12;

/** From the prior, modality by modality, to the probability of the verdict. */
export function contributions({ label, confidence, without, contributions: { prior, modalities } }) {
  const steps = Object.entries(modalities);
  let sum = prior;
  const rows = [
    { kind: "prior", name: "Before anything is known", from: 0, to: prior, value: percent(prior) },
    ...steps.map(([modality, share]) => {
      const row = { kind: modality, name: nameOf(modality), from: sum, to: sum + share, value: signed(share) };
      sum += share;
      return row;
    }),
    { kind: "fused", name: "Together", from: 0, to: confidence, value: percent(confidence) },
  ];
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const low = Math.min(0, ...ends);
  const span = Math.max(1, ...ends) - low;
  return h("section", { class: "card", "aria-labelledby": "contributions-title" },
    h("h2", { id: "contributions-title" }, `What speaks for ${label}`),
    h("dl", { class: "bridge" }, rows.map(({ kind, name, from, to, value }) =>
      h("div", { class: "bridge-row", data: { modality: kind, sign: to < from ? "minus" : "plus" } },
        h("dt", {}, name),
        h("dd", {},
          h("span", { class: "track", "aria-hidden": "true" },
            place(h("span", { class: "bar" }), (Math.min(from, to) - low) / span, Math.abs(to - from) / span),
            place(h("span", { class: "end" }), (to - low) / span, 0)),
          h("span", { class: "value" }, value))))),
    without && h("p", { class: "note without" }, Object.entries(without).map(([modality, verdict]) =>
      `Without the ${modality}: ${verdict.label} (${percent(verdict.confidence)}). `)),
    h("p", { class: "note" }, "The bars add up: each modality’s share is its Shapley value, what it adds to the others on average over every order."));
}

/** Each label's probability by each modality alone and by all together. */
export function scores(fused, modalities) {
  const columns = [
    ...modalities.filter(({ outcomes }) => outcomes.length).map(({ modality, outcomes }) => ({
      kind: modality, name: nameOf(modality), verdict: outcomes.find(({ task }) => task === fused.task),
    })),
    { kind: "fused", name: "Together", verdict: fused },
  ];
  const of = (verdict) => new Map((verdict?.scores ?? []).map(({ label, score }) => [label, score]));
  const values = columns.map(({ verdict }) => of(verdict));
  const labels = choose([...values.at(-1).keys()], values);
  return h("section", { class: "card", "aria-labelledby": "scores-title" },
    h("h2", { id: "scores-title" }, "What each one says"),
    h("table", { class: "scores" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, fused.task), columns.map(({ kind, name }) =>
        h("th", { scope: "col", data: { modality: kind } }, kind !== "fused" && icon(kind), h("span", {}, name))))),
      h("tbody", {}, labels.map((label) => h("tr", { class: label === fused.label ? "verdict" : "" },
        h("th", { scope: "row" }, label),
        columns.map(({ kind, verdict }, i) => {
          const score = values[i].get(label);
          if (!verdict || score === undefined) {
            return h("td", { data: { modality: kind } }, h("span", { class: "value" }, "–"), h("span", { class: "unseen" }, "not kept"));
          }
          return h("td", { data: { modality: kind }, class: verdict.label === label ? "best" : "" },
            h("span", { class: "track", "aria-hidden": "true" }, place(h("span", { class: "bar" }), 0, score)),
            h("span", { class: "value" }, score >= 0.0005 ? (100 * score).toFixed(1) : "·"),
            score < 0.0005 && h("span", { class: "unseen" }, "0"));
        }))))),
    h("p", { class: "note" }, labels.length < values.at(-1).size ? `The ${labels.length} likeliest of ${values.at(-1).size} labels, in per cent.` : "In per cent."));
}

function choose(labels, values) {
  const likeliest = (label) => Math.max(...values.map((scoresOf) => scoresOf.get(label) ?? 0));
  return labels.length <= MOST_LABELS
    ? labels.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    : labels.toSorted((a, b) => likeliest(b) - likeliest(a)).slice(0, MOST_LABELS);
}

/** When each stage ran, and how long. */
export function waterfall({ startedAt, completedAt, stages }) {
  const asked = new Date(startedAt).getTime();
  const timed = stages.map((stage) => ({ ...stage, begin: stage.startedAt ? new Date(stage.startedAt) - asked : null }))
    .toSorted((a, b) => (a.begin ?? -1) - (b.begin ?? -1));

  // What an earlier revision left behind was done before this one was asked for.
  const kept = timed.filter(({ begin }) => begin === null || begin < -1);
  const run = timed.filter((stage) => !kept.includes(stage));
  const end = Math.max(new Date(completedAt) - asked, ...run.map(({ begin, milliseconds }) => begin + milliseconds), 1);
  const step = niceStep(end / 4);
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
  return h("section", { class: "card", "aria-labelledby": "times-title" },
    h("h2", { id: "times-title" }, "Where the time went"),
    h("div", { class: "waterfall" },
      h("div", { class: "ticks", "aria-hidden": "true" }, ticks.map((tick) => place(h("span", {}, tickOf(tick)), tick / end, 0))),
      h("ol", {}, run.map(({ stage, modality, begin, milliseconds }) =>
        h("li", { data: { modality: modality ?? "fused" } },
          h("span", { class: "stage" }, `${stage}${modality ? ` ${modality}` : ""}`),
          h("span", { class: "track", "aria-hidden": "true" }, place(h("span", { class: "bar" }), Math.max(0, begin) / end, milliseconds / end)),
          h("span", { class: "value" }, duration(milliseconds)))))),
    kept.length > 0 && h("p", { class: "note" }, `Found from an earlier run: ${kept.map(({ stage, modality }) => `${stage}${modality ? ` ${modality}` : ""}`).join(", ")}.`),
    h("p", { class: "note" }, `From being asked for to the result: ${duration(new Date(completedAt) - asked)}.`));
}

// A tick is a round number; its last digits are none.
const tickOf = (milliseconds) => milliseconds >= 1000 ? `${Number((milliseconds / 1000).toPrecision(6))} s` : `${Number(milliseconds.toPrecision(6))} ms`;

function niceStep(rough) {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= rough);
}

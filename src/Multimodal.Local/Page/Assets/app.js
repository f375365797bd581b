// Puts the page together: what stands in the address chooses what is shown.

import { onKeyNeeded, ready } from "./api.js";
import { showCompose } from "./compose.js";
import { askForKey } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { showJob } from "./job.js";
import { JobList } from "./jobs.js";
import { FindBox } from "./neighbours.js";

const main = document.getElementById("main");
let leave = () => {};
let visits = 0;

onKeyNeeded(askForKey);
const jobs = new JobList(document.getElementById("jobs"));
new FindBox(document.getElementById("find"));

async function route() {
  leave();
  leave = () => {};
  const visit = ++visits;
  const id = /^#job\/(.+)$/.exec(location.hash)?.[1];
  jobs.mark(id && decodeURIComponent(id));
  document.getElementById("new").hidden = !id;
  const left = id ? await showJob(main, decodeURIComponent(id), jobs) : await showCompose(main, jobs);
  if (visit !== visits) {
    left();
    return;
  }
  leave = left;
}

function go() {
  route();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

async function showHost() {
  const host = document.getElementById("host");
  try {
    const { pipeline, runtime } = await ready();
    const provider = runtime.executionProviders[0]?.replace(/ExecutionProvider$/, "");
    fill(host, h("span", { class: "dot good" }), `${pipeline.name} ${pipeline.version} · ${provider}`);
    host.title = runtime.name;
  } catch {
    fill(host, h("span", { class: "dot bad" }), "not ready");
  }
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", go);
route();
showHost();
jobs.load();

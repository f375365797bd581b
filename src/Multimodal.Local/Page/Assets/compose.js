// The form of a new job: files dropped or chosen, a sheet to draw on, a recording, a text; or a sample.

import { pipelines, samples, submit, submitSample } from "./api.js";
import { announce, fill, h, icon } from "./dom.js";
import { Drawing } from "./drawing.js";
import { bytes, guessModality, MODALITIES } from "./format.js";
import { Levels } from "./levels.js";
import { problemCard } from "./problems.js";
import { canRecord, Recording } from "./recorder.js";

const byModality = (a, b) => MODALITIES.indexOf(a) - MODALITIES.indexOf(b);

class Composer {
  #files = [];
  #jobs;
  #known = [];
  #recording = null;
  #drawn = false;
  #list = h("ul", { class: "files", "aria-label": "Files of the job" });
  #trouble = h("div", {});
  #samples = h("section", { hidden: true, "aria-labelledby": "samples-title" });
  #pipeline = h("select", { id: "pipeline", onchange: () => this.#showAccepted() });
  #weights = {};
  #labels = h("textarea", { id: "labels", rows: 3, "aria-describedby": "labels-note" });
  #labelsNote = h("p", { class: "note", id: "labels-note" });
  #labelsField = h("div", { class: "field labels", hidden: true }, h("label", { for: "labels" }, "Labels to choose from"), this.#labels, this.#labelsNote);
  #fusion = h("select", { id: "fusion" });
  #fusionField = h("div", { class: "field", hidden: true }, h("label", { for: "fusion" }, "Fusion"), this.#fusion);
  #text = h("textarea", { id: "text", rows: 5, placeholder: "Write or paste", oninput: () => this.#update() });
  #run = h("button", { class: "button primary large", type: "submit", disabled: true }, "Run the job");
  #hint = h("p", { class: "note", id: "hint" });
  #clear = h("button", { class: "button quiet small", type: "button", hidden: true, onclick: () => this.#drawing.clear() }, "Clear");
  #invitation = h("span", { "aria-hidden": "true" }, "Draw here");
  #drawing = new Drawing((drawn) => {
    this.#drawn = drawn;
    this.#clear.hidden = !drawn;
    this.#invitation.hidden = drawn;
    this.#update();
  });
  #levels = new Levels();
  #clock = h("span", { class: "clock" }, "0.0 s");
  #record = h("button", { class: "button record", type: "button", onclick: () => this.#toggleRecording() }, "Record");
  #panels = {};

  constructor(jobs) {
    this.#jobs = jobs;
  }

  async show(place) {
    fill(place, this.#form(), this.#samples);
    this.#update();
    const stop = this.#takeDrops();
    try {
      const [known, ready] = await Promise.all([pipelines(), samples()]);
      this.#showPipelines(known);
      this.#showSamples(ready);
    } catch (error) {
      fill(this.#trouble, problemCard(error));
    }
    return () => {
      stop();
      this.#recording?.stop();
    };
  }

  #form() {
    const picker = (id, accept) => h("input", {
      type: "file", id, class: "unseen", multiple: true, accept,
      onchange: (event) => {
        this.#add([...event.target.files]);
        event.target.value = "";
      },
    });
    const choose = (id, accept, words) => [picker(id, accept), h("label", { for: id, class: "button quiet small" }, words)];
    const panel = (modality, title, ...content) => this.#panels[modality] = h("fieldset", { class: "panel", data: { modality } },
      h("legend", {}, icon(modality), title), content);
    return h("form", { class: "compose", onsubmit: (event) => this.#submit(event) },
      h("h1", {}, "New job"),
      h("p", { class: "lead" }, "Put in what belongs together: a picture, a recording, a text. What is missing or broken is left out, and the result says so."),
      this.#trouble,
      h("div", { class: "panels" },
        panel("image", "Image", h("div", { class: "sheet" }, this.#drawing.element, this.#invitation),
          h("div", { class: "row" }, choose("image-file", "image/*", "Choose a picture"), this.#clear)),
        panel("audio", "Audio",
          h("div", { class: "recorder" }, this.#record, this.#clock, this.#levels.element),
          h("p", { class: "note" }, canRecord()
            ? "Say it in a word or two; up to 30 seconds. The sound stays here until you run the job."
            : "Recording needs a microphone, and this page over HTTPS or on localhost."),
          h("div", { class: "row" }, choose("audio-file", "audio/*,.wav,.flac,.mp3,.ogg,.opus,.m4a,.aac,.webm,.mka", "Choose a recording"))),
        panel("text", "Text", h("label", { for: "text", class: "unseen" }, "Text"), this.#text,
          h("div", { class: "row" }, choose("text-file", ".txt,text/plain", "Choose a text file")))),
      h("div", { class: "drop", id: "drop" },
        h("p", {}, "… or drop files anywhere on this page."), this.#list),
      this.#labelsField,
      h("details", { class: "options" },
        h("summary", {}, "Options"),
        h("div", { class: "option-grid" },
          h("div", { class: "field" }, h("label", { for: "pipeline" }, "Pipeline"), this.#pipeline),
          this.#fusionField,
          MODALITIES.map((modality) => this.#weight(modality)))),
      h("div", { class: "row submit" }, this.#run, this.#hint));
  }

  #weight(modality) {
    const output = h("output", { for: `weight-${modality}` }, "1");
    const slider = this.#weights[modality] = h("input", {
      type: "range", id: `weight-${modality}`, min: 0, max: 3, step: 0.25, value: 1,
      oninput: () => { output.textContent = slider.value; },
    });
    return h("div", { class: "field", data: { modality } },
      h("label", { for: `weight-${modality}` }, `Weight of the ${modality}`), h("div", { class: "row tight" }, slider, output));
  }

  #showPipelines(known) {
    this.#known = known;
    fill(this.#pipeline, known.map((pipeline) =>
      h("option", { value: pipeline.name, selected: pipeline.default, disabled: !pipeline.usable },
        pipeline.usable ? pipeline.name : `${pipeline.name} (cannot be used)`)));
    this.#showAccepted();
  }

  #chosen() {
    return this.#known.find((pipeline) => pipeline.name === this.#pipeline.value);
  }

  // Of pipelines that take labels; empty where theirs will do.
  #showLabels() {
    const tasks = (this.#chosen()?.tasks ?? []).filter(({ takesLabels }) => takesLabels);
    const own = tasks.find(({ labels }) => labels)?.labels;
    this.#labelsField.hidden = tasks.length === 0;
    this.#labels.required = tasks.some(({ labels }) => !labels);
    this.#labelsNote.textContent = own ? `One on each line. Left empty: ${own.join(", ")}.` : "One on each line.";
  }

  #showFusion() {
    const methods = this.#chosen()?.fusionMethods ?? [];
    this.#fusionField.hidden = methods.length < 2;
    fill(this.#fusion, methods.map((method, i) => h("option", { value: i ? method : "" }, i ? method : `${method} (the pipeline’s)`)));
  }

  #showAccepted() {
    const accepted = this.#chosen()?.modalities ?? MODALITIES;
    this.#showLabels();
    this.#showFusion();
    for (const modality of MODALITIES) {
      this.#panels[modality].disabled = !accepted.includes(modality);
      this.#panels[modality].classList.toggle("off", !accepted.includes(modality));
    }
    this.#record.disabled = !canRecord();
  }

  #showSamples(found) {
    this.#samples.hidden = found.length === 0;
    fill(this.#samples,
      h("h2", { id: "samples-title" }, "Or try a sample"),
      h("ul", { class: "samples" }, found.map((sample) => h("li", {},
        h("button", { type: "button", class: "sample", onclick: () => this.#start(() => submitSample(sample)) },
          h("span", { class: "tile" }, sample.label ?? "?"),
          h("span", { class: "sample-words" },
            h("span", { class: "strong" }, sample.name.replaceAll("-", " ")),
            sample.note && h("span", { class: "note" }, sample.note),
            h("span", { class: "signs" }, sample.files.map((file) => guessModality(file)).toSorted(byModality)
              .map((modality) => h("span", { data: { modality } }, icon(modality))))))))));
  }

  #takeDrops() {
    let depth = 0;
    const listeners = {
      dragenter: (event) => { event.preventDefault(); depth++; document.body.classList.add("dropping"); },
      dragover: (event) => event.preventDefault(),
      dragleave: () => { if (--depth <= 0) { depth = 0; document.body.classList.remove("dropping"); } },
      drop: (event) => {
        event.preventDefault();
        depth = 0;
        document.body.classList.remove("dropping");
        this.#add([...event.dataTransfer.files]);
      },
    };
    Object.entries(listeners).forEach(([name, listener]) => addEventListener(name, listener));
    return () => Object.entries(listeners).forEach(([name, listener]) => removeEventListener(name, listener));
  }

  #add(files) {
    for (const file of files) {
      this.#files.push(this.#named(file));
    }
    if (files.length) {
      announce(files.length === 1 ? `${files[0].name} is added.` : `${files.length} files are added.`);
    }
    this.#update();
  }

  // Two files of a job never have one name.
  #named(file) {
    const [, stem, ending] = /^(.*?)(\.[^.]*)?$/s.exec(file.name);
    let name = file.name;
    for (let i = 2; this.#files.some((other) => other.name === name); i++) {
      name = `${stem}-${i}${ending ?? ""}`;
    }
    return name === file.name ? file : new File([file], name, { type: file.type });
  }

  #update() {
    fill(this.#list, this.#files.map((file) => {
      const modality = guessModality(file.name, file.type);
      return h("li", { class: "file", data: { modality } },
        icon(modality),
        h("span", { class: "wrap" }, file.name),
        h("span", { class: "note" }, bytes(file.size)),
        h("button", {
          type: "button", class: "cross", "aria-label": `Remove ${file.name}`,
          onclick: () => {
            this.#files = this.#files.filter((other) => other !== file);
            this.#update();
            this.#run.focus();
          },
        }, "×"));
    }));
    const parts = [
      this.#drawn && "the drawing",
      this.#text.value.trim() && "the text",
      this.#files.length && (this.#files.length === 1 ? "one file" : `${this.#files.length} files`),
    ].filter(Boolean);
    this.#run.disabled = parts.length === 0 || this.#recording !== null;
    this.#hint.textContent = this.#recording ? "Stop the recording first."
      : parts.length === 0 ? "Draw, record, write or add a file first."
      : `Sends ${parts.join(" and ")}.`;
  }

  async #toggleRecording() {
    if (this.#recording) {
      const recording = this.#recording;
      this.#recording = null;
      this.#record.textContent = "Record";
      this.#record.classList.remove("on");
      const blob = await recording.stop();
      this.#add([new File([blob], "recording.wav", { type: "audio/wav" })]);
      return;
    }
    try {
      this.#levels.clear();
      this.#recording = await Recording.start(
        (level, seconds) => {
          this.#levels.add(level);
          this.#clock.textContent = `${seconds.toFixed(1)} s`;
        },
        () => this.#recording && this.#toggleRecording());
      this.#record.textContent = "Stop";
      this.#record.classList.add("on");
      announce("Recording.");
    } catch (error) {
      fill(this.#trouble, problemCard({ message: `The microphone cannot be used: ${error.message}`, remedy: "Allow it in the browser, or choose a recording." }));
    }
    this.#update();
  }

  async #submit(event) {
    event.preventDefault();
    const files = [...this.#files];
    const add = (file) => files.push(this.#named(file));
    if (this.#drawn) {
      add(await this.#drawing.toFile("drawing.png"));
    }
    if (this.#text.value.trim()) {
      add(new File([this.#text.value], "text.txt", { type: "text/plain" }));
    }
    await this.#start(() => submit(files, this.#options()));
  }

  #options() {
    const chosen = this.#chosen();
    const labels = this.#labelsField.hidden ? [] : this.#labels.value.split("\n").map((label) => label.trim()).filter(Boolean);
    const weights = Object.fromEntries(Object.entries(this.#weights).map(([modality, slider]) => [modality, Number(slider.value)]));
    const options = {
      ...(chosen && !chosen.default ? { pipeline: chosen.name } : {}),
      ...(labels.length ? { labels } : {}),
      ...(this.#fusion.value ? { fusion: this.#fusion.value } : {}),
      ...(Object.values(weights).some((weight) => weight !== 1) ? { weights } : {}),
    };
    return Object.keys(options).length ? options : null;
  }

  async #start(send) {
    this.#run.disabled = true;
    fill(this.#trouble);
    try {
      announce("The job is being sent.");
      const job = await send();
      this.#jobs.load();
      location.hash = `#job/${encodeURIComponent(job.jobId)}`;
    } catch (error) {
      fill(this.#trouble, problemCard(error));
      this.#trouble.scrollIntoView({ block: "nearest" });
      this.#update();
    }
  }
}

/** Shows the form. Gives what is to be called when it is left. */
export function showCompose(place, jobs) {
  document.title = "New job · Multimodal";
  return new Composer(jobs).show(place);
}

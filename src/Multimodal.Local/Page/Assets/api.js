// The service's routes. What goes wrong becomes a Problem, as the service words it.

const KEY = "multimodal-api-key";
let askForKey = async () => null;
let asking = null;

/** A request that the service refused, or that did not reach it. */
export class Problem extends Error {
  constructor({ title, detail, code, remedy, status }) {
    super(detail ?? title ?? "Something went wrong.");
    Object.assign(this, { title, code, remedy, status });
  }
}

/** Says how a person is asked for the key of a service that wants one. */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

async function request(path, options = {}) {
  for (;;) {
    const shown = sessionStorage.getItem(KEY);
    const response = await send(path, options, shown);
    if (response.status === 401) {
      if (await renewKey(shown)) {
        continue;
      }
    }
    if (!response.ok) {
      throw new Problem(await readProblem(response));
    }
    return response;
  }
}

// Requests that are refused at the same time ask a person once; a key that another has got meanwhile is tried first.
async function renewKey(shown) {
  if (sessionStorage.getItem(KEY) !== shown) {
    return true;
  }
  asking ??= askForKey(shown !== null).finally(() => { asking = null; });
  const key = await asking;
  if (key) {
    sessionStorage.setItem(KEY, key);
  }
  return Boolean(key);
}

async function send(path, options, key) {
  const headers = new Headers(options.headers);
  if (key) {
    headers.set("X-Api-Key", key);
  }
  try {
    return await fetch(path, { ...options, headers, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem({ detail: "The service cannot be reached.", remedy: "See whether it still runs, then try again." });
  }
}

async function readProblem(response) {
  try {
    return await response.json();
  } catch {
    return { title: `${response.status} ${response.statusText}`, status: response.status };
  }
}

const json = async (path, options) => (await request(path, options)).json();
const of = (job) => `/api/jobs/${encodeURIComponent(job)}`;
const input = (job, name) => `${of(job)}/inputs/${encodeURIComponent(name)}`;

export const pipelines = async () => (await json("/api/pipelines")).pipelines;
export const ready = () => json("/api/health/ready");
export const samples = async () => (await json("/api/samples")).samples;
export const submitSample = ({ pipeline, name }) =>
  json(`/api/samples/${encodeURIComponent(pipeline)}/${encodeURIComponent(name)}`, { method: "POST" });
export const job = (id) => json(of(id));
export const rerun = (id) => json(`${of(id)}/rerun`, { method: "POST" });
export const erase = (id) => request(of(id), { method: "DELETE" });
export const view = (id, name) => json(`${input(id, name)}/view`);
export const upload = async (id, name) => (await request(input(id, name))).blob();
export const file = async (path) => (await request(path)).blob();
export const paths = (id) => ({ result: `${of(id)}/result`, embeddings: `${of(id)}/embeddings` });

export function list(search, continuation, signal) {
  const query = new URLSearchParams({ limit: "30" });
  if (search) {
    query.set("q", search);
  }
  if (continuation) {
    query.set("continuation", continuation);
  }
  return json(`/api/jobs?${query}`, { signal });
}

/** The jobs that are nearest to a text or a file. */
export function find({ text, file: sought, pipeline, k }, signal) {
  const form = new FormData();
  form.append("pipeline", pipeline);
  form.append("k", String(k));
  if (sought) {
    form.append("file", sought, sought.name);
  } else {
    form.append("text", text);
  }
  return json("/api/search", { method: "POST", body: form, signal });
}

export function submit(files, options) {
  const form = new FormData();
  for (const one of files) {
    form.append("file", one, one.name);
  }
  if (options) {
    form.append("job", JSON.stringify(options));
  }
  return json("/api/jobs", { method: "POST", body: form });
}

/**
 * Watches a job until it is closed: each state of it, as it comes. Read with fetch, because an EventSource sends no key.
 * A stream that breaks off is opened again.
 */
export async function* watch(id, signal) {
  for (let wait = 500; ; wait = Math.min(2 * wait, 8000)) {
    try {
      const response = await request(`${of(id)}/events`, { signal });
      for await (const { event, data } of events(response.body)) {
        if (event === "job") {
          wait = 500;
          yield data;
        } else if (event === "problem") {
          throw new Problem(data);
        } else if (event === "end") {
          return;
        }
      }
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && error.status && error.status !== 429 && error.status < 500)) {
        throw error;
      }
    }
    await new Promise((done) => setTimeout(done, wait));
    signal.throwIfAborted();
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = Object.fromEntries(
        text.slice(0, end).split("\n").filter((line) => line && !line.startsWith(":")).map((line) => line.split(/: (.*)/s)));
      text = text.slice(end + 2);
      if (fields.event) {
        yield { event: fields.event, data: JSON.parse(fields.data) };
      }
    }
  }
}

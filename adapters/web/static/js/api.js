// Talks to the server. Whatever goes wrong becomes an ApiProblem that says whether trying again can help.

import { word } from "./words.js";

export class ApiProblem extends Error {
  constructor(code, message, { is_passing = false, retry_after_s = null } = {}) {
    super(message);
    this.code = code;
    this.is_passing = is_passing;
    this.retry_after_s = retry_after_s;
  }
}

export const get = (path) => call("GET", path);
export const post = (path, body) =>
  call("POST", path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

export function upload(file, name) {
  const headers = { "Content-Type": "application/octet-stream" };
  return call("POST", `/api/uploads?name=${encodeURIComponent(name)}`, { body: file, headers });
}

async function call(method, path, options = {}, is_second = false) {
  let response;
  try {
    response = await fetch(path, { method, credentials: "same-origin", ...options });
  } catch {
    throw new ApiProblem("offline", word("page_offline"), { is_passing: true });
  }
  if (response.ok) return readAnswer(response);
  const problem = await readProblem(response);
  if (problem.code === "no_entry") location.assign("/login");
  if (problem.code === "no_person" && !is_second) {
    // Our cookie is not known any more: the page itself hands out a new one.
    await fetch("/", { credentials: "same-origin" });
    return call(method, path, options, true);
  }
  throw problem;
}

// An answer that breaks off on its way is a line that broke: the same may be asked again.
async function readAnswer(response) {
  try {
    return await response.json();
  } catch {
    throw new ApiProblem("offline", word("page_offline"), { is_passing: true });
  }
}

async function readProblem(response) {
  const retry_after_s = Number(response.headers.get("Retry-After")) || null;
  const is_passing = response.status >= 500 || [408, 429].includes(response.status);
  try {
    const { error } = await response.json();
    return new ApiProblem(error.code, error.message, { is_passing, retry_after_s });
  } catch {
    return new ApiProblem("broken", word("page_answered", { status: response.status }), { is_passing, retry_after_s });
  }
}

// Keeps what a person sent until the server has it. Each entry has a key made here, so that sending it
// again does nothing twice; entries outlive a reload and a restart of the server. Each is kept by itself, because
// several tabs keep theirs in the same place.

import { ApiProblem, post } from "./api.js";
import { freshKey } from "./format.js";
import { on, recallAll, remember, tell } from "./state.js";

const PATHS = { message: "/api/messages", press: "/api/presses" };
const PLACE = "outbox.";
const RETRY_MS = 2500;
const MAX_AGE_MS = 24 * 3600 * 1000;

let entries = load();
let is_sending = false;
let timer = null;

export const waiting = () => entries;

export function send(kind, body, shown = {}) {
  const entry = { kind, body: { key: freshKey(), ...body }, shown, at_ms: Date.now() };
  entries = [...entries, entry];
  remember(placeOf(entry), JSON.stringify(entry));
  tell("outbox");
  flush();
  return entry;
}

export async function flush() {
  if (is_sending) return;
  is_sending = true;
  clearTimeout(timer);
  try {
    while (entries.length > 0) if (!(await deliver(entries[0]))) break;
  } finally {
    is_sending = false;
  }
}

async function deliver(entry) {
  try {
    const answer = await post(PATHS[entry.kind], entry.body);
    drop(entry);
    if (answer.message) tell("messages", [answer.message]);
    return true;
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem;
    if (problem.is_passing) {
      explain(entry, problem);
      timer = setTimeout(flush, (problem.retry_after_s ?? 0) * 1000 || RETRY_MS);
      return false;
    }
    drop(entry);
    tell("refused", { entry, problem });
    return true;
  }
}

// Of a lost connection the banner tells, and a moment's crowding is not worth a word.
function explain(entry, problem) {
  const told = ["offline", "busy"].includes(problem.code) ? null : problem.message;
  if (entry.problem === told) return;
  entry.problem = told;
  tell("outbox");
}

function drop(entry) {
  entries = entries.filter((other) => other.body.key !== entry.body.key);
  remember(placeOf(entry), null);
  tell("outbox");
}

const placeOf = (entry) => `${PLACE}${entry.body.key}`;

// What another version of this page left may mean nothing to this one; it must not keep the rest from being sent.
function read(text) {
  try {
    const entry = JSON.parse(text);
    return PATHS[entry.kind] ? entry : null;
  } catch {
    return null;
  }
}

function load() {
  const kept = recallAll(PLACE).map(read).filter((entry) => entry !== null);
  const old = kept.filter((entry) => Date.now() - entry.at_ms >= MAX_AGE_MS);
  for (const entry of old) remember(placeOf(entry), null);
  return kept.filter((entry) => !old.includes(entry)).sort((one, other) => one.at_ms - other.at_ms);
}

on("connection", (is_up) => is_up && flush());

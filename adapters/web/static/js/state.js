// What the page knows, and who wants to hear when it changes. No drawing here.

export const state = {
  me: null,
  engine: null,
  quota: [],
  view: "studio",
  thread: null,
  /** How much the server's clock is ahead of ours. */
  clock_ahead_ms: 0,
};

const listeners = new Map();

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => listeners.get(topic).delete(listener);
}

export function tell(topic, value) {
  for (const listener of listeners.get(topic) ?? []) listener(value);
}

export const serverNow = () => Date.now() + state.clock_ahead_ms;

export function remember(key, value) {
  try {
    if (value === null || value === "") localStorage.removeItem(`inkthread.${key}`);
    else localStorage.setItem(`inkthread.${key}`, value);
  } catch {
    // Storage is full or switched off: the page works, it only forgets on reload.
  }
}

/** Everything that is kept under keys that begin so. */
export function recallAll(prefix) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`inkthread.${prefix}`));
    return keys.map((key) => localStorage.getItem(key));
  } catch {
    return [];
  }
}

export function recall(key) {
  try {
    return localStorage.getItem(`inkthread.${key}`) ?? "";
  } catch {
    return "";
  }
}

// Numbers, money and times as people read them, in the page's language.

import { LOCALE, word } from "./words.js";

// The figures are those of our sentences, also where a language has others.
const FIGURES = { numberingSystem: "latn" };
const CLOCK = new Intl.DateTimeFormat(LOCALE, { ...FIGURES, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(LOCALE, { ...FIGURES, weekday: "long", day: "numeric", month: "long" });
const MOMENT = new Intl.DateTimeFormat(LOCALE, { ...FIGURES, dateStyle: "medium", timeStyle: "short" });
const AGO = new Intl.RelativeTimeFormat(LOCALE, { ...FIGURES, numeric: "auto" });
const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

export const clockTime = (at_ms) => CLOCK.format(at_ms);
export const moment = (at_ms) => MOMENT.format(at_ms);
export const dayKey = (at_ms) => new Date(at_ms).toDateString();

export function dayName(at_ms) {
  const days = Math.round((new Date(dayKey(Date.now())) - new Date(dayKey(at_ms))) / 86_400_000);
  if (days === 0 || days === 1) {
    const name = AGO.format(-days, "day");
    return name[0].toUpperCase() + name.slice(1);
  }
  return DAY.format(at_ms);
}

export function ago(at_ms) {
  const seconds = Math.max(0, (Date.now() - at_ms) / 1000);
  for (const [unit, size] of STEPS) if (seconds >= size) return AGO.format(-Math.floor(seconds / size), unit);
  return word("page_just_now");
}

export function dollars(micros) {
  const amount = micros / 1_000_000;
  if (amount > 0 && amount < 0.01) return "<$0.01";
  return `$${Number.isInteger(amount) ? amount : amount.toFixed(2)}`;
}

export function elapsed(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? word("caption_seconds", { seconds: whole }) : word("page_minutes", { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}

/** A small stable number for a name, to give each person a colour. */
export function hue(name) {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 360;
  return sum;
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

/** A key nobody else makes. crypto.randomUUID is missing on plain http to another machine. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

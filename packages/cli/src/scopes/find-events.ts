import { eventDescriptions } from "@ghlkit/contract/events";

/** Types of webhook events that code names, as a handler or in a text. Their scopes are needed to receive them. */
export function findEvents(code: string): readonly string[] {
  const words = new Set(code.match(/\b[A-Z]\w+\b/g) ?? []);
  return eventDescriptions().flatMap(({ type }) => (type !== undefined && words.has(type) ? [type] : []));
}

/** Scopes that an app needs to receive events of a type. */
export function scopesOfEvent(type: string): readonly string[] {
  return eventDescriptions().find((event) => event.type === type)?.scopes ?? [];
}

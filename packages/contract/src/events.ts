import { eventRows, type EventPayloads } from "./generated/events.ts";

/** Name of an event page: `ContactCreate`, `AppInstall`, … */
export type EventKind = keyof EventPayloads;

/** One kind of webhook event. */
export interface EventDescription {
  readonly kind: EventKind;
  /** Value of `type` in the body; `undefined` where `type` means something else. Not always the kind: `AppInstall` sends `INSTALL`. */
  readonly type: string | undefined;
  /** Whether documented bodies show that `type`; `undefined` where no body is known. */
  readonly typeOnWire: boolean | undefined;
  readonly confidence: "documented" | "inferred" | "named-only";
  /** Scopes an app needs to receive it. */
  readonly scopes: readonly string[];
}

/** Every kind of webhook event that is known. */
export function eventDescriptions(): readonly EventDescription[] {
  return eventRows.map((row) => {
    const [kind, type, onWire, confidence, ...scopes] = row.split(" ");
    return {
      kind: kind as EventKind,
      type: type === "-" ? undefined : type,
      typeOnWire: onWire === "?" ? undefined : onWire === "1",
      confidence: confidence as EventDescription["confidence"],
      scopes,
    };
  });
}

export type { EventPayloads } from "./generated/events.ts";

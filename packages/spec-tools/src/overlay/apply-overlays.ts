import { isDeepStrictEqual } from "node:util";
import { exec, type JsonValue } from "jsonpath-rfc9535";
import type { OpenApiDocument } from "../generate/document.ts";
import type { Generation } from "../normalise/contract-document.ts";
import { answerOverlay, type AnswerOverlay } from "./answer-overlay.ts";
import { mergeUpdate } from "./merge-update.ts";
import type { OverlayAction, OverlayDocument } from "./overlay.ts";
import { OverlayError, StaleOverlays } from "./overlay-error.ts";
import { staleAlways } from "./stale-always.ts";

export type Documents = Readonly<Record<Generation, ReadonlyMap<string, OpenApiDocument>>>;

/**
 * Applies every overlay to the documents in place.
 *
 * @returns What overlays say of answers, in their order.
 * @throws StaleOverlays that lists each action whose target is not there, or is not what the action expects: a correction of something
 * that the vendor has changed must be looked at again.
 */
export function applyOverlays(documents: Documents, overlays: ReadonlyMap<string, OverlayDocument>): readonly AnswerOverlay[] {
  const errors: OverlayError[] = [];
  const answers: AnswerOverlay[] = [];
  for (const [service, overlay] of overlays) {
    overlay.actions.forEach((action, index) => {
      for (const generation of action["x-generation"]) {
        const fail = (reason: string): never => {
          throw new OverlayError(service, index, action.target, `${generation}: ${reason}`);
        };
        try {
          const document = documents[generation].get(service) ?? fail("there is no such service");
          const places = applyAction(document as unknown as JsonValue, action, fail);
          answers.push(...places.flatMap((place) => answerOverlay(action, generation, place) ?? []));
        } catch (error) {
          // A target that cannot be read as JSONPath is the overlay's, too.
          errors.push(error instanceof OverlayError ? error : new OverlayError(service, index, action.target, (error as Error).message));
        }
      }
    });
  }
  if (errors.length > 0) throw new StaleOverlays(errors);
  return answers;
}

type Fail = (reason: string) => never;
type Place = (string | number)[];

function applyAction(document: JsonValue, action: OverlayAction, fail: Fail): readonly Place[] {
  const places: Place[] = [];
  exec(document, action.target, (_, path) => places.push([...path] as Place));
  if (places.length === 0) fail("the target is not there any more");
  for (const place of places.toReversed()) {
    const holder = valueAt(document, place.slice(0, -1)) as Record<string | number, unknown>;
    const key = place.at(-1) as string | number;
    if (action["x-expects"] !== undefined && !isDeepStrictEqual(holder[key], action["x-expects"])) {
      fail(`expected ${JSON.stringify(action["x-expects"])}, found ${JSON.stringify(holder[key])}`);
    }
    if (action.remove === true) remove(holder, key, action, fail);
    else if (action["x-expects"] !== undefined) holder[key] = structuredClone(action.update);
    else holder[key] = mergeUpdate(holder[key], structuredClone(action.update), fail);
    const stale = staleAlways(holder[key]);
    if (stale !== undefined) fail(`x-always names "${stale}", which is not a field there`);
  }
  return places;
}

function remove(holder: Record<string | number, unknown>, key: string | number, action: OverlayAction, fail: Fail): void {
  if (action["x-expects"] === undefined) fail("a removal must say what it expects to remove (x-expects)");
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else delete holder[key];
}

function valueAt(document: unknown, place: Place): unknown {
  // The first step of a captured path is the root itself in some versions of the library.
  return place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document);
}

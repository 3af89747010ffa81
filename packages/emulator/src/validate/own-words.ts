import { reply } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";

/** What single operations say otherwise than the rest: integrators saw them. */
interface OwnWords {
  /** The finding that is said otherwise. */
  readonly finding: string;
  readonly words: string;
  /** Default 422. */
  readonly status?: 400;
  readonly more?: Readonly<Record<string, unknown>>;
}

const missingLocation = "locationId should not be empty";

const ownWords: Readonly<Record<string, OwnWords>> = {
  "opportunities.create": { finding: missingLocation, words: "locationId can't be undefined" },
  "opportunities.listPipelines": {
    finding: missingLocation,
    words: "locationId can't be undefined",
    more: { code: "COMMON_LOCATION_ID_UNDEFINED" },
  },
  "calendars.createAppointment": { finding: missingLocation, words: "Location ID is required", status: 400 },
  "links.get": { finding: missingLocation, words: "Location ID is required", status: 400 },
};

/** The refusal of a request that breaks the contract, in the words of its operation. */
export function refusalOf(operationId: string, messages: readonly string[]): Refusal {
  const own = ownWords[operationId];
  if (own === undefined || !messages.includes(own.finding)) return unprocessableOf(messages);
  if (own.status === 400) return new Refusal(reply(400, { statusCode: 400, message: own.words, error: "Bad Request" }, "reported"));
  return unprocessableOf(
    messages.map((message) => (message === own.finding ? own.words : message)),
    own.more,
  );
}

function unprocessableOf(message: readonly string[], more: OwnWords["more"] = {}): Refusal {
  return new Refusal(reply(422, { statusCode: 422, message, error: "Unprocessable Entity", ...more }, "reported"));
}

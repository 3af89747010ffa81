import { componentOf } from "./operation-rows.ts";
import type { OpenApiDocument, Schema } from "./document.ts";
import { emitTypes } from "./emit-types.ts";
import { asReceived } from "./received-schema.ts";
import { docComment } from "./text/doc-comment.ts";

interface EventOperation {
  readonly summary?: string;
  readonly "x-type"?: string;
  readonly "x-type-on-wire": boolean | "unknown";
  readonly "x-confidence": string;
  readonly "x-scopes"?: readonly string[];
  readonly requestBody: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
}

/** The webhook part of an OpenAPI 3.1 document. */
export type EventDocument = OpenApiDocument & { readonly webhooks: Readonly<Record<string, { readonly post: EventOperation }>> };

/** Writes the payload types of every webhook event, and the table of kinds. */
export async function emitEvents(document: EventDocument): Promise<string> {
  const schemas = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [name, asReceived(schema)]),
  );
  const events = Object.entries(document.webhooks).map(([kind, { post }]) => ({ kind, post }));
  return [
    await emitTypes({ schemas, named: Object.keys(schemas), operations: [] }),
    "/** Payload of each event kind. A field is optional unless the catalogue knows it to be always there. */",
    "export interface EventPayloads {",
    ...events.flatMap(({ kind, post }) => [
      ...(post.summary === undefined ? [] : docComment([post.summary])),
      `  ${kind}: ${payloadType(post)};`,
    ]),
    "}",
    "",
    "/** Kind, `type` on the wire, whether bodies show it (1), do not (0) or that is not known (?), confidence, scopes. */",
    "export const eventRows: readonly string[] = [",
    ...events.map(
      ({ kind, post }) =>
        `  ${JSON.stringify([kind, post["x-type"] ?? "-", wireFlag(post), post["x-confidence"], ...(post["x-scopes"] ?? [])].join(" "))},`,
    ),
    "];",
    "",
  ].join("\n");
}

function payloadType({ requestBody }: EventOperation): string {
  const name = componentOf(requestBody.content["application/json"].schema);
  return name === undefined ? "{ [key: string]: unknown }" : `components["schemas"]["${name}"]`;
}

function wireFlag(post: EventOperation): string {
  const shown = post["x-type-on-wire"];
  return shown === "unknown" ? "?" : shown ? "1" : "0";
}

import type { JsonObject } from "../verify/parse-body.ts";
import type { EventType } from "./event-type.ts";

/** What a body of a type looks like where it carries no `type`. */
interface Shape {
  readonly types: readonly EventType[];
  /** Fields that are all there. */
  readonly has: readonly string[];
  /** Fields of which none is there. */
  readonly lacks?: readonly string[];
  /** Values that decide among types of one shape. */
  readonly when?: (fields: JsonObject) => boolean;
}

const invoice = ["_id", "invoiceItems", "invoiceNumber"];
const status = (value: string) => (fields: JsonObject) => fields["status"] === value;

/**
 * Bodies that are documented without a `type`. Where two types look the same (an update and a deletion, say), the event stays
 * unknown and names both: guessing would hand a handler what it is not.
 */
const shapes: readonly Shape[] = [
  { types: ["InvoiceVoid"], has: invoice, when: status("void") },
  { types: ["InvoicePaid"], has: invoice, when: status("paid") },
  { types: ["InvoicePartiallyPaid"], has: invoice, when: status("partially_paid") },
  { types: ["InvoiceSent"], has: invoice, when: status("sent") },
  { types: ["InvoiceCreate", "InvoiceUpdate", "InvoiceDelete"], has: invoice, when: status("draft") },
  // The documents do not list the values of `status`: behind one that is not known here, each of the seven may stand.
  {
    types: ["InvoiceCreate", "InvoiceUpdate", "InvoiceDelete", "InvoiceVoid", "InvoiceSent", "InvoicePaid", "InvoicePartiallyPaid"],
    has: invoice,
  },
  { types: ["VoiceAiCallEnd"], has: ["id", "agentId", "transcript"] },
  { types: ["AssociationUpdate", "AssociationDelete"], has: ["associationType", "firstObjectKey", "firstObjectToSecondObjectCardinality"] },
  { types: ["AssociationCreate"], has: ["associationType", "firstObjectKey"] },
  { types: ["RelationCreate", "RelationDelete"], has: ["firstRecordId", "secondRecordId", "associationId"] },
  { types: ["ObjectSchemaCreate", "ObjectSchemaUpdate"], has: ["searchableProperties", "primaryDisplayProperty"] },
  { types: ["RecordCreate", "RecordUpdate", "RecordDelete"], has: ["id", "properties", "owners", "followers"] },
  { types: ["PriceCreate"], has: ["_id", "product", "priceType"] },
  { types: ["PriceUpdate", "PriceDelete"], has: ["_id", "product", "amount"], lacks: ["priceType"] },
  { types: ["ProductCreate", "ProductUpdate", "ProductDelete"], has: ["_id", "productType", "availableInStore"] },
];

/** Types that a body without `type` may be of; the first shape that fits decides. */
export function typesByShape(fields: JsonObject): readonly EventType[] {
  const fits = ({ has, lacks = [], when }: Shape): boolean =>
    has.every((name) => name in fields) && !lacks.some((name) => name in fields) && (when === undefined || when(fields));
  return shapes.find(fits)?.types ?? [];
}

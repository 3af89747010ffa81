import type { OperationId } from "../contract/contract-source.ts";
import type { Evidence } from "../http/answer.ts";
import type { Refusal } from "../http/refusal.ts";
import type { Call } from "../call/call.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { IdStyle } from "./resource-table.ts";

/** What differs from the rules for one resource. Everything is optional: without a declaration the derived roles answer. */
export interface ResourceDeclaration {
  /** Path of the collection without tenants and parameter names: `/products/{}/price`. */
  readonly resource: string;
  /** Fields of a new record, from what was sent. @throws Refusal */
  readonly create?: (input: Fields, call: Call) => Fields;
  /** Fields after a change, from those before and what was sent. Default: what was sent is laid over. @throws Refusal */
  readonly change?: (before: Fields, input: Fields, call: Call) => Fields;
  /** Fields that a record is shown with; they are computed, not kept. */
  readonly view?: (record: ResourceRecord, call: Call) => Fields;
  /** What an operation on a record changes, given to the operations whose role is `action`; may refuse. @throws Refusal */
  readonly actions?: Readonly<Partial<Record<OperationId, (record: ResourceRecord, call: Call) => Fields>>>;
  /** Called when a record is new. */
  readonly created?: (record: ResourceRecord, call: Call) => void;
  /** Called before a record goes; may refuse. @throws Refusal */
  readonly remove?: (record: ResourceRecord, call: Call) => void;
  /** Called when a record is gone: what refers to it without being below it goes, too. */
  readonly removed?: (record: ResourceRecord, call: Call) => void;
  /** Fields of the one record of a tenant that has not been saved yet. Default: there is none, 404. */
  readonly initial?: (call: Call) => Fields;
  /** Further fields of an answer, beside the record. */
  readonly beside?: (record: ResourceRecord, call: Call) => Fields;
  /** Puts an answer that shows one record into another form. */
  readonly reshape?: (body: unknown, call: Call) => unknown;
  /** Fields by which a record is found as well as by its id. */
  readonly keys?: readonly string[];
  readonly idStyle?: IdStyle;
  /** What a parameter of a list lets through. */
  readonly filters?: Readonly<Record<string, (fields: Fields, value: unknown, call: Call) => boolean>>;
  /** Parameters of lists that change nothing here, and why. */
  readonly withoutEffect?: Readonly<Record<string, string>>;
  /** Name under which an answer that is not described has the list. @default "items" */
  readonly listName?: string;
  /** The field that ranges of dates are about. @default "createdAt" */
  readonly dateField?: string;
  /** Records of a page when the request names no size. @default 20 */
  readonly pageSize?: number;
  /** The refusal of an unknown id. Default: 404. */
  readonly unknown?: (id: string) => Refusal;
  /** How well the declared behaviour is known. Default: `documented` for described answers, `inferred` for others. */
  readonly evidence?: Evidence;
}

/** Declares how a resource differs from the rules. */
export function resource(path: string, declaration: Omit<ResourceDeclaration, "resource"> = {}): ResourceDeclaration {
  return { resource: path, ...declaration };
}

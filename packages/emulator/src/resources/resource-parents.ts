import type { Call } from "../call/call.ts";
import type { Collection, Stored } from "../state/collection.ts";
import type { State } from "../state/state.ts";
import { assertTenant, findRecord, recordsOf, unknownRecord } from "./record-store.ts";
import type { ResourceDeclaration } from "./resource.ts";
import { isResource } from "./resource-table.ts";

/** A record of a collection of its own, as far as parents need it. */
export interface Owned extends Stored {
  readonly locationId: string;
}

/** Collections of their own by the path of their items' collection: `/calendars` → `state.calendars`. */
export type Holders = Readonly<Record<string, (state: State) => Pick<Collection<Owned>, "get" | "onChange">>>;

/** What is needed to find parents. */
export interface ParentFacts {
  readonly holders: Holders;
  readonly declarations: ReadonlyMap<string, ResourceDeclaration>;
}

/**
 * Ids of the parents that the path names, outermost first; where a parent was named by a key its id stands there.
 * @throws Refusal 404 when a parent of a known kind does not exist, 403 when it is another tenant's.
 */
export function parentsOf(resource: string, call: Call, { holders, declarations }: ParentFacts): readonly string[] {
  const parents: string[] = [];
  const values = parameterValues(call);
  for (let at = resource.indexOf("{}"), index = 0; at >= 0; at = resource.indexOf("{}", at + 1), index += 1) {
    const value = values[index] ?? "";
    const collection = resource.slice(0, at - 1);
    parents.push(parentId(collection, value, parents, call, holders[collection], declarations.get(collection)));
  }
  return parents;
}

function parentId(
  collection: string,
  value: string,
  above: readonly string[],
  call: Call,
  holder: Holders[string] | undefined,
  declaration: ResourceDeclaration | undefined,
): string {
  if (holder !== undefined) {
    const { state } = call.world;
    if (holder(state).get(value) === undefined) throw unknownRecord(collection, value);
    return value;
  }
  if (!isResource(collection)) return value;
  const record = findRecord(call.world.state, collection, value) ?? findByKey(collection, value, above, call, declaration);
  if (record === undefined) throw unknownRecord(collection, value);
  assertTenant(call, record);
  return record.recordId;
}

/** A record by one of the fields that name it as well as its id. */
export function findByKey(
  resource: string,
  value: string,
  parents: readonly string[],
  call: Call,
  declaration: ResourceDeclaration | undefined,
): ReturnType<typeof findRecord> {
  const keys = declaration?.keys ?? [];
  if (keys.length === 0) return undefined;
  return recordsOf(call, resource, parents).find(({ fields }) => keys.some((key) => fields[key] === value));
}

/** Path parameters in the order of the path, tenants left out. */
function parameterValues({ operation, params }: Call): readonly string[] {
  return [...operation.path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "locationId" && name !== "companyId")
    .map((name) => params[name] ?? "");
}

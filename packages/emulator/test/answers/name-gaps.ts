import type { ContractSource, Generation, OpenApiDocument, Operation } from "../../src/contract/contract-source.ts";
import { bodySchema, findOperation, resolve, successOf, type Schema } from "../../src/contract/open-api.ts";
import { flatSchema } from "../../src/resources/flat-schema.ts";
import { idNamesOf, resourceOperations, type ResourceOperation } from "../../src/resources/resource-table.ts";

/** Names that requests and answers of a resource do not share. */
export interface NameGap {
  readonly resource: string;
  readonly generation: Generation;
  /** Sent by creates, never shown. */
  readonly sentOnly: readonly string[];
  /** Shown, never sent. */
  readonly shownOnly: readonly string[];
}

/** Names that every record has, or that say whose it is. */
const common: ReadonlySet<string> = new Set(
  "id _id __v locationId companyId altId altType createdAt updatedAt dateAdded dateUpdated createdBy updatedBy lastUpdatedBy deleted traceId success succeeded statusCode message".split(
    " ",
  ),
);

/** The gaps of a generation's resources that the API can create, as the contract describes requests and answers. */
export async function nameGaps(contract: ContractSource, generation: Generation): Promise<readonly NameGap[]> {
  const operations = new Map(contract.operations(generation).map((operation) => [operation.id, operation]));
  const own = [...resourceOperations.values()].filter(({ id }) => operations.has(id));
  const creates = own.filter(({ role }) => role === "create");
  const gaps = await Promise.all(
    [...new Set(creates.map(({ resource }) => resource))].map(async (resource) => {
      const of = own.filter((one) => one.resource === resource);
      const sent = await namesOf(
        of.filter(({ role }) => role !== "list" && role !== "delete"),
        sentNames,
      );
      const shown = await namesOf(
        of.filter(({ role }) => role === "get" || role === "list" || role === "create"),
        shownNames,
      );
      const ids = new Set(idNamesOf(resource));
      const isOwn = (name: string): boolean => !common.has(name) && !ids.has(name);
      // An answer that is not described shows whatever was sent.
      const sentOnly = shown.size === 0 ? [] : [...sent].filter((name) => isOwn(name) && !shown.has(name));
      const shownOnly = sent.size === 0 ? [] : [...shown].filter((name) => isOwn(name) && !sent.has(name));
      return { resource, generation, sentOnly, shownOnly };
    }),
  );
  return gaps.filter(({ sentOnly, shownOnly }) => sentOnly.length + shownOnly.length > 0);

  async function namesOf(some: readonly ResourceOperation[], read: typeof shownNames): Promise<ReadonlySet<string>> {
    const names = await Promise.all(
      some.map(async (one) => {
        const operation = operations.get(one.id) as Operation;
        const document = await contract.document(generation, one.id);
        return document === undefined ? [] : read(one, operation, document, generation);
      }),
    );
    return new Set(names.flat());
  }
}

function sentNames(_: ResourceOperation, operation: Operation, document: OpenApiDocument): readonly string[] {
  const node = findOperation(document, operation);
  const body = node && bodySchema(document, node);
  return body === undefined ? [] : namesIn(body.schema, document);
}

function shownNames(
  { itemPath }: ResourceOperation,
  operation: Operation,
  document: OpenApiDocument,
  generation: Generation,
): readonly string[] {
  const node = findOperation(document, operation);
  const { schema } = node === undefined ? {} : successOf(document, node);
  const path = itemPath[generation];
  if (schema === undefined || path === undefined) return [];
  let at: Schema | undefined = schema;
  for (const name of path === "" ? [] : path.split(".")) at = at && flatSchema(resolve<Schema>(document, at), document).properties?.[name];
  return at === undefined ? [] : namesIn(at, document);
}

/** Names of an object's properties, or of those of a list's elements. */
function namesIn(schema: Schema, document: OpenApiDocument): readonly string[] {
  const flat = flatSchema(resolve<Schema>(document, schema), document);
  const items = flat.items && flatSchema(resolve<Schema>(document, flat.items), document);
  return [flat, ...flat.alternatives.map((one) => flatSchema(one, document)), ...(items === undefined ? [] : [items])].flatMap(
    ({ properties }) => Object.keys(properties ?? {}),
  );
}

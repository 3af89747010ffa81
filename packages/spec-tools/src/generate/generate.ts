import { readTable } from "../facts/read-table.ts";
import type { Contract } from "../load/load-contract.ts";
import type { OpenApiDocument } from "./document.ts";
import { emitCalls } from "./emit-calls.ts";
import { addDocuments } from "./emit-documents.ts";
import { emitEvents, type EventDocument } from "./emit-events.ts";
import { emitFacade } from "./emit-facade.ts";
import { emitGaps } from "./emit-gaps.ts";
import { emitReference } from "./emit-reference.ts";
import { emitReferenceIndex, type ServiceCounts } from "./emit-reference-index.ts";
import { emitRouteIndex } from "./emit-route-index.ts";
import { emitRoutes } from "./emit-routes.ts";
import { emitOperationIds, emitScopes } from "./emit-scopes.ts";
import { emitServices, type ServiceModule } from "./emit-services.ts";
import { emitTypes } from "./emit-types.ts";
import { emitWireRules } from "./emit-wire-rules.ts";
import { encodeTable } from "./encode-table.ts";
import { GeneratedFiles } from "./generated-files.ts";
import { addResourceTable } from "../resources/add-resource-table.ts";
import { readReview } from "../resources/reviewed-roles.ts";
import { typeDocument, type TypeDocument } from "./type-document.ts";

/** Folders that hold nothing but generated files. */
export const generatedFolders: readonly string[] = [
  "packages/contract/src/generated",
  "packages/contract-documents/src/generated",
  "packages/client/src/generated",
  "packages/emulator/src/generated",
  "packages/client/test/generated",
  "docs/reference",
];

type Generation = "v3" | "v2";

interface Typed {
  readonly slug: string;
  readonly service: string;
  readonly document: OpenApiDocument;
  readonly types: TypeDocument;
}

/** Makes every generated file of the repository from the contract. Deterministic. */
export async function generate(contract: Contract): Promise<GeneratedFiles> {
  const files = new GeneratedFiles();
  const current = typedServices(contract.v3);
  const v2 = typedServices(contract.v2);
  const currentIds = new Set(operationsOf(current).map(({ row }) => row.id));
  const v2OnlyServices = v2.flatMap((one) => v2Only(one, currentIds));

  await addGeneration(files, "v3", current, v2OnlyServices);
  await addGeneration(files, "v2", v2, [], current);
  addDocuments(files, contract.v3, contract.v2);
  addResourceTable(files, contract.v3, contract.v2, await readReview(), contract.answerOverlays);
  files.add("packages/contract/src/generated/v3/v2-only-table.ts", encodeTable(operationsOf(v2OnlyServices).map(({ row }) => row)));
  files.add(
    "packages/contract/src/generated/v3/wire-rules.ts",
    emitWireRules([...operationsOf(current), ...operationsOf(v2OnlyServices)].map(({ row }) => row)),
  );
  files.add("packages/contract/src/generated/scopes.ts", emitScopes([...operationsOf(current), ...operationsOf(v2)].map(({ row }) => row)));
  files.add(
    "packages/contract/src/generated/operation-ids.ts",
    emitOperationIds(
      "v3",
      [...operationsOf(current), ...operationsOf(v2OnlyServices)].map(({ row }) => row),
    ),
  );
  files.add(
    "packages/contract/src/generated/v2/operation-ids.ts",
    emitOperationIds(
      "v2",
      operationsOf(v2).map(({ row }) => row),
    ),
  );
  files.add("packages/contract/src/generated/events.ts", await emitEvents(contract.events as EventDocument));
  const overlaysOf = (generation: Generation): Contract["answerOverlays"] =>
    contract.answerOverlays.filter((one) => one.generation === generation);
  const generations = [
    { name: "v3, the current generation", operations: operationsOf(current), overlays: overlaysOf("v3") },
    { name: "v2, the older generation", operations: operationsOf(v2), overlays: overlaysOf("v2") },
  ];
  files.add("docs/contract-gaps.md", emitGaps(generations, await readTable("unpaged.tsv")));
  files.add("docs/reference/README.md", emitReferenceIndex(countServices(current, v2)));
  return files;
}

async function addGeneration(
  files: GeneratedFiles,
  generation: Generation,
  services: readonly Typed[],
  v2OnlyServices: readonly Typed[],
  /** The services of v3, whose types v2 refers to where they are the same. */
  v3Services: readonly Typed[] = [],
): Promise<void> {
  const contract = `packages/contract/src/generated/${generation}`;
  const client = `packages/client/src/generated/${generation}`;
  const types = (slug: string): string => `@ghlkit/contract/types/${generation === "v3" ? "" : "v2/"}${slug}`;
  files.add(`${contract}/table.ts`, encodeTable(operationsOf(services).map(({ row }) => row)));
  for (const { slug, service, document, types: typed } of services) {
    const v3Schemas = v3Services.find((one) => one.slug === slug)?.types.schemas ?? {};
    files.add(`${contract}/${slug}.ts`, await emitTypes(typed, { module: `../v3/${slug}.ts`, schemas: v3Schemas }));
    files.add(`${contract}/routes/${slug}.ts`, emitRoutes(typed.operations, `../${slug}.ts`, "../../../route-options.ts"));
    files.add(`${client}/${slug}.ts`, emitFacade(service, typed.operations, { types: types(slug), calls: "../../call/call-types.ts" }));
    files.add(`docs/reference/${generation}/${slug}.md`, emitReference(slug, generation, document, typed.operations));
  }
  for (const { slug, service, types: typed } of v2OnlyServices) {
    files.add(
      `${client}/v2/${slug}.ts`,
      emitFacade(service, typed.operations, { types: `@ghlkit/contract/types/v2/${slug}`, calls: "../../../call/call-types.ts" }),
    );
    files.add(`${contract}/routes/v2/${slug}.ts`, emitRoutes(typed.operations, `../../../v2/${slug}.ts`, "../../../../route-options.ts"));
  }
  const modules: readonly (ServiceModule & { readonly slug: string })[] = [
    ...services.map(({ slug, service, types: typed }) => ({ slug, service, module: `./${slug}.ts`, operations: typed.operations })),
    ...v2OnlyServices.map(({ slug, service, types: typed }) => ({
      slug,
      service,
      module: `./v2/${slug}.ts`,
      operations: typed.operations,
    })),
  ];
  files.add(`${client}/services.ts`, emitServices(modules));
  files.add(
    `${contract}/routes.ts`,
    emitRouteIndex(modules.map(({ module, operations }) => ({ module: module.replace("./", "./routes/"), operations }))),
  );
  const documents = [...services, ...v2OnlyServices].map(({ document, types: typed }) => ({ document, operations: typed.operations }));
  files.add(
    `packages/client/test/generated/calls-${generation}.ts`,
    emitCalls("Client", generation === "v3" ? "@ghlkit/client" : "@ghlkit/client/v2", documents),
  );
}

function typedServices(documents: ReadonlyMap<string, OpenApiDocument>): readonly Typed[] {
  return [...documents]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([slug, document]) => {
      const types = typeDocument(document);
      const id = types.operations[0]?.row.id ?? slug;
      return { slug, service: id.slice(0, id.indexOf(".")), document, types };
    });
}

function countServices(current: readonly Typed[], v2: readonly Typed[]): readonly ServiceCounts[] {
  const slugs = [...new Set([...current, ...v2].map(({ slug }) => slug))].toSorted();
  const count = (services: readonly Typed[], slug: string): number =>
    services.find((one) => one.slug === slug)?.types.operations.length ?? 0;
  return slugs.map((slug) => ({ slug, v3: count(current, slug), v2: count(v2, slug) }));
}

function v2Only(one: Typed, currentIds: ReadonlySet<string>): readonly Typed[] {
  const operations = one.types.operations.filter(({ row }) => row.successor === null && !currentIds.has(row.id));
  return operations.length === 0 ? [] : [{ ...one, types: { ...one.types, operations } }];
}

function operationsOf(services: readonly Typed[]): TypeDocument["operations"] {
  return services.flatMap(({ types }) => types.operations);
}

import { packagedContract, type Generation, type Operation } from "../../src/contract/contract-source.ts";
import type { Emulator } from "../../src/index.ts";
import { resourceOperations, type ResourceOperation, type ResourceRole } from "../../src/resources/resource-table.ts";
import { answerCheck } from "../open-validator.ts";
import { sampleRequest, type RequestParts } from "../sample-request.ts";

/** One call of a walk. */
export interface Walked {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  readonly body: any;
  readonly sent: unknown;
  readonly headers: Headers;
}

/** Calls operations, checks every answer against the contract and collects what does not fit. */
export interface Walker {
  readonly emulator: Emulator;
  readonly generation: Generation;
  readonly findings: string[];
  /** Operations that answered with the declared success. */
  readonly seen: Set<string>;
  /** Calls, whatever comes of it. */
  readonly call: (id: string, parts?: RequestParts) => Promise<Walked>;
  /** Calls and expects the declared success. */
  readonly step: (id: string, parts?: RequestParts) => Promise<Walked>;
  /** Calls and expects a refusal. */
  readonly refused: (id: string, status: number, parts?: RequestParts) => Promise<Walked>;
  readonly has: (id: string) => boolean;
  readonly operation: (id: string) => Operation | undefined;
  /** Parameters that a list said it does not understand. */
  readonly ignored: Set<string>;
}

export function createWalker(emulator: Emulator, generation: Generation): Walker {
  const operations = new Map(packagedContract.operations(generation).map((operation) => [operation.id, operation]));
  const findings: string[] = [];
  const seen = new Set<string>();
  const call = async (id: string, parts?: RequestParts): Promise<Walked & { readonly operation: Operation }> => {
    const operation = operations.get(id);
    if (operation === undefined) throw new Error(`${generation} has no ${id}`);
    const { request, body } = await sampleRequest(operation, generation, emulator, parts);
    const response = await emulator.fetch(request);
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const text = await response.text();
    return { operation, status: response.status, body: isJson ? JSON.parse(text) : text, sent: body, headers: response.headers };
  };
  return {
    emulator,
    generation,
    findings,
    seen,
    has: (id) => operations.has(id),
    operation: (id) => operations.get(id),
    ignored: new Set(),
    call,
    async step(id, parts) {
      const answer = await call(id, parts);
      const check = await answerCheck(generation, answer.operation);
      const said = `${answer.status} ${answer.headers.get("x-emulator-answer")} ${answer.headers.get("x-emulator-operation")}`;
      if (said !== `${check.success.status} stateful ${id}`) findings.push(`${id}: ${said} ${JSON.stringify(answer.body).slice(0, 300)}`);
      else {
        seen.add(id);
        if (check.success.contentType?.includes("json"))
          findings.push(...check.findings(answer.body).map((finding) => `${id}: ${finding}`));
      }
      return answer;
    },
    async refused(id, status, parts) {
      const answer = await call(id, parts);
      if (answer.status !== status)
        findings.push(`${id}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body).slice(0, 200)}`);
      return answer;
    },
  };
}

/** Operations of a resource by role, in the order of the table. */
export function operationsOf(resource: string, walker: Walker): Readonly<Record<ResourceRole, readonly ResourceOperation[]>> {
  const own = [...resourceOperations.values()].filter((operation) => operation.resource === resource && walker.has(operation.id));
  const of = (role: ResourceRole): readonly ResourceOperation[] => own.filter((operation) => operation.role === role);
  const names = ["create", "get", "list", "update", "delete", "upsert", "action", "read", "save"] as const;
  return Object.fromEntries(names.map((role) => [role, of(role)])) as unknown as Record<ResourceRole, readonly ResourceOperation[]>;
}

/** The value at a dotted path. */
export function at(body: unknown, path: string): unknown {
  return path === "" ? body : path.split(".").reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], body);
}

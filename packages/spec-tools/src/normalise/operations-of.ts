import { methods, type Method, type SourceDocument, type SourceOperation } from "./source-document.ts";
import { pointerStep } from "./spec-stop.ts";

export interface SourceOperationPlace {
  readonly path: string;
  readonly method: Method;
  readonly operation: SourceOperation;
  /** `GET /contacts/{contactId}` */
  readonly key: string;
  readonly pointer: string;
}

/** Operations of a document, in document order. */
export function operationsOf(document: Pick<SourceDocument, "paths">): SourceOperationPlace[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      return [{ path, method, operation, key: `${method.toUpperCase()} ${path}`, pointer: `/paths${pointerStep(path)}/${method}` }];
    }),
  );
}

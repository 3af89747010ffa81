/** Values that one method of a client is called with. */
export interface MethodValues {
  /** Path parameters in the order of the path. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One method of a client that we did not write. */
export interface ForeignMethod {
  /** `contacts.updateContact`. */
  readonly name: string;
  /** `PUT`. */
  readonly verb: string;
  /** Path with `{}` where its parameters stand. */
  readonly path: string;
  /** Calls it, through the transport it was given. */
  readonly invoke: (values: MethodValues, token: string) => Promise<unknown>;
}

/** Answers the requests of a client: it stands for `fetch`. */
export type Transport = (request: Request) => Promise<Response>;

/** A path whose parameters have no names: those of generations and clients differ. */
export function shapeOf(path: string): string {
  return path.replaceAll(/\$?\{[^}]*\}/g, "{}");
}

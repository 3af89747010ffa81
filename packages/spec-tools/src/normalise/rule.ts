import type { SourceDocument, SourceSchema } from "./source-document.ts";
import type { SourceFacts } from "./source-facts.ts";

/** What a rule works on: one document of one generation, and where it notes what it did. */
export interface RuleContext {
  /** Name of the vendor's file, for messages. */
  readonly file: string;
  readonly document: SourceDocument;
  /** Schemas that several of the vendor's files share. */
  readonly common: Readonly<Record<string, SourceSchema>>;
  /** Our own knowledge of single operations. */
  readonly facts: SourceFacts;
  /** Counts one repair of the running rule. */
  readonly repaired: (pointer: string, detail?: string) => void;
}

/** One automatic repair. It changes the document in place and counts each change. */
export interface Rule {
  readonly name: string;
  /** What it repairs, for the change report and the rule table. */
  readonly repairs: string;
  readonly apply: (context: RuleContext) => void;
}

/** The part of a test runner that the suites use: vitest's and jest's own functions fit. */
export interface SuiteRunner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void>) => void;
  readonly expect: (value: unknown) => Expectation;
}

/** Assertions that the suites use. */
export interface Expectation {
  readonly toBe: (expected: unknown) => void;
  readonly toEqual: (expected: unknown) => void;
}

// Requests and answers against the contract
export { withValidation, type ValidationOptions, type ValidationLevel } from "./validate/with-validation.ts";
export type { Problem, ValidationEvent } from "./validate/problem.ts";

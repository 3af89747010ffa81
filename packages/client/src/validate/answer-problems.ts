import type { Operation } from "@ghlkit/contract";
import type { Generation } from "@ghlkit/contract-documents";
import { answerDifferences, type GivenAnswer } from "../drift/answer-differences.ts";
import type { Problem } from "./problem.ts";

/** What is wrong with an answer; the contract may say nothing about it. */
export async function answerProblems(generation: Generation, operation: Operation, answer: GivenAnswer): Promise<readonly Problem[]> {
  const differences = (await answerDifferences(generation, operation, answer)) ?? [];
  return differences.map(({ path, kind, expected, actual }) => ({
    path: path === "" ? "the answer" : path,
    message: kind === "unknown field" ? "is not in the contract" : `is ${actual} instead of ${expected}`,
  }));
}

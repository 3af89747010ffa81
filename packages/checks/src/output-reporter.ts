import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

interface Failure {
  readonly message: string;
  readonly stack?: string;
  readonly diff?: string;
}

/** Keeps what the tests print and what their failures say, so that `pnpm check` can look for secrets in it. */
export class OutputReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onInit(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, "");
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    appendFileSync(this.#file, `${content}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly Failure[]): void {
    const failures: Failure[] = modules.flatMap((module) =>
      [...module.children.allTests("failed")].flatMap((test) => test.result().errors ?? []),
    );
    for (const { message, stack, diff } of [...failures, ...unhandled])
      appendFileSync(this.#file, `${message}\n${stack ?? ""}\n${diff ?? ""}\n`);
  }
}

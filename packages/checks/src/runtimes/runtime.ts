import type { Aim, TargetTraits } from "./start-targets.ts";

/** What a runtime of the matrix may use. */
export interface RuntimeContext {
  readonly root: string;
  /** The project that has `ghlkit` installed from the tarballs, without the optional stores. */
  readonly project: Project;
  /** A folder for this runtime alone, outside of the workspace and of the project: nothing can be imported from there. */
  readonly folder: string;
  /** Servers for one run of the program. */
  readonly aim: (traits?: TargetTraits) => Promise<Aim>;
}

export interface Project {
  /** Has the files of `program/` as ES modules and as CommonJS, beside `node_modules`. */
  readonly folder: string;
  /** Installs the same packages together with others in another folder, for what must have all of them in one place. */
  readonly installWith: (more: Readonly<Record<string, string>>, into: string) => Promise<void>;
  /** A project that has every published package, the optional stores included. */
  readonly allPackages: string;
  /** Entry points of every published package. */
  readonly entryPoints: readonly string[];
}

/** One runtime, bundler, test runner or compiler of the matrix. */
export interface Runtime {
  /** As `docs/runtimes.md` has it. */
  readonly name: string;
  /** Too slow for every run: with `pnpm check --full` only. */
  readonly isSlow?: true;
  /** @returns problems; none when everything works. */
  readonly run: (context: RuntimeContext) => Promise<readonly string[]>;
}

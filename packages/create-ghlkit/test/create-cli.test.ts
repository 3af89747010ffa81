import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCreateCli } from "../src/create-cli.ts";
import { templates } from "../src/template.ts";

let folder: string;
let output: string;
let errors: string;
let questions: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "create-ghlkit-"));
  [output, errors, questions] = ["", "", []];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function run(args: readonly string[], answers?: readonly string[]): Promise<number> {
  const left = [...(answers ?? [])];
  const ask = async (question: string): Promise<string> => {
    questions.push(question);
    return left.shift() ?? "";
  };
  return runCreateCli(args, {
    write: (text) => void (output += text),
    writeError: (text) => void (errors += text),
    ask: answers === undefined ? undefined : ask,
  });
}

type Manifest = Readonly<Record<"dependencies" | "devDependencies", Record<string, string>>> & Record<string, unknown>;

async function manifestOf(project: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(project, "package.json"), "utf8")) as Manifest;
}

test.each(Object.keys(templates))("makes a project of the template %s, in the versions of the workspace", async (template) => {
  const project = join(folder, "my-lead-app");
  expect(await run([project, "--template", template])).toBe(0);
  const { name, dependencies, devDependencies } = await manifestOf(project);
  const { version } = JSON.parse(await readFile(new URL("../../ghlkit/package.json", import.meta.url), "utf8")) as { version: string };
  expect(name).toBe("my-lead-app");
  expect(dependencies["ghlkit"]).toBe(`^${version}`);
  expect(JSON.stringify({ dependencies, devDependencies })).not.toContain("workspace:");
  const files = await readdir(project);
  expect(files).toEqual(expect.arrayContaining([".gitignore", "README.md", "src", "test", "tsconfig.json"]));
  expect(files).not.toContain("_gitignore");
  expect(files).not.toContain("node_modules");
  expect(output).toContain("npm test");
});

test("takes the packages from a folder of tarballs, with what they depend on", async () => {
  const tarballs = join(folder, "tarballs");
  await mkdir(tarballs);
  const names = ["ghlkit", "ghlkit-client", "ghlkit-crm", "ghlkit-emulator", "ghlkit-storage", "ghlkit-storage-sqlite", "ghlkit-webhooks"];
  for (const name of names) await writeFile(join(tarballs, `${name}-1.2.3.tgz`), "");
  const project = join(folder, "app");
  expect(await run([project, "--template", "hono", "--packages", tarballs])).toBe(0);
  const { dependencies, devDependencies, overrides } = await manifestOf(project);
  expect(dependencies["ghlkit"]).toBe(`file:${join(tarballs, "ghlkit-1.2.3.tgz")}`);
  expect(devDependencies["@ghlkit/emulator"]).toBe(`file:${join(tarballs, "ghlkit-emulator-1.2.3.tgz")}`);
  expect(overrides).toMatchObject({
    ghlkit: "$ghlkit",
    "@ghlkit/storage-sqlite": `file:${join(tarballs, "ghlkit-storage-sqlite-1.2.3.tgz")}`,
  });
});

test("asks on a terminal for what is missing", async () => {
  const project = join(folder, "asked-for");
  expect(await run([], [project, "workers"])).toBe(0);
  expect(questions).toHaveLength(2);
  expect((await manifestOf(project))["name"]).toBe("asked-for");
});

test("takes a folder with nothing but a repository in it", async () => {
  await mkdir(join(folder, "app", ".git"), { recursive: true });
  expect(await run([join(folder, "app"), "--template", "hono"])).toBe(0);
});

test.each([
  { what: "a folder that is not empty", args: ["full", "--template", "hono"], message: /full is not empty: it has notes\.txt/ },
  { what: "a folder that is a file", args: ["full/notes.txt", "--template", "hono"], message: /notes\.txt is a file/ },
  { what: "an unknown template", args: ["app", "--template", "express"], message: /no template "express".*hono, next, workers/ },
  { what: "the name of something every object has", args: ["app", "--template", "toString"], message: /no template "toString"/ },
  { what: "a name that npm refuses", args: ["My App", "--template", "hono"], message: /"My App" cannot be the name of a package/ },
  { what: "no folder without a terminal", args: ["--template", "hono"], message: /Name a folder\.\n\nUsage:/, isBare: true },
  { what: "no template without a terminal", args: ["app"], message: /Name a template\.\n\nUsage:/ },
  { what: "an unknown option", args: ["app", "--typescript"], message: /'--typescript'[^]*Usage:/ },
  { what: "two folders", args: ["app", "other", "--template", "hono"], message: /leave out other/ },
  {
    what: "a folder of tarballs that is missing",
    args: ["app", "--template", "hono", "--packages", "/nowhere"],
    message: /no folder \/nowhere/,
  },
])("refuses $what and writes nothing", async ({ args, message, isBare }) => {
  await mkdir(join(folder, "full"));
  await writeFile(join(folder, "full", "notes.txt"), "mine");
  const [first = "", ...rest] = args;
  expect(await run(isBare === true ? args : [join(folder, first), ...rest])).toBe(1);
  expect(errors).toMatch(message);
  expect(await readdir(folder)).toEqual(["full"]);
  expect(await readdir(join(folder, "full"))).toEqual(["notes.txt"]);
});

test("refuses a folder of tarballs that lacks a package", async () => {
  await writeFile(join(folder, "ghlkit-1.2.3.tgz"), "");
  expect(await run([join(folder, "app"), "--template", "hono", "--packages", folder])).toBe(1);
  expect(errors).toContain("@ghlkit/crm is not in");
});

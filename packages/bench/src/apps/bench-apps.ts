import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { startBooking } from "@ghlkit/app-appointment-booking";
import { startInbox } from "@ghlkit/app-customer-communication";
import { bundlePage } from "@ghlkit/app-kit/page";
import { openApp } from "@ghlkit/app-kit/testing";
import { startLeads } from "@ghlkit/app-lead-management";
import { startPayments } from "@ghlkit/app-payments";
import { measure, median, type Measure } from "../measure.ts";
import { hourOfMemory } from "./hour-of-memory.ts";

const apps = new URL("../../../../apps/", import.meta.url);
const names = ["lead-management", "customer-communication", "appointment-booking", "payments"] as const;
/** Where an application shows what it is about first. */
const starts = {
  "lead-management": startLeads,
  "customer-communication": startInbox,
  "appointment-booking": startBooking,
  payments: startPayments,
};

/** The sample applications: how long they are, how heavy their pages are, and how fast. */
export async function benchApps(): Promise<readonly Measure[]> {
  return [...(await lines()), ...(await weights()), ...(await firstPaints()), await webhookToPixels(), ...(await hourOfMemory())];
}

async function lines(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const name of names) {
    const all = await linesOf(new URL(`${name}/src/`, apps));
    const page = await linesOf(new URL(`${name}/src/page/`, apps));
    measures.push(measure(`${name}: lines of src, blank ones and comments included`, all, "lines", { atMost: 900 }));
    measures.push(measure(`${name}: lines of its pages, with CSS`, page, "lines", { atMost: 450 }));
  }
  measures.push(measure("app-kit: lines of src", await linesOf(new URL("../packages/app-kit/src/", apps)), "lines", { atMost: 900 }));
  return measures;
}

async function linesOf(folder: URL): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) sum += (await readFile(`${entry.parentPath}/${entry.name}`, "utf8")).trimEnd().split("\n").length;
  return sum;
}

/** Pages are the files that begin one. */
async function weights(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const name of names) {
    const folder = new URL(`${name}/src/page/`, apps);
    for (const file of (await readdir(folder)).filter((one) => one.endsWith(".tsx"))) {
      const script = new URL(file, folder);
      if (!(await readFile(fileURLToPath(script), "utf8")).includes("startPage<")) continue;
      const asset = (await bundlePage(script)).find(({ path }) => path.endsWith(".js"));
      const bytes = gzipSync(asset?.content ?? new Uint8Array(), { level: 9 }).length;
      measures.push(measure(`${name}: script of ${file}, gzipped`, bytes / 1000, "kB", { atMost: 15 }));
    }
  }
  return measures;
}

/** From the navigation to the first thing that the page shows, in a browser without a cache. */
async function firstPaints(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const name of names) {
    const world = await openApp(starts[name]);
    try {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const page = await world.open();
        const from = performance.now();
        await page.goto(world.url);
        await page.locator("main *:visible").first().waitFor();
        times.push(performance.now() - from);
        await page.context().close();
      }
      measures.push(measure(`${name}: navigation to its content, median of 5`, median(times), "ms", { atMost: 1000 }));
    } finally {
      await world.close();
    }
  }
  return measures;
}

/** A colleague moves a card in HighLevel: until it is in its lane on the board. */
async function webhookToPixels(): Promise<Measure> {
  const world = await openApp(startLeads);
  try {
    const location = world.app.backend.location(world.locationId);
    const { pipelineId, stageIds } = world.emulator.seed;
    const { contact } = await location.contacts.create({ body: { firstName: "Ada", email: "ada@example.com" } });
    const { opportunity } = await location.opportunities.create({
      body: { contactId: contact.id, name: "Solar: Ada", pipelineId, pipelineStageId: stageIds[0] ?? "", status: "open" },
    });
    const page = await world.open();
    await page.getByRole("heading", { name: "Ada" }).waitFor();
    const times: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const stage = stageIds[(round + 1) % 2] ?? "";
      const from = performance.now();
      world.emulator.act.moveOpportunity(opportunity.id, { stage });
      await page.waitForFunction(
        ([id, wanted]) => document.querySelector<HTMLSelectElement>(`#stage-${id}`)?.value === wanted,
        [opportunity.id, stage] as const,
        { polling: 5 },
      );
      times.push(performance.now() - from);
    }
    const p95 = times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? Number.NaN;
    return measure("lead-management: webhook to pixels, p95 of 40", p95, "ms", { atMost: 1000 }, { median: median(times) });
  } finally {
    await world.close();
  }
}

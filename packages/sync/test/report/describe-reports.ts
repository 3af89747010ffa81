import { beforeAll, describe, expect, it } from "vitest";
import { Copy } from "../../src/copy/copy.ts";
import { definitions } from "../../src/kinds/definitions.ts";
import type { CopyEngine, Kind } from "../../src/index.ts";
import { readReport } from "../../src/report/read-report.ts";
import { shapeRecord } from "../../src/record/record-shape.ts";

const records: Readonly<Partial<Record<Kind, readonly Readonly<Record<string, unknown>>[]>>> = {
  contacts: [{ id: "c1", source: "Google" }, { id: "c2", source: "Google" }, { id: "c3", source: "Referral" }, { id: "c4" }],
  opportunities: [
    { id: "o1", contactId: "c1", pipelineId: "p", pipelineStageId: "new", status: "won", monetaryValue: 300 },
    { id: "o2", contactId: "c2", pipelineId: "p", pipelineStageId: "new", status: "open", monetaryValue: 100 },
    { id: "o3", contactId: "c2", pipelineId: "p", pipelineStageId: "new", status: "open", monetaryValue: 50.5 },
    { id: "o4", contactId: "c3", pipelineId: "p", pipelineStageId: "late", status: "lost" },
  ],
  appointments: [
    { id: "a1", calendarId: "k", appointmentStatus: "showed" },
    { id: "a2", calendarId: "k", appointmentStatus: "showed" },
    { id: "a3", calendarId: "k", appointmentStatus: "noshow" },
    { id: "a4", calendarId: "k", appointmentStatus: "cancelled" },
  ],
  messages: [
    { id: "m1", conversationId: "t1", direction: "inbound", messageType: "TYPE_SMS", dateAdded: "2026-01-05T10:00:00.000Z" },
    {
      id: "m2",
      conversationId: "t1",
      direction: "outbound",
      messageType: "TYPE_SMS",
      source: "workflow",
      dateAdded: "2026-01-05T10:00:01.000Z",
    },
    {
      id: "m3",
      conversationId: "t1",
      direction: "outbound",
      messageType: "TYPE_SMS",
      source: "app",
      dateAdded: "2026-01-05T10:10:00.000Z",
    },
    { id: "m4", conversationId: "t2", direction: "inbound", messageType: "TYPE_SMS", dateAdded: "2026-01-05T10:00:00.000Z" },
  ],
  transactions: [
    {
      _id: "t1",
      status: "succeeded",
      amount: 120,
      amountRefunded: 20,
      currency: "USD",
      liveMode: true,
      createdAt: "2026-01-05T10:00:00.000Z",
    },
    { _id: "t2", status: "succeeded", amount: 30, currency: "USD", createdAt: "2026-01-31T23:59:59.000Z" },
    { _id: "t3", status: "succeeded", amount: 999, currency: "USD", liveMode: false, createdAt: "2026-01-05T10:00:00.000Z" },
    { _id: "t4", status: "failed", amount: 999, currency: "USD", liveMode: true, createdAt: "2026-01-05T10:00:00.000Z" },
  ],
};

/** The reports are the same in every database. */
export function describeReports(name: string, open: () => CopyEngine): void {
  describe(`reports in ${name}`, () => {
    let engine: CopyEngine;

    beforeAll(async () => {
      engine = open();
      const copy = new Copy(engine);
      await copy.ready();
      for (const [kind, wires] of Object.entries(records) as [Kind, readonly Readonly<Record<string, unknown>>[]][]) {
        const shaped = wires.flatMap((wire) => shapeRecord(definitions[kind], wire) ?? []);
        await copy.write(
          { locationId: "loc", kind },
          { records: shaped.map((record) => ({ ...record, source: "backfill", observedAt: 1 })) },
        );
      }
    }, 300_000);

    it("leads by source", async () => {
      const rows = (await readReport(engine, "leads")).toSorted(
        (a, b) => Number(b["leads"]) - Number(a["leads"]) || (String(a["source"]) < String(b["source"]) ? -1 : 1),
      );
      expect(rows).toEqual([
        { location_id: "loc", source: "Google", leads: 2, with_deal: 2, won: 1, conversion: 0.5 },
        { location_id: "loc", source: "", leads: 1, with_deal: 0, won: 0, conversion: 0 },
        { location_id: "loc", source: "Referral", leads: 1, with_deal: 1, won: 0, conversion: 0 },
      ]);
    });

    it("pipeline value by stage, and conversion", async () => {
      expect(await readReport(engine, "pipeline")).toEqual([
        { location_id: "loc", pipeline_id: "p", pipeline_stage_id: "new", deals: 2, value: 150.5 },
      ]);
      expect(await readReport(engine, "conversion")).toEqual([
        { location_id: "loc", pipeline_id: "p", deals: 4, open: 2, won: 1, lost: 1, abandoned: 0, conversion: 0.5, won_value: 300 },
      ]);
    });

    it("show rate", async () => {
      const [row] = await readReport(engine, "show_rate");
      expect(row).toMatchObject({ calendar_id: "k", appointments: 4, showed: 2, noshow: 1, cancelled: 1 });
      expect(row?.["show_rate"]).toBeCloseTo(2 / 3);
    });

    it("revenue by month, without test payments and failed ones", async () => {
      expect(await readReport(engine, "revenue")).toEqual([
        { location_id: "loc", month: "2026-01", currency: "USD", payments: 2, received: 150, refunded: 20, revenue: 130 },
      ]);
    });

    it("response time, automatic answers left out", async () => {
      const [row] = await readReport(engine, "response_time");
      expect(row).toMatchObject({ conversations: 2, answered: 1 });
      expect(row?.["average_seconds"]).toBeCloseTo(600, 2);
    });
  });
}

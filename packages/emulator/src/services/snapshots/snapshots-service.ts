import { answerWith } from "../../resources/answer-with.ts";
import { recordsIn, requireRecord, unknownRecord } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import { param } from "../../call/call.ts";
import type { Service } from "../service.ts";

const snapshots = "/snapshots";
const pushes = "/snapshots/{}/pushes";

/** Snapshots of the agency, and where they were pushed to. */
export const snapshotsService: Service = {
  handlers: {
    "snapshots.createShareLink": (call) => {
      const snapshot = requireRecord(call, snapshots, String(call.body["snapshot_id"]));
      const id = call.world.ids.record();
      return answerWith(call, { id, shareLink: `https://affiliates.example.com/?share=${id}&snapshot=${snapshot.recordId}` });
    },
    "snapshots.getLatestPush": (call) => {
      const { recordId, companyId } = requireRecord(call, snapshots, param(call, "snapshotId"));
      const own = recordsIn(call.world.state, { resource: pushes, tenant: companyId, parents: [recordId] });
      const latest = own.findLast(({ fields }) => fields["locationId"] === param(call, "locationId"));
      if (latest === undefined) throw unknownRecord("/snapshots/push", param(call, "locationId"));
      return answerWith(call, { data: { id: latest.recordId, ...latest.fields, dateAdded: latest.createdAt } });
    },
  },
  resources: [resource(snapshots, { listName: "snapshots" }), resource(pushes)],
  seed({ sow, seed }) {
    const company = { locationId: null };
    const snapshot = sow(snapshots, { name: "Dental practice", type: "own" }, company);
    sow(snapshots, { name: "Fitness studio", type: "imported" }, company);
    const push = { status: "completed", completed: ["workflows", "calendars"], pending: [] };
    sow(pushes, { ...push, locationId: seed.locationId }, { ...company, parents: [snapshot.recordId] });
  },
};

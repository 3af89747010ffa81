import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { withIds } from "../../resources/with-ids.ts";
import { param, queryNumber } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { fileUrl, filesOf } from "../uploaded-files.ts";

export const csvs = "/social-media-posting/csv";
const csvPosts = "/social-media-posting/csv/{}/posts";

/** Imports of posts: a file is uploaded, accounts are set, the import is finalised. */
export const csvHandlers: Handlers = {
  "socialPlanner.uploadCsv": (call) => {
    const [file] = filesOf(call);
    const fileName = file?.name ?? "posts.csv";
    const results = { filePath: fileUrl(call, fileName), rowsCount: 1, fileName, fileSize: file?.size ?? 0, csvFileType: "basic" };
    return answerWith(call, { success: true, statusCode: 201, message: "Uploaded", results });
  },

  "socialPlanner.setAccounts": (call) => {
    const { filePath, fileName, rowsCount, accountIds, approver, userId, csvFileType = "basic" } = call.body;
    const fields = { fileName, file: filePath, accountIds, approver, createdBy: userId, count: rowsCount, status: "pending", csvFileType };
    const csv = addRecord(call, { resource: csvs, fields, idStyle: "object" });
    for (let row = 1; row <= Math.min(Number(rowsCount) || 0, 500); row += 1) {
      addRecord(call, {
        resource: csvPosts,
        parents: [csv.recordId],
        fields: { accountIds, summary: `Row ${row}`, medias: [] },
        idStyle: "object",
      });
    }
    return answerWith(call, { success: true, statusCode: 201, message: "Accounts set", results: { csvId: csv.recordId } });
  },

  "socialPlanner.getCsv": (call) => {
    const csv = requireRecord(call, csvs, param(call, "id"));
    const posts = recordsOf(call, csvPosts, [csv.recordId]);
    const skip = queryNumber(call, "skip", 0);
    const page = posts.slice(skip, skip + queryNumber(call, "limit", 10));
    const results = {
      csv: shownFields(csv, undefined, call),
      count: posts.length,
      posts: page.map((post) => shownFields(post, undefined, call)),
    };
    return withIds(answerWith(call, { success: true, statusCode: 200, message: "Fetched", results }), "results.posts", page);
  },

  "socialPlanner.finalizeCsv": (call) => {
    const csv = requireRecord(call, csvs, param(call, "id"));
    changeRecord(call, csv, { status: "completed", finalizedBy: call.body["userId"] });
    return answerWith(call, { success: true, statusCode: 200, message: "Finalized" });
  },

  "socialPlanner.deleteCsvPost": (call) => {
    const csv = requireRecord(call, csvs, param(call, "csvId"));
    const postId = param(call, "postId");
    const post = recordsOf(call, csvPosts, [csv.recordId]).find(({ recordId }) => recordId === postId);
    if (post === undefined) throw notFound(`Post with id ${postId} not found`);
    call.world.state.records.delete(post.id);
    const after = changeRecord(call, csv, { count: recordsOf(call, csvPosts, [csv.recordId]).length });
    return answerWith(call, {
      success: true,
      statusCode: 200,
      message: "Deleted",
      results: { postId, csv: shownFields(after, undefined, call) },
    });
  },
};

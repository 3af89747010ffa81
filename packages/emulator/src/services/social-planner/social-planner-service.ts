import { resource } from "../../resources/resource.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import type { Service } from "../service.ts";
import { accountHandlers, accounts } from "./social-accounts.ts";
import { commentHandlers, commentResource } from "./social-comments.ts";
import { csvHandlers, csvs } from "./social-csvs.ts";
import { postHandlers, postResource } from "./social-posts.ts";
import { queueHandlers, queueItemResource, queueResource } from "./social-queues.ts";
import { queueEditHandlers } from "./queue-edits.ts";
import { seedSocial } from "./seed-social.ts";
import { tags, tagHandlers } from "./social-tags.ts";

/** Accounts of social networks, posts, categories, queues, CSV imports, tags and comments. Nothing is published anywhere. */
export const socialPlannerService: Service = {
  evidence: {
    "socialPlanner.startQueueEdit": "inferred",
    "socialPlanner.saveQueueEdit": "inferred",
    "socialPlanner.discardQueueEdit": "inferred",
    "socialPlanner.listQueueSlots": "inferred",
  },
  handlers: {
    ...accountHandlers,
    ...commentHandlers,
    ...csvHandlers,
    ...postHandlers,
    ...queueHandlers,
    ...queueEditHandlers,
    ...tagHandlers,
  },
  resources: [
    resource(accounts, { idStyle: "object" }),
    commentResource,
    postResource,
    queueResource,
    queueItemResource,
    resource(csvs, {
      idStyle: "object",
      filters: { userId: (fields, value) => fields["createdBy"] === undefined || matchesField(fields, "createdBy", value) },
      withoutEffect: { includeUsers: "users are not part of the answer", isFromTemplate: "there are no templates of imports" },
    }),
    resource("/social-media-posting/categories", { idStyle: "object" }),
    resource(tags, { idStyle: "object" }),
  ],
  seed: seedSocial,
};

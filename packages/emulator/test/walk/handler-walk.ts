import { firstOf, paging, type Refs } from "./family-setup.ts";
import type { Walker } from "./walker.ts";

/** Calls every operation that has a handler and belongs to no resource's lifecycle, with what its request needs. */
export async function walkHandlers(walker: Walker, refs: Refs): Promise<void> {
  for (const service of [agents, associations, calendars, commerce, content, conversations, objects, saas, socialAccounts, socialQueues])
    await service(walker, refs);
}

/** Calls those of some operations that the generation has. */
async function each(walker: Walker, ids: readonly string[], parts?: Parameters<Walker["step"]>[1]): Promise<void> {
  for (const id of ids) if (walker.has(id)) await walker.step(id, parts);
}

async function agents(walker: Walker): Promise<void> {
  const { body } = await walker.step("agentStudio.createAgent", { body: { nodes: [], edges: [] } });
  const [versionId, agentId] = [body.versions?.[0]?.versionId as string, body.agent?.agentId as string];
  await walker.refused("agentStudio.publishAgentVersion", 404, { known: { versionId: "unknown" } });
  await walker.refused("agentStudio.updateAgentVersion", 404, { known: { versionId: "unknown" } });
  await walker.step("agentStudio.updateAgentVersion", { known: { versionId } });
  await walker.step("agentStudio.publishAgentVersion", { known: { versionId } });
  await each(walker, ["agentStudio.executeAgent", "agentStudio.executeAgentLegacy"], { known: { agentId }, isMinimal: true });
  const conversationAgent = await firstOf(walker, "conversationAi.searchAgents", "agents", "id");
  const action = await firstOf(walker, "conversationAi.listActions", "data", "id", { known: { agentId: conversationAgent } });
  await each(walker, ["conversationAi.updateFollowupSettings"], { known: { agentId: conversationAgent }, body: { actionIds: [action] } });
  const knowledgeBaseId = await firstOf(walker, "knowledgeBases.list", "data.knowledgeBases", "id");
  const run = await walker.step("knowledgeBases.discoverWebsite", { known: { knowledgeBaseId }, body: { url: "https://example.com" } });
  const operationId = run.body.data?.operationId as string;
  await walker.step("knowledgeBases.getCrawlerStatus", { known: { knowledgeBaseId, operationId } });
  const urls = await walker.step("knowledgeBases.listCrawledUrls", {
    known: { knowledgeBaseId },
    ...paging(walker, "knowledgeBases.listCrawledUrls"),
  });
  const urlIds = (urls.body.urls as readonly { id: string }[]).map(({ id }) => id);
  await walker.step("knowledgeBases.trainCrawledUrls", { known: { knowledgeBaseId, operationId }, body: { urlIds } });
  await walker.step("knowledgeBases.deleteCrawledUrls", { known: { knowledgeBaseId }, body: { urlIds } });
  await walker.refused("knowledgeBases.deleteCrawledUrls", 400, { known: { knowledgeBaseId }, body: { urlIds } });
}

async function associations(walker: Walker): Promise<void> {
  await each(walker, ["associations.getByObjectKey"], { known: { objectKey: "contact" } });
  await each(walker, ["associations.listRelationsByRecord"], { known: { id: "record-1" }, query: { skip: "0", limit: "10" } });
  await each(walker, ["customFields.listByObjectKey"], { known: { objectKey: "custom_objects.pet" } });
}

async function calendars(walker: Walker): Promise<void> {
  const { seed } = walker.emulator;
  await each(walker, ["calendars.validateGroupSlug"]);
  if (!walker.has("calendars.addScheduleCalendar")) return;
  const created = await walker.step("calendars.createSchedule", { known: { userId: seed.users.admin } });
  const known = { id: created.body.schedule?.id as string, calendarId: seed.calendarId };
  await each(walker, ["calendars.addScheduleCalendar", "calendars.removeScheduleCalendar"], { known });
  await walker.refused("calendars.addScheduleCalendar", 404, { known: { ...known, id: "unknown" } });
}

async function commerce(walker: Walker): Promise<void> {
  await each(walker, ["invoices.generateNumber", "invoices.generateEstimateNumber", "store.listAvailableShippingRates"]);
  await walker.step("invoices.textToPay", { body: { id: undefined, invoiceNumber: undefined } });
  const estimate = await walker.step("invoices.createEstimate");
  await walker.step("invoices.createFromEstimate", { known: { estimateId: estimate.body._id as string } });
  const orderId = (await walker.step("payments.listOrders", { query: { limit: "10" } })).body.data?.at(-1)?._id as string;
  await walker.step("payments.recordOrderPayment", { known: { orderId }, body: { amount: 20 } });
  await walker.refused("payments.recordOrderPayment", 404, { known: { orderId: "f".repeat(24) } });
  await walker.step("payments.disconnectCustomProvider");
  await walker.step("payments.deleteCustomProvider");
  await walker.refused("payments.getCustomProviderConfig", 404);
  await each(walker, ["marketplace.hasFunds"]);
  await each(walker, ["phoneSystem.listAvailableNumbers"], { query: { firstPart: "", lastPart: "", anywhere: "" } });
  await each(walker, ["phoneSystem.purchaseNumber"], { body: { phoneNumber: "+12025550150" } });
  await products(walker);
}

async function products(walker: Walker): Promise<void> {
  const productId = await firstOf(walker, "products.list", "products", "_id");
  const priceId = await firstOf(walker, "products.listPrices", "prices", "_id", { known: { productId } });
  const review = await firstOf(walker, "products.listReviews", "data", "_id");
  await walker.step("products.bulkUpdate", {
    body: { type: "bulk-update-price", productIds: [productId], price: { type: "SET_NEW_PRICE", value: 99 }, filters: {} },
  });
  await walker.refused("products.bulkUpdate", 400, { body: { type: "bulk-update-price", productIds: ["f".repeat(24)] } });
  await walker.step("products.bulkEdit", {
    body: { products: [{ _id: productId, name: "Edited", prices: [{ _id: priceId, amount: 98 }] }] },
  });
  const price = await walker.step("products.getPrice", { known: { productId, priceId } });
  if (price.body.amount !== 98) walker.findings.push(`products.bulkEdit: the price is ${price.body.amount}`);
  if (review !== "missing")
    await walker.step("products.bulkUpdateReviews", { body: { reviews: [{ reviewId: review, productId, storeId: "store" }] } });
  await each(walker, ["products.countReviews", "products.listInventory", "products.getStoreStats"], { query: { limit: undefined } });
  await walker.step("products.updateInventory", { body: { items: [{ priceId, availableQuantity: 3 }] } });
  await walker.step("products.updateStoreStatus", { body: { productIds: [productId] } });
  await walker.step("products.updateStorePriority", { body: { products: [{ _id: productId }] } });
}

async function content(walker: Walker, { contactId }: Refs): Promise<void> {
  const { companyId } = walker.emulator.seed;
  await each(walker, ["companies.get", "emailVerification.verify", "blogs.checkUrlSlug"]);
  await walker.refused("companies.get", 403, { known: { companyId: "unknown" } });
  const funnelId = await firstOf(walker, "funnels.list", "funnels", "_id");
  await each(walker, ["funnels.countPages"], { known: { funnelId } });
  await each(walker, ["forms.uploadCustomFiles", "locations.uploadCustomFieldFile"], { known: { contactId }, isMinimal: true });
  if (walker.has("emails.getCampaignStats")) {
    const sourceId = await firstOf(walker, "emails.listCampaigns", "campaigns", "id");
    await walker.step("emails.getCampaignStats", { known: { source: "email-campaigns", sourceId } });
    await walker.refused("emails.getCampaignStats", 404, { known: { source: "email-campaigns", sourceId: "unknown" } });
  }
  const folder = await walker.step("medias.createFolder");
  const id = folder.body._id as string;
  await walker.step("medias.bulkUpdate", { body: { filesToBeUpdated: [{ id, name: "Renamed" }] } });
  await walker.step("medias.bulkDelete", { body: { filesToBeDeleted: [{ _id: id }] } });
  const documentId = await firstOf(walker, "proposals.listDocuments", "documents", "_id");
  await walker.step("proposals.sendDocument", { known: { documentId } });
  const templateId = await firstOf(walker, "proposals.listTemplates", "data", "id");
  await walker.step("proposals.sendTemplate", { known: { templateId, contactId } });
  const snapshotId = await firstOf(walker, "snapshots.list", "snapshots", "id");
  await walker.step("snapshots.createShareLink", { body: { snapshot_id: snapshotId } });
  await walker.step("snapshots.getLatestPush", { known: { snapshotId, companyId } });
  if (!walker.has("chatWidgets.clone")) return;
  const widget = await walker.step("chatWidgets.create");
  await walker.step("chatWidgets.clone", { body: { chatWidgetId: widget.body.id } });
}

async function conversations(walker: Walker, { contactId }: Refs): Promise<void> {
  const token = walker.emulator.seed.tokens.appLocation;
  const sent = await walker.step("conversations.sendMessage", { body: { type: "SMS", contactId, message: "Hello" }, isMinimal: true });
  const conversationId = sent.body.conversationId as string;
  const call = await walker.step("conversations.addOutboundMessage", {
    body: {
      type: "Call",
      contactId,
      conversationId,
      conversationProviderId: "provider",
      call: { to: "+12025550111", from: "+12025550100", status: "completed" },
    },
    isMinimal: true,
    token,
  });
  const messageId = call.body.messageId as string;
  const recordings = [
    "conversations.getMessageRecording",
    "conversations.getMessageTranscription",
    "conversations.downloadMessageTranscription",
  ];
  await each(walker, recordings, { known: { messageId } });
  await walker.refused("conversations.getMessageRecording", 422, { known: { messageId: sent.body.messageId as string } });
  for (const id of recordings) await walker.refused(id, 404, { known: { messageId: "unknown" } });
  await each(walker, ["conversations.uploadAttachments", "conversations.setLiveChatTyping"], { known: { conversationId, contactId } });
  if (walker.has("conversations.initiateUpload")) {
    const upload = await walker.step("conversations.initiateUpload", { known: { conversationId } });
    const { uploadId, filePath } = upload.body;
    await walker.step("conversations.completeUpload", { known: { conversationId }, body: { uploadId, filePath } });
  }
  await each(walker, ["conversations.changeUserSubscription", "conversations.getUnsubscriptionStatus"], { known: { contactId } });
}

async function objects(walker: Walker): Promise<void> {
  const known = { schemaKey: "custom_objects.pet" };
  await walker.step("objects.searchRecords", { known, body: { page: 1, pageLimit: 10, query: "", searchAfter: [] }, isMinimal: true });
}

async function saas(walker: Walker): Promise<void> {
  const { locationId, secondLocationId } = walker.emulator.seed;
  const planId = await firstOf(walker, "saas.listAgencyPlansLegacy", "", "planId");
  const parts = { known: { saasPlanId: planId }, body: { locationIds: [locationId, secondLocationId] } };
  await each(walker, ["saas.listLocations", "saas.listLocationsLegacy"]);
  await each(walker, ["saas.listSaasLocations", "saas.listSaasLocationsLegacy"], { query: { page: "1" } });
  await each(walker, ["saas.enable", "saas.enableLegacy"], { known: { saasPlanId: planId } });
  await each(walker, ["saas.bulkEnable", "saas.bulkEnableLegacy", "saas.updateRebilling", "saas.updateRebillingLegacy"], parts);
  await each(walker, ["saas.pause", "saas.pauseLegacy", "saas.addComplimentaryCredits", "saas.allowAttachRebilling"]);
  await each(walker, ["saas.bulkDisable", "saas.bulkDisableLegacy"], parts);
}

async function socialAccounts(walker: Walker): Promise<void> {
  for (const platform of ["", "Facebook", "Instagram", "Linkedin", "Tiktok", "Twitter"]) {
    await each(walker, [`socialPlanner.attach${platform}OauthAccount`], { known: { platform: "facebook", accountId: "account" } });
  }
  await each(walker, ["socialPlanner.attachGoogleOauthLocation"], { known: { accountId: "account" } });
  const tagId = await firstOf(walker, "socialPlanner.listTags", "results.tags", "_id");
  await walker.step("socialPlanner.listTagDetails", { body: { tagIds: [tagId] } });
  const post = await walker.step("socialPlanner.createPost");
  const postId = post.body.results?.post?._id as string;
  const deleted = await walker.step("socialPlanner.bulkDeletePosts", { body: { postIds: [postId] } });
  if (deleted.body.results?.deletedCount !== 1) walker.findings.push("socialPlanner.bulkDeletePosts: nothing was deleted");
  await walker.step("socialPlanner.uploadCsv");
  const author = { userId: walker.emulator.seed.users.admin };
  await walker.step("socialPlanner.setAccounts", { known: author, body: { rowsCount: 2 } });
  const csvs = await walker.step("socialPlanner.listCsvs", { known: author, ...paging(walker, "socialPlanner.listCsvs") });
  const last = csvs.body.results.csvs.at(-1);
  const csvId = (last._id ?? last.id) as string;
  const page = await walker.step("socialPlanner.getCsv", { known: { id: csvId }, ...paging(walker, "socialPlanner.getCsv") });
  await walker.step("socialPlanner.finalizeCsv", { known: { id: csvId } });
  await walker.step("socialPlanner.deleteCsvPost", { known: { csvId, postId: page.body.results?.posts?.[0]?._id as string } });
  await walker.refused("socialPlanner.getCsv", 404, { known: { id: "f".repeat(24) } });
  if (!walker.has("socialPlanner.createComment")) return;
  const comment = await walker.step("socialPlanner.createComment", { known: { platform: "facebook" } });
  await each(walker, ["socialPlanner.likeComment", "socialPlanner.unlikeComment"], {
    known: { platform: "facebook", id: comment.body.results?._id as string },
  });
}

async function socialQueues(walker: Walker): Promise<void> {
  if (!walker.has("socialPlanner.createQueue")) return;
  const queueId = await firstOf(walker, "socialPlanner.listQueues", "results.queues", "_id");
  const item = await walker.step("socialPlanner.createQueueItem", { known: { queueId } });
  const known = { queueId, itemId: item.body.results?.queueItem?._id as string };
  const started = await walker.step("socialPlanner.startQueueEdit", { known });
  const { sessionId } = started.body.results;
  await walker.step("socialPlanner.cloneQueueItem", { known, body: { sessionId, order: 2 } });
  await walker.step("socialPlanner.saveQueueEdit", { known, body: { sessionId } });
  await walker.refused("socialPlanner.discardQueueEdit", 400, { known, body: { sessionId } });
  const again = await walker.step("socialPlanner.startQueueEdit", { known });
  await walker.step("socialPlanner.discardQueueEdit", { known, body: { sessionId: again.body.results.sessionId } });
  await each(walker, ["socialPlanner.listQueueSlots"], { known, isMinimal: true });
  const range = { startDate: "2000-01-01", endDate: "2100-01-01" };
  await each(walker, ["socialPlanner.listQueueCalendar", "socialPlanner.listQueueEditCalendar"], { known, body: range, isMinimal: true });
  const post = await walker.step("socialPlanner.createPost");
  await walker.step("socialPlanner.deleteQueueActivePost", { known: { postId: post.body.results?.post?._id as string } });
}

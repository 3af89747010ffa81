import type { Seeding } from "../service.ts";
import { accounts } from "./social-accounts.ts";
import { csvs } from "./social-csvs.ts";
import { posts } from "./social-posts.ts";
import { queueItems, queues } from "./social-queues.ts";
import { tags } from "./social-tags.ts";

/** Two accounts, a category with a queue, a tag, posts in two states, and an import. */
export function seedSocial({ sow, seed, now }: Seeding): void {
  const object = { idStyle: "object" } as const;
  const userId = seed.users.admin;
  const [page] = ["facebook", "instagram"].map((platform) => {
    const origin = { originId: `${platform}-1`, profileId: `${platform}-1`, oauthId: `oauth-${platform}` };
    return sow(accounts, { ...origin, platform, type: "page", name: "Harbour Dental", isExpired: false, active: true, meta: {} }, object);
  });
  const accountIds = [page?.recordId ?? ""];
  const category = sow(
    "/social-media-posting/categories",
    { name: "Care tips", primaryColor: "#336699", secondaryColor: "#ddeeff", createdBy: userId },
    object,
  );
  sow(tags, { tag: "care", createdBy: userId }, object);
  for (const status of ["draft", "published"] as const) {
    const dates = { displayDate: now, ...(status === "published" && { publishedAt: now }) };
    const text = { summary: `A ${status} post`, media: [], tags: [], error: "", source: "composer", type: "post" };
    sow(posts, { ...text, ...dates, status, accountIds, categoryId: category.recordId, createdBy: userId }, object);
  }
  const slots = [{ _id: "0000000000000000000000b1", dayOfWeek: 1, time: "09:00" }];
  const settings = { enableFuturePosts: true, prioritizeNewContent: false, status: "active", skipDateTime: [], startDate: now };
  const queue = sow(queues, { categoryId: category.recordId, timeSlots: slots, ...settings, createdBy: userId }, object);
  const payload = {
    source: "category-queue",
    status: "draft",
    type: "post",
    error: "",
    summary: "Brush twice a day",
    locationId: seed.locationId,
  };
  const item = { order: 0, variations: [], queueId: queue.recordId, original: payload, modifiedPostPayload: payload };
  sow(queueItems, item, { ...object, parents: [queue.recordId] });
  sow(
    csvs,
    {
      fileName: "spring.csv",
      file: "https://storage.example.com/spring.csv",
      accountIds,
      status: "completed",
      count: 0,
      csvFileType: "basic",
      createdBy: userId,
    },
    object,
  );
}

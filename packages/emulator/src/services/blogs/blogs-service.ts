import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import { queryText } from "../../call/call.ts";
import type { Service } from "../service.ts";

const posts = "/blogs/posts";

/** Blogs: sites, authors and categories are made on screens, posts by the API too. */
export const blogsService: Service = {
  handlers: {
    "blogs.checkUrlSlug": (call) => {
      const slug = queryText(call, "urlSlug");
      const own = queryText(call, "postId");
      return answerWith(call, {
        exists: recordsOf(call, posts).some(({ fields, recordId }) => fields["urlSlug"] === slug && recordId !== own),
      });
    },
  },
  resources: [resource(posts, { create: (input) => ({ archived: false, ...input }) })],
  seed({ sow, now }) {
    const site = sow("/blogs/site", { name: "Harbour Dental Journal" });
    const author = sow("/blogs/authors", { name: "Ida Berg", canonicalLink: "https://example.com/authors/ida" });
    const category = sow("/blogs/categories", { label: "Care", urlSlug: "care", canonicalLink: "https://example.com/care" });
    for (const [title, status] of [
      ["Five minutes for your gums", "PUBLISHED"],
      ["What a check-up shows", "DRAFT"],
    ] as const) {
      const urlSlug = title.toLowerCase().replaceAll(" ", "-");
      const text = {
        title,
        urlSlug,
        description: title,
        rawHTML: `<p>${title}</p>`,
        imageUrl: "https://example.com/blog.png",
        imageAltText: title,
      };
      const place = { blogId: site.recordId, author: author.recordId, categories: [category.recordId], tags: ["care"] };
      sow(posts, { ...text, ...place, status, archived: false, publishedAt: now });
    }
  },
};

import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import { invoiceSearch } from "./invoice-filters.ts";
import { totalOf } from "./invoice-sums.ts";
import { withLineIds } from "./invoice-totals.ts";

/** Templates keep lines and add them up; nothing is ever owed on them. */
export const invoiceTemplateResource: ResourceDeclaration = templates("/invoices/template");

export const estimateTemplateResource: ResourceDeclaration = templates("/invoices/estimate/template");

function templates(path: string): ResourceDeclaration {
  return resource(path, {
    create: (input, call) => ({
      discount: { type: "percentage", value: 0 },
      liveMode: true,
      ...input,
      items: withLineIds(input["items"], call.world.ids.object),
    }),
    // PUT replaces; PATCH changes one setting.
    change: (before, input, call) =>
      call.operation.method === "PATCH"
        ? { ...before, ...input }
        : {
            liveMode: before["liveMode"],
            discount: before["discount"],
            ...input,
            items: withLineIds(input["items"], call.world.ids.object),
          },
    view: ({ fields }, { world }) => totalOf(fields, world.options.commerce),
    filters: invoiceSearch,
    withoutEffect: { status: "templates have no status" },
    pageSize: 10,
  });
}

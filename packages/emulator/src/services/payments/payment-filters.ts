import type { ResourceDeclaration } from "../../resources/resource.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import type { Fields } from "../../state/resource-record.ts";

/** Parameters that the lists of payments share. */
export const paymentFilters: NonNullable<ResourceDeclaration["filters"]> = {
  paymentMode: (fields, value) => value === "default" || (fields["liveMode"] !== false) === (value === "live"),
  paymentStatus: (fields, value) => matchesField(fields, "paymentStatus", value),
  funnelProductIds: (fields, value) =>
    ((fields["items"] ?? []) as readonly Fields[]).some(({ productId }) => String(value).split(",").includes(String(productId))),
};

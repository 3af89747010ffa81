/** Numbers of test cards, as payment services have them. Others are declined. */
export const testCards: Readonly<Record<string, { readonly status: "succeeded" | "failed" | "pending"; readonly label: string }>> = {
  "4242424242424242": { status: "succeeded", label: "4242 … is paid" },
  "4000000000000002": { status: "failed", label: "… 0002 is declined" },
  "4000000000003220": { status: "pending", label: "… 3220 is checked by the bank for a minute" },
};

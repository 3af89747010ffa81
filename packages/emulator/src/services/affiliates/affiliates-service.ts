import type { Service } from "../service.ts";

/** Affiliates with their commissions and payouts: read only. */
export const affiliatesService: Service = {
  handlers: {},
  resources: [],
  seed({ sow, now, seed }) {
    const affiliates = [
      {
        firstName: "Nora",
        lastName: "Lind",
        email: "nora@example.com",
        revenue: 480,
        customer: 2,
        lead: 5,
        paid: 48,
        owned: 24,
        active: true,
      },
      {
        firstName: "Omar",
        lastName: "Haddad",
        email: "omar@example.com",
        revenue: 0,
        customer: 0,
        lead: 1,
        paid: 0,
        owned: 0,
        active: false,
      },
    ].map((fields) => sow("/affiliate-manager/affiliates", { ...fields, currency: "USD", campaignIds: [seed.campaignId] }));
    const [first] = affiliates;
    if (first === undefined) return;
    const affiliateId = first.recordId;
    const shared = { affiliateId, campaignId: seed.campaignId, currency: "USD", liveMode: true };
    const payout = sow("/affiliate-manager/payouts", {
      ...shared,
      amount: 48,
      status: "paid",
      payoutMonth: now.slice(0, 7),
      paidAt: now,
      paidMethod: "manual",
      affiliateName: "Nora Lind",
      affiliateEmail: "nora@example.com",
      campaign: "Spring newsletter",
    });
    const commission = {
      ...shared,
      productName: "Whitening kit",
      commission: 10,
      commissionType: "percentage",
      campaignName: "Spring newsletter",
    };
    sow("/affiliate-manager/commissions", {
      ...commission,
      qty: 1,
      amount: 480,
      commissionAmount: 48,
      status: "paid",
      payoutId: payout.recordId,
    });
    sow("/affiliate-manager/commissions", { ...commission, qty: 1, amount: 240, commissionAmount: 24, status: "pending" });
  },
};

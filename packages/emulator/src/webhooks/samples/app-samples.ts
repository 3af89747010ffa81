import type { EventSamples } from "./sample-context.ts";

type AppKind = "AppInstall" | "AppUninstall" | "AppUpdate" | "AppPaymentStatus" | "PlanChange" | "ExternalAuthConnected" | "SaaSPlanCreate";

/** Events of the app itself. */
export const appSamples: EventSamples<AppKind> = {
  AppInstall: ({ seed }) => ({
    installType: "Location",
    userId: seed.users.agencyOwner,
    companyName: seed.companyName,
    isWhitelabelCompany: false,
  }),
  AppUninstall: () => ({}),
  AppUpdate: ({ seed, ids }) => ({
    installType: "Location",
    previousVersionId: ids.object(),
    userId: seed.users.agencyOwner,
    companyName: seed.companyName,
  }),
  AppPaymentStatus: ({ seed, ids }) => ({
    previousStatus: "PENDING",
    newStatus: "COMPLETE",
    userId: seed.users.agencyOwner,
    planId: ids.object(),
  }),
  PlanChange: ({ seed, ids }) => ({ userId: seed.users.agencyOwner, currentPlanId: ids.object(), newPlanId: ids.object() }),
  ExternalAuthConnected: ({ seed }) => ({
    authType: "oauth2",
    scopes: ["read", "write"],
    isAutoRefreshTokenEnabled: true,
    userId: seed.users.agencyOwner,
  }),
  // Known by name only: its fields are not published.
  SaaSPlanCreate: () => ({}),
};

/** What a location may use, as recorded answers list it. */
const features = [
  "adManagerEnabled",
  "adwordsReportingEnabled",
  "affiliateManagerEnabled",
  "agentReportingEnabled",
  "appointmentsEnabled",
  "attributionsReportingEnabled",
  "bloggingEnabled",
  "botServiceEnabled",
  "bulkRequestsEnabled",
  "campaignsEnabled",
  "contactsEnabled",
  "conversationsEnabled",
  "dashboardStatsEnabled",
  "emailBuilderEnabled",
  "facebookAdsReportingEnabled",
  "facebookMessengerEnabled",
  "formsEnabled",
  "funnelsEnabled",
  "gmbCallTrackingEnabled",
  "gmbMessagingEnabled",
  "htmlBuilderEnabled",
  "launchpadEnabled",
  "marketingEnabled",
  "membershipEnabled",
  "opportunitiesEnabled",
  "phoneCallEnabled",
  "proposalsEnabled",
  "qrCodesEnabled",
  "quizzesEnabled",
  "reviewsEnabled",
  "settingsEnabled",
  "smsEmailTemplatesEnabled",
  "surveysEnabled",
  "tagsEnabled",
  "textToPayEnabled",
  "triggerLinksEnabled",
  "triggersEnabled",
  "webChatEnabled",
  "websitesEnabled",
  "workflowsEnabled",
] as const;

/** Profiles of a location elsewhere. */
const networks = [
  "blogRss",
  "facebookUrl",
  "foursquare",
  "googlePlacesId",
  "googlePlus",
  "instagram",
  "linkedIn",
  "pinterest",
  "twitter",
  "yelp",
  "youtube",
] as const;

/** Every feature is on. */
export const locationPermissions: Readonly<Record<string, boolean>> = Object.fromEntries(features.map((name) => [name, true]));

/** No profile is known. */
export const noProfiles: Readonly<Record<string, string>> = Object.fromEntries(networks.map((name) => [name, ""]));

import { businessHandlers } from "./businesses/businesses.ts";
import { appointmentHandlers } from "./calendars/appointments.ts";
import { calendarHandlers } from "./calendars/calendars.ts";
import { automationHandlers } from "./contacts/contact-automation.ts";
import { followerHandlers } from "./contacts/contact-followers.ts";
import { contactListHandlers } from "./contacts/contact-lists.ts";
import { noteHandlers } from "./contacts/contact-notes.ts";
import { contactTagHandlers } from "./contacts/contact-tags.ts";
import { taskHandlers } from "./contacts/contact-tasks.ts";
import { contactHandlers } from "./contacts/contacts.ts";
import { conversationSearchHandlers } from "./conversations/conversation-search.ts";
import { conversationHandlers } from "./conversations/conversations.ts";
import { exportHandlers } from "./conversations/export-messages.ts";
import { messageHandlers } from "./conversations/messages.ts";
import { providerMessageHandlers } from "./conversations/provider-messages.ts";
import type { Handlers } from "./handler.ts";
import { locationFieldHandlers } from "./locations/location-fields.ts";
import { locationTagHandlers } from "./locations/location-tags.ts";
import { locationTaskHandlers } from "./locations/location-tasks.ts";
import { locationValueHandlers } from "./locations/location-values.ts";
import { locationHandlers } from "./locations/locations.ts";
import { installationHandlers } from "./marketplace/installations.ts";
import { oauthHandlers } from "./oauth/oauth.ts";
import { opportunityHandlers } from "./opportunities/opportunities.ts";
import { opportunityFollowerHandlers } from "./opportunities/opportunity-followers.ts";
import { opportunityListHandlers } from "./opportunities/opportunity-search.ts";
import { userHandlers } from "./users/users.ts";
import { workflowHandlers } from "./workflows/workflows.ts";

/** Every operation that answers from state. The others answer with samples. */
export const handlers: Handlers = {
  ...contactHandlers,
  ...contactListHandlers,
  ...contactTagHandlers,
  ...noteHandlers,
  ...taskHandlers,
  ...followerHandlers,
  ...automationHandlers,
  ...opportunityHandlers,
  ...opportunityListHandlers,
  ...opportunityFollowerHandlers,
  ...conversationHandlers,
  ...conversationSearchHandlers,
  ...messageHandlers,
  ...providerMessageHandlers,
  ...exportHandlers,
  ...locationHandlers,
  ...locationTagHandlers,
  ...locationFieldHandlers,
  ...locationValueHandlers,
  ...locationTaskHandlers,
  ...userHandlers,
  ...workflowHandlers,
  ...calendarHandlers,
  ...appointmentHandlers,
  ...businessHandlers,
  ...oauthHandlers,
  ...installationHandlers,
};

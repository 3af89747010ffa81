import { businessesService } from "./businesses/businesses-service.ts";
import { calendarsService } from "./calendars/calendars-service.ts";
import { contactsService } from "./contacts/contacts-service.ts";
import { conversationsService } from "./conversations/conversations-service.ts";
import type { Handlers } from "./handler.ts";
import { locationsService } from "./locations/locations-service.ts";
import { marketplaceService } from "./marketplace/marketplace-service.ts";
import { oauthService } from "./oauth/oauth-service.ts";
import { opportunitiesService } from "./opportunities/opportunities-service.ts";
import type { Service } from "./service.ts";
import { usersService } from "./users/users-service.ts";
import { workflowsService } from "./workflows/workflows-service.ts";

/** Every service that has state, in the order in which they are seeded. */
export const services: readonly Service[] = [
  locationsService,
  usersService,
  contactsService,
  opportunitiesService,
  conversationsService,
  workflowsService,
  calendarsService,
  businessesService,
  oauthService,
  marketplaceService,
];

/** Every operation that answers from state. */
export const handlers: Handlers = Object.assign({}, ...services.map((service) => service.handlers)) as Handlers;

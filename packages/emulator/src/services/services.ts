import type { Evidence } from "../http/answer.ts";
import { resourceHandler } from "../resources/resource-handler.ts";
import type { Holders } from "../resources/resource-parents.ts";
import { overlayEvidence, resourceOperations } from "../resources/resource-table.ts";
import { resource, type ResourceDeclaration } from "../resources/resource.ts";
import { affiliatesService } from "./affiliates/affiliates-service.ts";
import { agentStudioService } from "./agent-studio/agent-studio-service.ts";
import { associationsService } from "./associations/associations-service.ts";
import { blogsService } from "./blogs/blogs-service.ts";
import { brandBoardsService } from "./brand-boards/brand-boards-service.ts";
import { chatWidgetsService } from "./chat-widgets/chat-widgets-service.ts";
import { companiesService } from "./companies/companies-service.ts";
import { conversationAiService } from "./conversation-ai/conversation-ai-service.ts";
import { customFieldsService } from "./custom-fields/custom-fields-service.ts";
import { customMenusService } from "./custom-menus/custom-menus-service.ts";
import { emailVerificationService } from "./email-verification/email-verification-service.ts";
import { emailsService } from "./emails/emails-service.ts";
import { formsService } from "./forms/forms-service.ts";
import { funnelsService } from "./funnels/funnels-service.ts";
import { invoicesService } from "./invoices/invoices-service.ts";
import { knowledgeBasesService } from "./knowledge-bases/knowledge-bases-service.ts";
import { linksService } from "./links/links-service.ts";
import { mediasService } from "./medias/medias-service.ts";
import { objectsService } from "./objects/objects-service.ts";
import { paymentsService } from "./payments/payments-service.ts";
import { phoneSystemService } from "./phone-system/phone-system-service.ts";
import { productsService } from "./products/products-service.ts";
import { proposalsService } from "./proposals/proposals-service.ts";
import { saasService } from "./saas/saas-service.ts";
import { snapshotsService } from "./snapshots/snapshots-service.ts";
import { socialPlannerService } from "./social-planner/social-planner-service.ts";
import { storeService } from "./store/store-service.ts";
import { voiceAiService } from "./voice-ai/voice-ai-service.ts";
import { businessesService } from "./businesses/businesses-service.ts";
import { calendarsService } from "./calendars/calendars-service.ts";
import { contactsService } from "./contacts/contacts-service.ts";
import { conversationsService } from "./conversations/conversations-service.ts";
import type { Handlers } from "../call/handler.ts";
import { locationsService } from "./locations/locations-service.ts";
import { marketplaceService } from "./marketplace/marketplace-service.ts";
import { oauthService } from "./oauth/oauth-service.ts";
import { opportunitiesService } from "./opportunities/opportunities-service.ts";
import type { Service } from "./service.ts";
import { usersService } from "./users/users-service.ts";
import { recordedOperations } from "./recorded-operations.ts";
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
  affiliatesService,
  agentStudioService,
  associationsService,
  blogsService,
  brandBoardsService,
  chatWidgetsService,
  companiesService,
  conversationAiService,
  customFieldsService,
  customMenusService,
  emailVerificationService,
  emailsService,
  formsService,
  funnelsService,
  invoicesService,
  knowledgeBasesService,
  linksService,
  mediasService,
  objectsService,
  paymentsService,
  phoneSystemService,
  productsService,
  proposalsService,
  saasService,
  snapshotsService,
  socialPlannerService,
  storeService,
  voiceAiService,
];

/** Every operation that has a handler of its own. */
export const handlers: Handlers = Object.assign({}, ...services.map((service) => service.handlers)) as Handlers;

/** What the services declare of their resources. */
export const declarations: ReadonlyMap<string, ResourceDeclaration> = new Map(
  services.flatMap(({ resources = [] }) => resources).map((declaration) => [declaration.resource, declaration]),
);

/** Collections of their own that resources have as parents. */
export const holders: Holders = Object.assign({}, ...services.map((service) => service.holders ?? {})) as Holders;

/** Every operation that answers from state or computes its answer: by a handler of its own, else by its role. */
export const answering: Handlers = { ...resourceHandlers(declarations, holders), ...handlers };

/** What handlers, declarations and corrections of the contract state of the evidence of operations. */
export const statedEvidence: ReadonlyMap<string, Evidence> = new Map([
  ...overlayEvidence,
  ...[...resourceOperations.values()].flatMap(({ id, resource: path }): readonly (readonly [string, Evidence])[] => {
    const { evidence } = declarations.get(path) ?? {};
    return evidence === undefined || id in handlers ? [] : [[id, evidence]];
  }),
  ...services.flatMap(({ evidence = {} }) => Object.entries(evidence)),
  ...recordedOperations.map((id) => [id, "recorded"] as const),
]);

function resourceHandlers(byResource: typeof declarations, parents: Holders): Handlers {
  const facts = { holders: parents, declarations: byResource };
  return Object.fromEntries(
    [...resourceOperations.values()].map((operation) => {
      const declaration = byResource.get(operation.resource) ?? resource(operation.resource);
      return [operation.id, resourceHandler(operation, declaration, facts)];
    }),
  );
}

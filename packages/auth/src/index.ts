// Credentials
export { privateIntegration, type PrivateIntegrationOptions } from "./private-integration.ts";

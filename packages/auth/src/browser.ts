// In the page itself: no other entry point of the package belongs into a browser.
export { requestUserContext, type RequestUserContextOptions } from "./user-context/request-user-context.ts";

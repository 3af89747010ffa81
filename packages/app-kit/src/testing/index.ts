export { inProcess, type AppProcess } from "./app-process.ts";
export { connectLocation } from "./connect-location.ts";
export { expectAccessible } from "./expect-accessible.ts";
export { forgeWebhook } from "./forge-webhook.ts";
export { createLeapClock, type LeapClock } from "./leap-clock.ts";
export { hasChromium, openApp, type AppUnderTest, type OpenAppOptions, type OpenOptions, type StartApp } from "./open-app.ts";
export { inheritedEnvironment } from "./inherited-environment.ts";
export { openTwoLocations, type TwoLocations } from "./open-two-locations.ts";
export { setHidden } from "./set-hidden.ts";

import type { Environment } from "../server/settings.ts";

/** What applications read: that of a developer's shell would lead one under test to a real account. */
const own = /^(GHL|APP)_|^(PUBLIC_URL|DATA_FOLDER|HOST|PORT)$/;

/** The environment of this process for one of an application, without what configures applications. */
export function inheritedEnvironment(from: Environment = process.env): Environment {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !own.test(name)));
}

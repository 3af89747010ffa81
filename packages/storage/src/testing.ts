// Contract suites
export { describeStores } from "./testing/describe-stores.ts";
export { describeTokenStore } from "./testing/describe-token-store.ts";
export { describeLeaseStore } from "./testing/describe-lease-store.ts";
export { describeInstallationStore } from "./testing/describe-installation-store.ts";
export { describeRateWindow } from "./testing/describe-rate-window.ts";
export { describeJournal } from "./testing/describe-journal.ts";
export { describeInbox } from "./testing/describe-inbox.ts";
export { sampleDelivery } from "./testing/sample-delivery.ts";
export { describeStateStore } from "./testing/describe-state-store.ts";

// What they take
export type { StoreFactory, StoreUnderTest } from "./testing/store-under-test.ts";
export type { Expectation, SuiteRunner } from "./testing/suite-runner.ts";

// Across processes
export { describeProcesses } from "./testing/describe-processes.ts";
export type { ProcessesUnderTest, StoreProcess } from "./testing/processes-under-test.ts";
export { remoteStores, serveStores, type ProcessChannel } from "./testing/remote-stores.ts";
export { slowStores, type SlowStoresOptions } from "./testing/slow-stores.ts";

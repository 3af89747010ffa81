// Locations distributed over processes by pg-boss
export { createLocationWorkers, type LocationWorkers, type LocationWorkersOptions } from "./location-workers.ts";
export type { LocationStatus, RunStatus } from "./run-status.ts";
export type { LocationEvent } from "./location-job.ts";
export type { HandedOutJob, JobQueue } from "./job-queue.ts";

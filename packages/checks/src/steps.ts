import type { Step } from "./step.ts";
import { alerts } from "./steps/alerts.ts";
import { api } from "./steps/api.ts";
import { audit } from "./steps/audit.ts";
import { docsSamples } from "./steps/docs-samples.ts";
import { evidence } from "./steps/evidence.ts";
import { faultRun } from "./steps/fault-run.ts";
import { format } from "./steps/format.ts";
import { generated } from "./steps/generated.ts";
import { lint } from "./steps/lint.ts";
import { manifests } from "./steps/manifests.ts";
import { packages } from "./steps/packages.ts";
import { release } from "./steps/release.ts";
import { runtimes } from "./steps/runtimes.ts";
import { projectTemplates } from "./steps/templates.ts";
import { screens } from "./steps/screens.ts";
import { secrets } from "./steps/secrets.ts";
import { spec } from "./steps/spec.ts";
import { tests } from "./steps/tests.ts";
import { suiteOutput } from "./steps/suite-output.ts";
import { typeTests } from "./steps/type-tests.ts";
import { typecheck } from "./steps/typecheck.ts";

/** What `pnpm check` runs, the quickest to fail first. */
export const steps: readonly Step[] = [
  format,
  lint,
  secrets,
  manifests,
  api,
  generated,
  evidence,
  alerts,
  spec,
  typecheck,
  typeTests,
  docsSamples,
  tests,
  suiteOutput,
  packages,
  release,
  runtimes,
  projectTemplates,
  faultRun,
  screens,
  audit,
];

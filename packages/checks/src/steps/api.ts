import { apiReports, reportProblems } from "../api/api-reports.ts";
import { documentationProblems } from "../api/undocumented.ts";
import { undocumentedAllowed } from "../api/undocumented-allowed.ts";
import { judged, type Step } from "../step.ts";

/** What users see: every change of a package's API is a change of its report, and every export has a docstring. */
export const api: Step = {
  name: "api",
  run: async ({ root }) => {
    const reports = await apiReports(root);
    const total = reports.reduce((sum, { documentation }) => sum + documentation.total, 0);
    const missing = reports.flatMap(({ package: name, documentation }) => documentation.missing.map((item) => `${name} ${item}`));
    const problems = [...(await reportProblems(reports)), ...documentationProblems(missing, undocumentedAllowed)];
    return judged(problems, `${reports.length} packages; ${total - missing.length} of ${total} exports and options have a docstring`);
  },
};

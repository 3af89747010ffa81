import { readFile, writeFile } from "node:fs/promises";
import { readAlertRules } from "./alert-rule.ts";
import { renderMonitoringPage } from "./render-monitoring-page.ts";

const page = new URL("../../../../docs/monitoring.md", import.meta.url);
const rules = readAlertRules(await readFile(new URL("../../../../docs/monitoring/alerts.yaml", import.meta.url), "utf8"));
await writeFile(page, renderMonitoringPage(await readFile(page, "utf8"), rules));

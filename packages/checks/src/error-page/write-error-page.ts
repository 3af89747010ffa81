import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { renderErrorPage } from "./render-error-page.ts";

await writeFile(fileURLToPath(new URL("../../../../docs/errors.md", import.meta.url)), renderErrorPage());

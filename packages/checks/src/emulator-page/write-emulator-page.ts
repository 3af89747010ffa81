import { writeFile } from "node:fs/promises";
import { emulatorPage, emulatorPageFile } from "./emulator-page.ts";

await writeFile(emulatorPageFile, await emulatorPage());

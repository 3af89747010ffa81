import { Command } from "commander";
import { openDemo } from "./open-demo.ts";
import { playStories } from "./play-stories.ts";
import { openStartPage } from "./start-page.ts";

const { headless = !process.stdout.isTTY } = new Command("demo")
  .description("Starts a local HighLevel and the sample applications, and prints the page to open.")
  .option("--headless", "play every story in the terminal, and end")
  .parse()
  .opts<{ headless?: boolean }>();

const started = performance.now();
const demo = await openDemo();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`A local HighLevel at ${demo.platform.url} and ${demo.apps.length} applications, started in ${seconds} s.`);
if (headless) {
  const failed = await playStories(demo, console.log);
  await demo.close();
  console.log(failed.length === 0 ? "\nEvery story came to its end." : `\nFailed: ${failed.join(", ")}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} else {
  const page = await openStartPage(demo);
  console.log(`\nOpen ${page.url}   (Ctrl+C ends everything)`);
  const stop = (): void =>
    void page
      .close()
      .then(demo.close)
      .then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

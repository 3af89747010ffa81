import type { Demo } from "./open-demo.ts";
import { storyWorld } from "./story-world.ts";

/** Plays the story of every application, and says what happened. @returns the titles of those that did not come to their end. */
export async function playStories(demo: Demo, say: (line: string) => void): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const app of demo.apps) {
    const { application } = app;
    say(`\n${application.title}`);
    await application.story(storyWorld(demo, app, (line) => say(`  ✓ ${line}`))).catch((error: unknown) => {
      failed.push(application.title);
      say(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  return failed;
}

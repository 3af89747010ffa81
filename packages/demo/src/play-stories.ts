import type { Demo } from "./open-demo.ts";

/** Plays the story of every application, and says what happened. @returns the titles of those that did not come to their end. */
export async function playStories({ apps, platform }: Demo, say: (line: string) => void): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { application, url, link } of apps) {
    say(`\n${application.title}`);
    const { emulator } = platform;
    const world = { emulator, url: url(), locationId: emulator.seed.locationId, link, say: (line: string) => say(`  ✓ ${line}`) };
    await application.story(world).catch((error: unknown) => {
      failed.push(application.title);
      say(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  return failed;
}

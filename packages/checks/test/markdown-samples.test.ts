import { expect, test } from "vitest";
import { markdownSamples } from "../src/markdown-samples.ts";

const fence = "```";

test("finds ts blocks with the line they start on", () => {
  const text = `# Title\n\n${fence}ts\nconst a = 1;\nconst b = 2;\n${fence}\n\n${fence}sh\nnpm i\n${fence}\n\n- item\n\n  ${fence}ts\n  const c = 3;\n  ${fence}\n`;
  expect(markdownSamples(text)).toEqual({
    samples: [
      { line: 4, code: "const a = 1;\nconst b = 2;" },
      { line: 15, code: "const c = 3;" },
    ],
    unchecked: 0,
    unexplained: [],
  });
});

test("no-check counts only with a reason on the line before", () => {
  const text = `<!-- no-check: needs a browser -->\n${fence}ts no-check\nx\n${fence}\n\n${fence}ts no-check\ny\n${fence}\n`;
  expect(markdownSamples(text)).toEqual({ samples: [], unchecked: 1, unexplained: [6] });
});

test("a fence inside a longer fence is text", () => {
  expect(markdownSamples(`${fence}${fence}md\n${fence}ts\nwrong(\n${fence}\n${fence}${fence}\n`).samples).toEqual([]);
});

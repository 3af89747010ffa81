import { createReadStream } from "node:fs";
import { unreadable } from "./file-facts.ts";

/** One line of a file; `text` is cut at the length that is taken. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Characters of the whole line. */
  readonly length: number;
}

/**
 * The lines of a UTF-8 file, however long they are. They end with a line feed, with or without a carriage return: other characters that end lines elsewhere, such as
 * U+2028, may stand in the strings of JSON.
 * @param longest Characters of a line that are kept.
 * @throws GhlError `invalid_request` when the file cannot be read.
 */
export async function* textLines(path: string, longest: number): AsyncIterable<TextLine> {
  const file = createReadStream(path, "utf8");
  let line = 1;
  let text = "";
  let length = 0;
  const add = (part: string): void => {
    length += part.length;
    if (text.length <= longest) text += part.slice(0, longest + 2 - text.length);
  };
  const take = (): TextLine => {
    const isLong = length > text.length || !text.endsWith("\r");
    const taken = isLong ? { text, line, length } : { text: text.slice(0, -1), line, length: length - 1 };
    [text, length, line] = ["", 0, line + 1];
    return taken;
  };
  try {
    for await (const chunk of file as AsyncIterable<string>) {
      const [first = "", ...others] = chunk.split("\n");
      add(first);
      for (const other of others) {
        yield take();
        add(other);
      }
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    file.destroy();
  }
  if (length > 0) yield take();
}

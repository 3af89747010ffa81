// oxlint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of others for a terminal: nothing in it moves the cursor, changes colours or turns the direction of writing. */
export function printable(text: string): string {
  return text.replace(control, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A time as people and programs read it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

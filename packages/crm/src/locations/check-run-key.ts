/** @throws TypeError for a key that cannot be a part of one in the journal. */
export function checkRunKey(where: string, key: string): void {
  if (!/^[^/\p{C}]{1,150}$/u.test(key)) throw new TypeError(`${where}: the key must have 1 to 150 characters, no "/" among them.`);
}

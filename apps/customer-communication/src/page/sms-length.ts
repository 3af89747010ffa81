/** The letters of GSM 03.38 that take one place, and those that take two. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("^{}\\[~]|€\f");

/** How long a text is, and in how many parts it goes: 160 places or 153 a part in GSM-7, 70 or 67 where a letter is not in it. */
export function smsLength(text: string): { readonly used: number; readonly room: number; readonly parts: number } {
  const letters = [...text];
  const isGsm = letters.every((letter) => basic.has(letter) || extended.has(letter));
  const used = isGsm ? letters.reduce((sum, letter) => sum + (extended.has(letter) ? 2 : 1), 0) : text.length;
  const [single, multiple] = isGsm ? [160, 153] : [70, 67];
  const parts = used <= single ? 1 : Math.ceil(used / multiple);
  return { used, room: parts === 1 ? single : parts * multiple, parts };
}

/** MD5 (RFC 1321). WebCrypto has none; it is used only to derive the key of a user context, as the platform does. */
export function md5(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = ((input.length + 8) >> 6) * 64 + 64;
  const padded = new Uint8Array(length);
  padded.set(input);
  padded[input.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, input.length << 3, true);
  view.setUint32(length - 4, Math.floor(input.length / 0x2000_0000), true);
  const state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476] as [number, number, number, number];
  for (let at = 0; at < length; at += 64) addBlock(state, view, at);
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => digest.setUint32(index * 4, word, true));
  return new Uint8Array(digest.buffer);
}

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));

function addBlock(state: [number, number, number, number], view: DataView, at: number): void {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step += 1) {
    const [mixed, word] = round(step, b, c, d);
    const sum = (a + mixed + (sines[step] as number) + view.getUint32(at + word * 4, true)) | 0;
    const shift = shifts[(step >> 4) * 4 + (step & 3)] as number;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  [a, b, c, d].forEach((word, index) => (state[index] = ((state[index] as number) + word) | 0));
}

function round(step: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  if (step < 16) return [(b & c) | (~b & d), step];
  if (step < 32) return [(d & b) | (~d & c), (5 * step + 1) % 16];
  if (step < 48) return [b ^ c ^ d, (3 * step + 5) % 16];
  return [c ^ (b | ~d), (7 * step) % 16];
}

const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+)*$/i;
const label = /^[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?$/i;
const lastLabel = /^(?:[a-z\u00a1-\uffff]{2,}|xn--[a-z0-9-]{2,})$/i;

/**
 * Whether a text is an e-mail address by the rules of class-validator (validator.js with its defaults), whose words the platform refuses others
 * with: no blanks, no address literal, at most 64 characters in front, a domain of two labels or more.
 */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const [name, domain] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  const labels = domain.split(".");
  const isDomain = labels.length > 1 && labels.every((one) => label.test(one)) && lastLabel.test(labels.at(-1) ?? "");
  return local.test(name) && name.length <= 64 && isDomain && domain.length <= 254;
}

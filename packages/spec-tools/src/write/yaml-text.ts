import { stringify } from "yaml";

/** YAML as the contract is written: no wrapped lines, no anchors, lists indented once. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false });
}

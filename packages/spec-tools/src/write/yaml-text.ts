import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";

const widest = 110;

/**
 * YAML as the contract is written: short lists and records on one line, the rest as a block; no anchors, no wrapped lines.
 * What a reader of YAML 1.1 would take for a date or a boolean is quoted.
 */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Collection: (_, node) => {
      node.flow = isCompact(node, 2) && width(node) <= widest;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: true });
}

/** Whether a collection still reads well on one line: few entries, and no deep nesting. */
function isCompact(node: unknown, depth: number): boolean {
  if (isScalar(node)) return true;
  if (isSeq(node)) return node.items.every(isScalar);
  if (!isMap(node) || depth === 0 || node.items.length > 4) return false;
  return node.items.every((pair) => isCompact(pair.value, depth - 1));
}

/** Characters of a collection of scalars on one line, near enough. */
function width(node: unknown): number {
  if (isScalar(node)) return String(node.value).length + 2;
  if (isPair(node)) return width(node.key) + width(node.value);
  if (isSeq(node) || isMap(node)) return node.items.reduce((sum: number, item) => sum + width(item), 4);
  return widest;
}

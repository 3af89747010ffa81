import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";

const widest = 100;

/** YAML as the contract is written: short lists and records on one line, the rest as a block; no anchors, no wrapped lines. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      if (isMap(node)) node.flow = node.items.length > 0 && node.items.length <= 3 && node.items.every((pair) => isPlain(pair.value)) && width(node) <= widest;
      if (isSeq(node)) node.flow = node.items.every(isScalar) && width(node) <= widest;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: true });
}

function isPlain(node: unknown): boolean {
  return isScalar(node) || (isSeq(node) && node.items.length <= 3 && node.items.every(isScalar));
}

/** Characters of a collection of scalars on one line, near enough. */
function width(node: unknown): number {
  if (isScalar(node)) return String(node.value).length + 2;
  if (isPair(node)) return width(node.key) + width(node.value);
  if (isSeq(node) || isMap(node)) return node.items.reduce((sum: number, item) => sum + width(item), 4);
  return widest;
}

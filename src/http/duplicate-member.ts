import { parse, type ValueNode } from '@humanwhocodes/momoa';
import { pointerOf } from './pointer.js';

/** JSON Pointer of the first member that is given twice; slow, so only once it is known that there is one. */
export const findDuplicate = (text: string): string => {
  const found = search(parse(text, { mode: 'json' }).body, []);
  return found === null ? '' : pointerOf(found);
};

type Path = readonly (string | number)[];

const search = (node: ValueNode, path: Path): Path | null => {
  if (node.type === 'Array') {
    for (const [place, element] of node.elements.entries()) {
      const found = search(element.value, [...path, place]);
      if (found !== null) return found;
    }
    return null;
  }
  if (node.type !== 'Object') return null;
  const seen = new Set<string>();
  for (const member of node.members) {
    const name = member.name.type === 'String' ? member.name.value : member.name.name;
    const here = [...path, name];
    if (seen.has(name)) return here;
    seen.add(name);
    const found = search(member.value, here);
    if (found !== null) return found;
  }
  return null;
};

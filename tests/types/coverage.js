// Which of the declared properties values have, and whether they are ever `null` there and ever something else.
import { SignatureKind, SyntaxKind, TypeFlags } from './compiler.js';

const PROPERTIES = [SyntaxKind.PropertySignature, SyntaxKind.PropertyDeclaration];
const NAMED = [SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.ClassDeclaration];

/** Counts what values have of what their types declare. */
export class Coverage {
  #checker;
  #isOurs;
  #declared = new Map();
  #walked = new Set();
  #properties = new Map();

  /** @param isOurs whether a file's types are to be looked at */
  constructor(checker, isOurs) {
    this.#checker = checker;
    this.#isOurs = isOurs;
  }

  /** Looks at a value of a type. */
  see(type, value) {
    this.#declare(type);
    this.#compare(type, value);
  }

  /** What is wrong: each place that no value has, or that is never or always `null` though its type says otherwise. */
  gaps() {
    return [...this.#declared]
      .flatMap(([place, { isNullable, isOptional, present, absent, filled, empty }]) => [
        ...(present === 0 ? [`${place} is in no value`] : []),
        ...(present > 0 && filled === 0 && isNullable ? [`${place} is always null`] : []),
        ...(present > 0 && empty === 0 && isNullable ? [`${place} is never null`] : []),
        ...(isOptional && absent === 0 ? [`${place} is never left out`] : []),
      ])
      .sort();
  }

  /** How many properties are declared. */
  get size() {
    return this.#declared.size;
  }

  #declare(type) {
    if (this.#walked.has(type.id)) return;
    this.#walked.add(type.id);
    for (const member of this.#objects(type)) {
      for (const { places, type, isNullable, isOptional } of this.#propertiesOf(member)) {
        for (const place of places) {
          const known = this.#declared.get(place) ?? { present: 0, absent: 0, filled: 0, empty: 0 };
          this.#declared.set(place, { ...known, isNullable, isOptional });
        }
        this.#declare(type);
      }
    }
  }

  #compare(type, value) {
    if (Array.isArray(value)) {
      const [element] = this.#elements(type);
      for (const item of value) this.#compare(element, item);
    } else if (typeof value === 'object' && value !== null) {
      for (const member of this.#objects(type)) if (this.#fits(member, value)) this.#count(member, value);
    }
  }

  #count(type, value) {
    for (const { name, places, type: of } of this.#propertiesOf(type)) {
      for (const place of places) {
        const counts = this.#declared.get(place);
        if (!(name in value)) counts.absent += 1;
        else {
          counts.present += 1;
          counts[value[name] === null ? 'empty' : 'filled'] += 1;
        }
      }
      this.#compare(of, value[name]);
    }
  }

  /** Whether the properties of a value whose types are a few words are among these words. */
  #fits(type, value) {
    return this.#propertiesOf(type).every(({ name, type: of }) => {
      const members = of.isUnionType() ? of.getTypes() : [of];
      if (!members.every(({ flags }) => flags & (TypeFlags.StringLiteral | TypeFlags.Null))) return true;
      return members.some((member) => (member.flags & TypeFlags.Null ? null : member.value) === value[name]);
    });
  }

  /** The objects that a type may be, those inside of lists too. What has fields of any name is left alone. */
  #objects(type) {
    if (type.isUnionType()) return type.getTypes().flatMap((member) => this.#objects(member));
    if (this.#checker.isArrayType(type)) return this.#elements(type).flatMap((element) => this.#objects(element));
    const isObject = type.isIntersectionType() || type.isObjectType();
    const isFunction = () => this.#checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
    return isObject && !isFunction() && this.#checker.getIndexInfosOfType(type).length === 0 ? [type] : [];
  }

  #elements(type) {
    if (type.isUnionType()) return type.getTypes().flatMap((member) => this.#elements(member));
    return this.#checker.isArrayType(type) ? this.#checker.getTypeArguments(type) : [];
  }

  #propertiesOf(type) {
    if (!this.#properties.has(type.id)) this.#properties.set(type.id, this.#read(type));
    return this.#properties.get(type.id);
  }

  #read(type) {
    return this.#checker.getPropertiesOfType(type).flatMap((symbol) => {
      const declarations = symbol.declarations.filter(({ path }) => this.#isOurs(path)).map((node) => node.resolve());
      const isMethod = declarations.some(({ kind }) => kind === SyntaxKind.MethodSignature);
      if (declarations.length === 0 || isMethod) return [];
      const of = this.#checker.getTypeOfSymbol(symbol);
      const members = of.isUnionType() ? of.getTypes() : [of];
      const isNullable = members.length > 1 && members.some(({ flags }) => flags & TypeFlags.Null);
      const isOptional = declarations.some(({ postfixToken }) => postfixToken?.kind === SyntaxKind.QuestionToken);
      return { name: symbol.name, places: declarations.map(placeOf), type: of, isNullable, isOptional };
    });
  }
}

/** Where a property is declared, such as `OperationView.eta.latest`. */
function placeOf(node) {
  const names = [];
  for (let at = node; at !== undefined; at = at.parent) {
    if ([...PROPERTIES, ...NAMED].includes(at.kind)) names.unshift(at.name.text);
  }
  return names.join('.');
}

import * as ts from 'typescript';

/**
 * What the declarations of a module say, and jsii drops or widens without a word, so that other languages get something
 * else: constants, functions and aliases; overloads; unions, literals, callbacks and shapes in the types of members.
 */
export function lostInTranslation(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const moduleSymbol = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker
    .getExportsOfModule(moduleSymbol)
    .map(symbol => (ts.isExportSpecifier(symbol.declarations![0]) ? checker.getAliasedSymbol(symbol) : symbol))
    .flatMap(symbol => (symbol.declarations ?? []).flatMap(declaration => problemsOf(symbol.name, declaration)));
}

function problemsOf(name: string, declaration: ts.Declaration): string[] {
  if (ts.isEnumDeclaration(declaration)) {
    return [];
  }
  if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) {
    return [`${name}: ${kindOf(declaration)} is not exported to other languages`];
  }
  const members = (declaration.members as ts.NodeArray<(ts.Node & ts.ClassElement) | ts.TypeElement>).filter(isPublic);
  return [
    ...members.flatMap(member => typeProblems(`${name}.${nameOf(member)}`, member)),
    ...overloads(name, members.filter(member => !ts.isSetAccessor(member)).map(nameOf)),
  ];
}

function kindOf(declaration: ts.Declaration): string {
  if (ts.isFunctionDeclaration(declaration)) {
    return 'a function';
  }
  return ts.isTypeAliasDeclaration(declaration) ? 'a type alias' : 'a constant';
}

/** What jsii looks at: neither private nor internal. */
function isPublic(member: ts.Node): boolean {
  const hidden =
    ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return (
    !hidden &&
    !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal') &&
    !nameOf(member).startsWith('_')
  );
}

function nameOf(member: ts.Node): string {
  return ts.isConstructorDeclaration(member)
    ? 'constructor'
    : ((member as ts.NamedDeclaration).name?.getText() ?? 'a signature');
}

function overloads(name: string, members: string[]): string[] {
  return [...new Set(members.filter((member, index) => members.indexOf(member) !== index))].map(
    member => `${name}.${member}: only the first overload exists in other languages`,
  );
}

function typeProblems(where: string, member: ts.Node): string[] {
  if (ts.isMethodDeclaration(member) && member.typeParameters) {
    return [`${where}: type parameters do not exist in other languages`];
  }
  const lost: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && isLost(node)) {
      lost.push(`${where}: ${node.getText()} becomes something else in other languages`);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(member, visit);
  return lost;
}

function isLost(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) {
    return type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword).length !== 1;
  }
  if (ts.isTypeLiteralNode(type)) {
    return !type.members.every(ts.isIndexSignatureDeclaration);
  }
  return (
    ts.isLiteralTypeNode(type) ||
    ts.isFunctionTypeNode(type) ||
    ts.isTupleTypeNode(type) ||
    ts.isIntersectionTypeNode(type)
  );
}

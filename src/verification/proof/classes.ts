import type { PolicyJson } from '../policy';
import { asList } from '../policy/document';
import { wildcardMatch } from '../policy/wildcard';
import type { Target } from './scene';

/**
 * One action for each class of actions that no statement of the policies tells apart: what is decided about it is decided about all of its class.
 *
 * @param actions one of the lists of actions
 * @param apart actions that the claim itself treats differently from others
 */
export function actionClasses(
  actions: readonly string[], documents: readonly PolicyJson[], apart: ReadonlyArray<readonly string[]> = [],
): readonly string[] {
  const signatures = documents.map(document => signaturesOf(actions, document));
  const index = new Map(actions.map((action, at) => [action, at]));
  return distinctBy(actions, action => [...signatures.map(each => each[index.get(action) ?? 0]), ...apart.map(each => each.includes(action))].join());
}

/** One target for each class of targets that no statement of the policies tells apart. */
export function targetClasses(targets: readonly Target[], documents: readonly PolicyJson[]): readonly Target[] {
  const statements = documents.flatMap(({ Statement }) => asList(Statement));
  const patterns = [...new Set(statements.flatMap(({ Resource, NotResource }) => [...asList(Resource), ...asList(NotResource)]))];
  const found = new Map<string, Target>();
  for (const target of targets) {
    const key = patterns.map(each => each.includes('${') || wildcardMatch(each, target.arn)).join();
    if (!found.has(key)) found.set(key, target);
  }
  return [...found.values()];
}

/** The first of those that have the same key. */
export function distinctBy(items: readonly string[], keyOf: (item: string) => string): readonly string[] {
  const found = new Map<string, string>();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** Neither the lists nor the documents ever change. */
const SIGNATURES = new WeakMap<PolicyJson, Map<readonly string[], readonly string[]>>();

/** For each action, which statements name it. */
function signaturesOf(actions: readonly string[], document: PolicyJson): readonly string[] {
  const ofDocument = SIGNATURES.get(document) ?? new Map<readonly string[], readonly string[]>();
  const known = ofDocument.get(actions) ?? makeSignatures(actions, document);
  SIGNATURES.set(document, ofDocument.set(actions, known));
  return known;
}

function makeSignatures(actions: readonly string[], document: PolicyJson): readonly string[] {
  const texts = asList(document.Statement).map(({ Action, NotAction }) => JSON.stringify(asList(Action ?? NotAction)).toLowerCase());
  const lists = [...new Set(texts)].map(text => JSON.parse(text) as string[]);
  return actions.map(action => lists.map(list => list.some(each => wildcardMatch(each, action.toLowerCase())) ? '1' : '0').join(''));
}

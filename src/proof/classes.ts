import { asList, isObject, OWNERS_ACTIONS, PolicyJson, wildcardMatch } from '../iam';
import type { Target } from './candidate-request';

/**
 * One action for each class of actions that no statement of the policies tells apart, nor S3 itself: what is decided
 * about it is decided about all of its class.
 *
 * @param actions one of the lists of actions
 * @param apart actions that the claim itself treats differently from others
 */
export function actionClasses(
  actions: readonly string[],
  documents: readonly PolicyJson[],
  apart: ReadonlyArray<readonly string[]> = [],
): readonly string[] {
  if (documents.length === 1 && apart.length === 0) {
    return known(CLASSES, documents[0], actions, () => makeClasses(actions, documents, apart));
  }
  return makeClasses(actions, documents, apart);
}

function makeClasses(
  actions: readonly string[],
  documents: readonly PolicyJson[],
  apart: ReadonlyArray<readonly string[]>,
): readonly string[] {
  const signatures = documents.map(document =>
    known(SIGNATURES, document, actions, () => makeSignatures(actions, document)),
  );
  return distinctBy(actions, (action, at) => {
    let key = OWNERS_ACTIONS.includes(action) ? '1' : '0';
    for (const each of signatures) {
      key += each[at];
    }
    for (const each of apart) {
      key += each.includes(action) ? '1' : '0';
    }
    return key;
  });
}

/**
 * One target for each class of targets that no statement of the policies tells apart: of the same owner, and the
 * resource of the same statements.
 */
export function targetClasses(targets: readonly Target[], documents: readonly PolicyJson[]): readonly Target[] {
  const statements = documents.flatMap(({ Statement }) => asList(Statement));
  const texts = new Set(statements.map(({ Resource, NotResource }) => asList(Resource ?? NotResource).join(' ')));
  const lists = [...texts].map(text => text.split(' '));
  const found = new Map<string, Target>();
  for (const target of targets) {
    const covered = lists.map(list => covers(list, target.arn)).join('');
    const key = `${covered} ${isObject(target.arn)} ${JSON.stringify({ ...target, words: '', arn: '' })}`;
    if (!found.has(key)) {
      found.set(key, target);
    }
  }
  return [...found.values()];
}

/** Whether one of the patterns covers an ARN; with a policy variable that depends on the request, too. */
function covers(patterns: readonly string[], arn: string): string {
  if (patterns.some(each => each.includes('${'))) {
    return arn;
  }
  return patterns.some(each => wildcardMatch(each, arn)) ? '1' : '0';
}

/** The first of those that have the same key. */
export function distinctBy(
  items: readonly string[],
  keyOf: (item: string, index: number) => string,
): readonly string[] {
  const found = new Set<string>();
  return items.filter((item, index) => {
    const key = keyOf(item, index);
    return found.size < found.add(key).size;
  });
}

/** Something about a list of actions and a document. Neither the lists nor the documents ever change. */
type Known = WeakMap<PolicyJson, Map<readonly string[], readonly string[]>>;

const CLASSES: Known = new WeakMap();

/** For each action, which statements name it. */
const SIGNATURES: Known = new WeakMap();

function known(
  all: Known,
  document: PolicyJson,
  actions: readonly string[],
  make: () => readonly string[],
): readonly string[] {
  const ofDocument = all.get(document) ?? new Map<readonly string[], readonly string[]>();
  const found = ofDocument.get(actions) ?? make();
  all.set(document, ofDocument.set(actions, found));
  return found;
}

function makeSignatures(actions: readonly string[], document: PolicyJson): readonly string[] {
  const texts = new Set(
    asList(document.Statement).map(({ Action, NotAction }) =>
      asList(Action ?? NotAction)
        .join(' ')
        .toLowerCase(),
    ),
  );
  const patterns = [...texts].map(text => text.split(' '));
  const names = actions.map(action => action.toLowerCase());
  return names.map(name => patterns.map(list => (list.some(each => wildcardMatch(each, name)) ? '1' : '0')).join(''));
}

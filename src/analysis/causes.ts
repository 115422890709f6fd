import type { Cause } from './cause';
import type { Violation } from './violation';
import { AssemblyModel, nameOf, ResourceRef, RouteModel, WorkloadModel } from '../cloudformation';
import { asList, PolicyReference, StatementJson } from '../iam';
import type { Counterexample, Proof, PropertyId } from '../proof';
import type { StatementRef } from '../request-flow';
import { RULE_METADATA, RuleFinding } from '../rules';

/** A statement without conditions is the widest of its kind. */
const NARROW = 'take it out, or narrow its principals, actions, resources and conditions to what the workload needs';

/** A Deny may be needed otherwise. */
const SPARE = 'correct whom and what it denies: it denies requests that have to be allowed';

/** The claims that a policy breaks where it does not deny something. */
const BY_DENIES = /^(bound|closed|encrypted|no-way-out)\[/;

/** The properties that a bucket breaks whose default encryption is another than is meant. */
const OF_ENCRYPTION = /^(encrypted\[(default|other-keys)|works\[default-encryption)]$/;

/** Says what may be the cause of what the proof and the rules find about a workload. */
export class Causes {
  /** The names of the policies of AWS that are attached to the role. */
  private readonly attached: ReadonlySet<string>;
  private readonly routes: ReadonlyMap<string, RouteModel>;
  private readonly role: string;
  /** The ARNs of the buckets that no access list names, if there is one. */
  private readonly besideList: ReadonlySet<string>;

  constructor({ role, where, interfaces, declaration }: WorkloadModel, { buckets }: AssemblyModel) {
    const policies = (role?.policies ?? []).filter(each => each.where === undefined);
    const routes = interfaces.flatMap(({ subnets }) => subnets.flatMap(({ routeTable }) => routeTable?.routes ?? []));
    const isListed = (arn: string) => declaration === undefined || declaration.buckets.some(each => each.arn === arn);
    this.role = nameOf(role?.where ?? where);
    this.attached = new Set(policies.map(({ name }) => name));
    this.routes = new Map(routes.map(each => [nameOf(each.where), each]));
    this.besideList = new Set(buckets.map(({ arn }) => arn).filter(arn => !isListed(arn)));
  }

  /** What a counterexample may come from; nothing where nothing tells it. */
  public ofCounterexample(
    found: Counterexample,
    id: PropertyId,
    { properties }: Proof,
    where?: ResourceRef,
  ): readonly Cause[] {
    const { subject, decidedBy } = found;
    const byDefault = OF_ENCRYPTION.test(id) ? encryptionOf(subject, properties, where) : [];
    if (byDefault.length > 0) {
      return byDefault;
    }
    if (decidedBy === undefined || subject === undefined) {
      return this.ofRoute(subject);
    }
    const policy = policyOf(subject, where);
    if (decidedBy.length > 0) {
      const isKeptOut = id === 'works[grants]' && decidedBy.some(({ policyKind }) => policyKind === 'bucket policy');
      return [...decidedBy.flatMap(each => this.ofReference(each)), ...(isKeptOut ? [policy] : [])];
    }
    // a bucket that is on no list is one of the workload because of what lets the role use it
    const drawnIn = this.besideList.has(subject)
      ? properties
          .filter(each => each.id === 'works[nothing-else]')
          .flatMap(({ counterexamples }) => counterexamples.filter(each => each.subject === subject))
          .flatMap(each => (each.decidedBy ?? []).flatMap(by => this.ofReference(by)))
      : [];
    return BY_DENIES.test(id) ? [...drawnIn, policy] : drawnIn;
  }

  /** What the finding of a rule comes from; nothing where nothing tells it. */
  public ofRule({ where, cause, description, refusedBy }: RuleFinding): readonly Cause[] {
    if (where !== undefined && description.includes('(SSE-C)')) {
      return [defaultEncryption(where)];
    }
    if (refusedBy !== undefined) {
      return [ofDeny(refusedBy)];
    }
    if (cause === undefined) {
      return this.ofRoute(where && nameOf(where));
    }
    const { place, statement, index = 0 } = cause;
    return [
      this.attached.has(place) || statement === undefined
        ? this.ofAttachment(place)
        : ofStatement(place, `policy of ${place}`, statement, index),
    ];
  }

  private ofReference({ source, statementIndex }: PolicyReference): readonly Cause[] {
    if (source === undefined) {
      return [];
    }
    const { kind, place, document } = source;
    if (this.attached.has(place)) {
      return [this.ofAttachment(place)];
    }
    const name = `${kind} ${place}`;
    const statement = statementIndex === undefined ? undefined : asList(document.Statement)[statementIndex];
    return statementIndex === undefined || statement === undefined
      ? [{ key: name, name: `the ${name}` }]
      : [ofStatement(place, name, statement, statementIndex)];
  }

  private ofAttachment(name: string): Cause {
    const { fix } = RULE_METADATA['aws-managed-policies'];
    return { key: `attachment of ${name}`, name: `the ${name} on ${this.role}`, fix };
  }

  /** All routes to one thing are there because of it. */
  private ofRoute(name: string | undefined): readonly Cause[] {
    const route = name === undefined ? undefined : this.routes.get(name);
    return route === undefined
      ? []
      : [
          {
            key: `${route.target} ${route.targetId}`,
            name: `the ${route.target} ${route.targetId}, by the route ${name}`,
          },
        ];
  }
}

function encryptionOf(
  subject: string | undefined,
  properties: Proof['properties'],
  where: ResourceRef | undefined,
): readonly Cause[] {
  const isOther = properties.some(
    each => each.id === 'encrypted[default]' && each.counterexamples.some(other => other.subject === subject),
  );
  return isOther && where !== undefined ? [defaultEncryption(where)] : [];
}

function defaultEncryption(where: ResourceRef): Cause {
  return {
    key: `default encryption of ${nameOf(where)}`,
    name: `the default encryption of ${nameOf(where)}`,
    fix: 'let it be aws:kms with the customer-managed key of the workload, and block SSE-C',
  };
}

/** A policy that denies too little. */
function policyOf(subject: string, where: ResourceRef | undefined): Cause {
  return {
    key: `policy of ${subject}`,
    name: `the ${kindOf(where)} of ${where === undefined ? subject : nameOf(where)}`,
    isLacking: true,
  };
}

const POLICIES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPCEndpoint': 'endpoint policy',
  'AWS::KMS::Key': 'key policy',
  'AWS::S3::Bucket': 'bucket policy',
};

function kindOf(where: ResourceRef | undefined): string {
  return POLICIES[where?.type ?? ''] ?? 'policy';
}

function ofStatement(place: string, policy: string, statement: StatementJson, index: number): Cause {
  const wide = statement.Condition === undefined ? { fix: NARROW } : {};
  return {
    key: `statement ${index} of ${place}: ${JSON.stringify(statement)}`,
    name: `statement ${statement.Sid ?? `#${index + 1}`} of the ${policy}`,
    ...(statement.Effect === 'Deny' ? { fix: SPARE } : wide),
  };
}

function ofDeny({ policy, sid, index }: StatementRef): Cause {
  const name = `statement ${sid ?? `#${index + 1}`} of the ${policy}`;
  return { key: name, name, fix: SPARE };
}

/** The claims, the most telling first. */
const TELLING: readonly RegExp[] = [
  /^no-way-out/,
  /^closed/,
  /^bound/,
  /^encrypted/,
  /^guarded/,
  /^works/,
  /^(?!no-dead)/,
];

const SEVERITIES: ReadonlyArray<Violation['severity']> = ['fatal', 'error', 'warning'];

/**
 * One finding for each cause: what comes from it stands below it. Of the causes that a violation may have, it is the
 * one that explains most of the others.
 */
export function byCause(violations: readonly Violation[]): Violation[] {
  const left = new Map(violations.map((each, index) => [each, index] as const));
  const groups = groupsOf(violations);
  const grouped = new Map<Violation, Violation>();
  for (let next = widest(groups, left); next !== undefined; next = widest(groups, left)) {
    const members = [...next.members];
    grouped.set(members[0], joined(next.cause, members));
    members.forEach(member => {
      left.delete(member);
      groups.ofMember.get(member)?.forEach(({ members: others }) => others.delete(member));
    });
  }
  return violations.flatMap(each => (left.has(each) ? withoutCauses(each) : (grouped.get(each) ?? [])));
}

/** What may come from one cause. */
interface Group {
  readonly cause: Cause;
  /** In the order in which they are told. */
  readonly members: Set<Violation>;
}

interface Groups {
  readonly all: Set<Group>;
  readonly ofMember: ReadonlyMap<Violation, readonly Group[]>;
}

function groupsOf(violations: readonly Violation[]): Groups {
  const known = new Map<string, Group>();
  const ofMember = violations.map(violation => {
    const workload = JSON.stringify(violation.workload);
    const its = (violation.causes ?? []).map(cause => {
      const key = `${workload} ${cause.key}`;
      const group = known.get(key) ?? { cause, members: new Set() };
      known.set(key, group);
      group.members.add(violation);
      return group;
    });
    return [violation, its] as const;
  });
  return { all: new Set(known.values()), ofMember: new Map(ofMember) };
}

/**
 * Of groups of one size, the one that is told first. That a statement changes nothing is the fault of another only
 * where that one is wrong.
 */
function widest({ all }: Groups, left: ReadonlyMap<Violation, number>): Group | undefined {
  let best: Group | undefined;
  for (const group of all) {
    if (!canBeOne(group)) {
      all.delete(group);
    } else if (best === undefined || isWider(group, best, left)) {
      best = group;
    }
  }
  return best;
}

function isWider({ members }: Group, { members: others }: Group, left: ReadonlyMap<Violation, number>): boolean {
  const [[one], [other]] = [members, others];
  return members.size > others.size || (members.size === others.size && placeOf(one, left) < placeOf(other, left));
}

function placeOf(violation: Violation, left: ReadonlyMap<Violation, number>): number {
  return left.get(violation) ?? Infinity;
}

/** Groups only get smaller. */
function canBeOne({ members }: Group): boolean {
  return members.size > 1 && [...members].some(({ rule }) => rule !== 'no-dead-statement');
}

function joined({ name, fix: own, isLacking }: Cause, members: readonly Violation[]): Violation {
  const breaks = [...members].sort((one, other) => rankOf(one) - rankOf(other)).map(withoutCauses);
  const [first] = breaks;
  const fixes = own === undefined && isLacking ? [...new Set(breaks.map(each => each.fix))] : [];
  const fix = own ?? (isLacking ? fixes.join('; ') : first.fix);
  const lines = breaks.map(({ rule, description, where }) =>
    [`  ${rule}`, ...(where === undefined ? [] : [` on ${nameOf(where)}`]), `: ${description}`].join(''),
  );
  return {
    ...first,
    description: [`${name}: ${fix}`, ...lines].join('\n'),
    fix,
    breaks,
    cause: name,
    ...(fixes.length > 1 && { fixes }),
  };
}

function rankOf({ rule, severity }: Violation): number {
  const telling = TELLING.findIndex(each => each.test(rule));
  return SEVERITIES.indexOf(severity) * 100 + (telling === -1 ? TELLING.length : telling);
}

function withoutCauses({ causes, ...violation }: Violation): Violation {
  return violation;
}

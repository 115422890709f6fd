import { BROKEN, CATALOG, FindingId } from './catalog';
import { explainedFixOf, isClosedByConstruct } from './cloudformation-fixes';
import type { Examination } from './examination';
import type { Finding, Place, Summary } from './finding';
import { Spelling } from './spelling';
import { AcceptedViolation, oneByOne, pathOf, Violation } from './violation';
import type { ResourceRef } from '../cloudformation';

/** What is found, and what is accepted; those that are alike but for their places are one. */
export function findingsIn(examination: Examination): { readonly open: Finding[]; readonly accepted: Finding[] } {
  const spelling = new Spelling(examination.stacks);
  const teller = new Teller(examination, spelling);
  const order = { error: 0, warning: 1 };
  const open = folded(examination.violations.map(each => teller.told(each)));
  return {
    open: open.sort((one, other) => order[one.severity] - order[other.severity]),
    accepted: folded(examination.accepted.map(each => teller.told(each))),
  };
}

/** A finding, and what it has in common with those that are alike. */
interface Told extends Finding {
  readonly kind: string;
}

class Teller {
  private readonly made: ReadonlySet<string>;

  constructor(
    { flows }: Examination,
    private readonly spelling: Spelling,
  ) {
    this.made = new Set(flows.filter(({ construct }) => construct !== undefined).map(each => keyOf(each.workload)));
  }

  public told(violation: Violation | AcceptedViolation): Told {
    const { rule: id, workload, severity } = violation;
    const isMade = workload === undefined || this.made.has(keyOf(workload));
    const told = {
      id,
      severity: severity === 'warning' ? ('warning' as const) : ('error' as const),
      ...this.words(violation),
      fix: this.fixes(violation, isMade),
      breaks: othersIn(violation),
      ...('accepted' in violation ? { reason: violation.accepted.reason } : {}),
    };
    const place = this.place(violation);
    const neutral = this.neutral(violation);
    const { stack = '', logicalId = place.name } = place;
    return {
      ...told,
      places: [place],
      workloads: workload === undefined ? [] : [this.spelling.name(workload)],
      fingerprints: [`${id} ${stack}/${logicalId} ${neutral(told.because ?? told.message)}`],
      isClosedByConstruct: !isMade && isClosedByConstruct(id),
      kind: neutral(JSON.stringify([{ ...told, example: undefined }, violation.where?.type])),
    };
  }

  private words(violation: Violation): Pick<Finding, 'message' | 'because' | 'example'> {
    const { cause, breaks: [first = violation] = [] } = violation;
    return {
      message: this.message(first),
      ...(cause === undefined ? {} : { because: this.because(violation, cause) }),
      ...this.example(violation),
    };
  }

  /** What is the same where the same is said of other resources. */
  private neutral({ where, workload, breaks = [] }: Violation): (text: string) => string {
    const own = [where, ...breaks.map(each => each.where), workload].filter(each => each !== undefined);
    const distinct = [...new Map(own.map(each => [keyOf(each), each])).values()];
    return text => distinct.reduce((rest, each) => this.spelling.without(each, rest), text);
  }

  private fixes({ rule, fix, fixes = [fix], breaks = [] }: Violation, isMade: boolean): readonly string[] {
    const told = fixes.map(each =>
      this.spelling.of(explainedFixOf(breaks.find(other => other.fix === each)?.rule ?? rule, each, isMade)),
    );
    return [...new Set(told)];
  }

  private example({ counterexample }: Violation): Pick<Finding, 'example'> {
    if (counterexample === undefined) {
      return {};
    }
    const { request, decision, expected } = counterexample;
    return { example: this.spelling.of(`${request}: ${decision}; it should be ${expected}`) };
  }

  private message({ rule, description, counterexample }: Violation): string {
    const text = counterexample === undefined ? description : (BROKEN.get(rule) ?? CATALOG[rule].meaning);
    return sentence(this.spelling.of(text));
  }

  private because({ fixes, breaks = [] }: Violation, cause: string): string {
    const isMissing = fixes !== undefined || breaks.every(({ counterexample }) => counterexample?.decision === NO_DENY);
    return `${this.spelling.of(cause)}${isMissing && / policy of /.test(cause) ? ' does not deny it' : ''}`;
  }

  private place(violation: Violation): Place {
    const { where, workload, rule } = violation;
    const resource = where ?? (rule === 'acknowledgement' ? undefined : workload);
    return resource === undefined ? { name: pathOf(violation) || 'the app' } : this.spelling.place(resource);
  }
}

function othersIn({ rule, breaks = [] }: Violation): readonly FindingId[] {
  return [...new Set(breaks.map(each => each.rule))].filter(each => each !== rule);
}

const NO_DENY = 'no statement denies it';

function keyOf({ stack, logicalId }: ResourceRef): string {
  return `${stack}/${logicalId}`;
}

function sentence(text: string): string {
  const [first = '', ...rest] = text;
  return `${/^[a-z]+ /.test(text) ? first.toUpperCase() : first}${rest.join('')}${/[.!?]$/.test(text) ? '' : '.'}`;
}

function folded(all: readonly Told[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const { kind, ...finding } of all) {
    const alike = found.get(kind);
    found.set(kind, alike === undefined ? finding : together(alike, finding));
  }
  return [...found.values()];
}

function together(one: Finding, other: Finding): Finding {
  const places = new Map([...one.places, ...other.places].map(each => [JSON.stringify(each), each]));
  return {
    ...one,
    places: [...places.values()],
    workloads: [...new Set([...one.workloads, ...other.workloads])],
    fingerprints: [...new Set([...one.fingerprints, ...other.fingerprints])],
  };
}

/** How many findings there are, and what holds. */
export function summaryOf(
  { proofs, flows, stacks, violations, accepted }: Examination,
  findings: { readonly open: readonly Finding[]; readonly accepted: readonly Finding[] },
): Summary {
  const spelling = new Spelling(stacks);
  const count = (severity: Finding['severity']) => findings.open.filter(each => each.severity === severity).length;
  const results = proofs.flatMap(({ properties }) => properties);
  const broken = new Set(
    results.filter(({ outcome }) => outcome === 'violated' || outcome === 'not proven').map(({ id }) => id),
  );
  const holding = new Set(
    results.filter(({ outcome, id }) => outcome.startsWith('holds') && !broken.has(id)).map(({ id }) => id),
  );
  const told = [
    ...proofs.flatMap(({ assumptions }) => assumptions),
    ...flows.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks.flatMap(({ assumes = [] }) => assumes))),
  ];
  const bearing = JSON.stringify([flows, proofs.map(({ properties }) => properties), oneByOne(violations), accepted]);
  return {
    errors: count('error'),
    warnings: count('warning'),
    accepted: findings.accepted.length,
    holding: holding.size,
    broken: broken.size,
    assumptions: [...new Set(told)]
      .filter(each => bears(each, bearing) && (stacks.length > 1 || !/^account </.test(each)))
      .map(each => spelling.of(each)),
    workloads: [...new Set(flows.map(({ workload }) => spelling.name(workload)))],
  };
}

/** A parameter bears on what is found, or on what was decided, where its value is part of that. */
function bears(assumption: string, decided: string): boolean {
  const [, name, stack, value] = /^parameter (\S+) of (.+?): (.*)$/s.exec(assumption) ?? [];
  if (value === undefined) {
    return true;
  }
  const texts = value === 'any value' ? [`.${name}#`, `<${stack}.${name}`] : [value];
  return texts.some(text => text.length > 3 && decided.includes(JSON.stringify(text).slice(1, -1)));
}

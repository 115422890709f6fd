import { and, Formula, Segment } from './smt-text';

/** Regular expressions of SMT-LIB for the grammars that AWS documents. */
const DIGIT = '(re.range "0" "9")';
const SMALL = '(re.range "a" "z")';
const CAPITAL = '(re.range "A" "Z")';
const ID = union(DIGIT, SMALL);
const NAME = union(DIGIT, SMALL, CAPITAL, ...characters('+=,.@_-'));
const PATH = '(re.opt (re.++ (re.+ (re.range "!" "~")) (str.to_re "/")))';
const REGION = `(re.++ ((_ re.^ 2) ${SMALL}) (re.+ (re.++ (str.to_re "-") (re.+ ${SMALL}))) (str.to_re "-") ${DIGIT})`;

/** What AWS lets texts be, but for how long they may be: that costs the solver much and tells no policies apart. */
export const GRAMMAR = {
  /** https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
  account: '((_ re.^ 12) (re.range "0" "9"))',
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  name: `(re.+ ${NAME})`,
  session: `(re.+ ${NAME})`,
  /** Behind the first slash: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  path: PATH,
  pathAndName: `(re.++ ${PATH} (re.+ ${NAME}))`,
  /** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
  organization: `(re.++ (str.to_re "o-") (re.+ ${ID}))`,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html */
  unit: `(re.++ (str.to_re "r-") (re.+ ${ID}) (str.to_re "/") (re.* (re.++ (str.to_re "ou-") (re.+ ${ID}) (str.to_re "-") (re.+ ${ID}) (str.to_re "/"))))`,
  endpoint: `(re.++ (str.to_re "vpce-") (re.+ ${union(ID, '(str.to_re "-")')}))`,
  vpc: `(re.++ (str.to_re "vpc-") (re.+ ${union(ID, '(str.to_re "-")')}))`,
  region: REGION,
  noneOrAccount: '(re.opt ((_ re.^ 12) (re.range "0" "9")))',
  noneOrRegion: `(re.opt ${REGION})`,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
  label: `(re.++ (re.+ ${ID}) (re.* (re.++ ${union('(str.to_re ".")', '(str.to_re "-")')} (re.+ ${ID}))))`,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: `(re.++ ${ID} (re.+ ${union(ID, ...characters('.-'))}) ${ID})`,
  /** What an HTTP header or a tag can hold. */
  text: '(re.+ (re.range " " "~"))',
  withoutColon: `(re.+ ${union('(re.range " " "9")', '(re.range ";" "~")')})`,
} as const;

function union(...parts: readonly string[]): string {
  return `(re.union ${parts.join(' ')})`;
}

function characters(text: string): readonly string[] {
  return [...text].map(each => `(str.to_re "${each}")`);
}

/** Clocks and sessions may be some hours behind. */
const DAY = 24 * 60 * 60;

interface Law {
  readonly name: string;
  readonly formula: Formula;
  /** It says nothing about a request as long as one of these variables does not matter. */
  readonly about: readonly string[];
}

/** The variables of a request, and what holds for them. */
export class Variables {
  private readonly sorts = new Map<string, string>();
  private readonly laws: Law[] = [];

  public text(name: string, grammar: keyof typeof GRAMMAR): Segment & { readonly variable: string } {
    this.sorts.set(name, 'String');
    this.law(`grammar of ${name}`, [name], `(str.in_re ${name} ${GRAMMAR[grammar]})`);
    return { variable: name };
  }

  public flag(name: string): Formula {
    this.sorts.set(name, 'Bool');
    return name;
  }

  public real(name: string): string {
    this.sorts.set(name, 'Real');
    this.law(`${name} is not negative`, [name], `(>= ${name} 0.0)`);
    return name;
  }

  /** Seconds since 1970, from now up to the year 2100: nobody makes a request in the past. */
  public moment(name: string): string {
    const now = Math.floor(Date.now() / 1000) - DAY;
    this.law(`${name} is between now and 2100`, [name], `(and (>= ${name} ${now}.0) (< ${name} 4102444800.0))`);
    return this.real(name);
  }

  public address(name: string): string {
    this.sorts.set(name, 'Int');
    this.law(`${name} has 32 bits`, [name], `(and (>= ${name} 0) (< ${name} ${2 ** 32}))`);
    return name;
  }

  /** @param about the law is left out where one of these variables occurs nowhere else: there is a value that fits */
  public law(name: string, about: readonly string[], ...formulas: readonly Formula[]): void {
    this.laws.push({ name, about, formula: and(...formulas) });
  }

  /** Exactly one of them holds. */
  public oneOf(name: string, flags: readonly Formula[]): void {
    const atMost = flags.flatMap((one, index) => flags.slice(index + 1).map(other => `(not (and ${one} ${other}))`));
    this.law(name, [], `(or ${flags.join(' ')})`, ...atMost);
  }

  /** The assertions with what holds for their variables, as SMT-LIB. */
  public script(assertions: readonly string[]): string {
    const used = new Set(assertions.flatMap(each => this.variablesIn(each)));
    let waiting: readonly Law[] = this.laws;
    const laws: Law[] = [];
    for (let size = -1; size < laws.length;) {
      size = laws.length;
      const now = waiting.filter(({ about }) => about.every(each => used.has(each)));
      waiting = waiting.filter(each => !now.includes(each));
      laws.push(...now);
      now.flatMap(({ formula }) => this.variablesIn(formula)).forEach(each => used.add(each));
    }
    const declarations = [...used].map(each => `(declare-const ${each} ${this.sorts.get(each)})`);
    return [...declarations, ...laws.map(({ name, formula }) => named(name, formula)), ...assertions].join('\n');
  }

  /** What every request fulfils. */
  public get formula(): Formula {
    return and(...this.laws.map(({ formula }) => formula));
  }

  /** The variables with their sorts. */
  public get all(): ReadonlyMap<string, string> {
    return this.sorts;
  }

  private variablesIn(text: string): readonly string[] {
    const words = text.replaceAll(/"(?:[^"]|"")*"|\|[^|]*\|/g, ' ').match(/[a-z]\w*/g) ?? [];
    return words.filter(each => this.sorts.has(each));
  }
}

/** An assertion that an unsatisfiable core can name. */
export function named(name: string, formula: Formula): string {
  return `(assert (! ${formula} :named |${name}|))`;
}

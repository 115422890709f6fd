import { actionsOn, arnMatch, asList, KEY_USES, PolicyJson, StatementJson } from '../../iam';
import {
  PRINCIPAL,
  RequestPrincipal,
  Dimension,
  dimension,
  narrowed,
  NETWORK,
  Target,
  usualCandidate,
} from '../candidate-request';
import { actionClasses, targetClasses } from '../classes';
import { keysOf, witness } from '../constants';
import { CREDENTIALS } from '../dimensions';
import { looksAt } from '../exemptions';
import { identity, EXTERNAL_ACCOUNT } from '../principals';
import { allDenied, Property, counterexample, Finding, first, PropertyCheck } from '../property-check';
import { RequestSpace } from '../request-space';

const IDENTITY_FIX =
  'deny where StringNotEqualsIfExists aws:PrincipalOrgID is yours, with BoolIfExists aws:PrincipalIsAWSService false: anonymous requests lack both keys';
const DEPUTY_FIX =
  'deny services where StringNotEqualsIfExists aws:SourceOrgID is yours, with Null aws:SourceAccount false and no other condition';
const NETWORK_FIX =
  'deny objects where the network key is not yours, with the IfExists forms, for everybody but services and exact exemptions';
const CREDENTIALS_FIX =
  'deny where StringNotEquals aws:SourceVpc is ${aws:Ec2InstanceSourceVpc}, with Null ec2:SourceInstanceARN false and BoolIfExists aws:ViaAWSService false';
const EXEMPTION_FIX = 'spare exact ARNs only, or deny everybody else to create and change roles of such names';

/**
 * What guardrails mean to deny, as the keys that they look at tell, is denied to everybody whom they do not spare by
 * an exact ARN.
 */
export const holes: Property = check =>
  outsiders(check) ?? deputies(check) ?? networks(check) ?? credentials(check) ?? exemptions(check);

const outsiders: Property = check => {
  const { space } = check;
  if (!ofResources(space).some(policy => looksAt(policy, ['aws:PrincipalOrgID']))) {
    return undefined;
  }
  const { account, partition } = space.input;
  const trusted = valuesIn(ofResources(space), 'aws:principalaccount');
  const spared = sparedBy(ofResources(space)).map(({ pattern }) => pattern);
  const isOutside = (principal: RequestPrincipal | undefined) =>
    principal?.kind === 'identity' &&
    principal.account !== account &&
    !trusted.includes(String(principal.account)) &&
    !isSpared(spared, principal);
  const namesakes = spared
    .filter(isCreatable)
    .map(pattern => exampleOf(pattern, partition, EXTERNAL_ACCOUNT))
    .map(arn => identity(arn, arn));
  const principals = (dimensions: readonly Dimension[]) =>
    narrowed(dimensions, PRINCIPAL, ({ principal }) => isOutside(principal)).map(each =>
      each.name === PRINCIPAL ? { ...each, classes: [...each.classes, ...namesakes] } : each,
    );
  const unsigned = (dimensions: readonly Dimension[]) =>
    narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.kind === 'anonymous');
  return (
    closedTo(
      check,
      dimensions => narrowed(unsigned(dimensions), 'organization', ({ parts }) => parts.principal === undefined),
      IDENTITY_FIX,
    ) ??
    closedTo(
      check,
      dimensions => narrowed(principals(dimensions), 'organization', ({ words }) => words !== ''),
      IDENTITY_FIX,
    )
  );
};

const deputies: Property = check => {
  const { space } = check;
  if (!ofResources(space).some(policy => looksAt(policy, ['aws:SourceOrgID']))) {
    return undefined;
  }
  const services = (dimensions: readonly Dimension[]) =>
    narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.kind === 'service');
  const marked = (dimensions: readonly Dimension[]) =>
    narrowed(services(dimensions), 'service mark', ({ words }) => words === '');
  const onBehalf = dimension('source', [
    {
      words: `on behalf of account ${EXTERNAL_ACCOUNT}`,
      parts: { callerChain: { sourceAccount: EXTERNAL_ACCOUNT, sourceOrganizationId: undefined } },
    },
    {
      words: 'on behalf of another organization',
      parts: { callerChain: { sourceAccount: EXTERNAL_ACCOUNT, sourceOrganizationId: 'o-anotherone00' } },
    },
  ]);
  return closedTo(check, dimensions => [...marked(dimensions), onBehalf], DEPUTY_FIX);
};

const networks: Property = check => {
  const { space } = check;
  if (!ofResources(space).some(policy => looksAt(policy, ['aws:VpceOrgID', 'aws:SourceVpc', 'aws:SourceVpce']))) {
    return undefined;
  }
  const spared = sparedBy(ofResources(space)).map(({ pattern }) => pattern);
  const outside = (dimensions: readonly Dimension[]) =>
    narrowed(
      narrowed(
        dimensions,
        PRINCIPAL,
        ({ principal }) =>
          principal?.kind === 'identity' && principal.throughCloudFormation !== true && !isSpared(spared, principal),
      ),
      NETWORK,
      ({ network }) => network?.kind === 'internet',
    );
  return closedTo(check, outside, NETWORK_FIX, 'objects');
};

/** Nobody beside the instance uses its credentials, for anything at all. */
const credentials: Property = ({ space, search }) => {
  const keys = ['aws:Ec2InstanceSourceVpc', 'ec2:SourceInstanceARN'];
  if (!ofIdentities(space).some(policy => looksAt(policy, keys))) {
    return undefined;
  }
  const dimensions = narrowed(
    narrowed(
      narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload'),
      NETWORK,
      ({ network }) => network?.kind === 'internet' || network?.kind === 'other VPC',
    ),
    CREDENTIALS,
    ({ parts: { credentials: issued } }) =>
      issued?.instance?.instanceArn !== undefined && issued.instance.vpcId === space.input.endpoints[0]?.vpcId,
  );
  const anything = { words: 'the account', arn: '*', account: space.input.account };
  return first(['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'ssm:GetParameter'], action =>
    allDenied(search, { action, target: anything, dimensions }, space.authorizers.guardrails(), CREDENTIALS_FIX),
  );
};

/** A pattern spares whoever makes a role of such a name, unless another guardrail keeps everybody from making one. */
const exemptions: Property = ({ space, search }) => {
  const { partition, account } = space.input;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const open = sparedBy([...ofIdentities(space), ...ofResources(space)]).filter(({ pattern }) => isCreatable(pattern));
  return first(open, ({ pattern, sid }) => {
    const arn = exampleOf(pattern, partition, account);
    const target = { words: `${arn}, which statement ${sid} spares`, arn, account };
    const usual = usualCandidate('iam:CreateRole', target, space.dimensions(), { [PRINCIPAL]: admin });
    const candidate = { ...usual, classes: [...usual.classes, NO_INSTANCE] };
    const decision = search.decide(candidate, space.authorizers.guardrails());
    return decision.verdict === 'Allowed'
      ? counterexample({ candidate, decision }, 'denied', EXEMPTION_FIX)
      : undefined;
  });
};

const NO_INSTANCE = {
  words: '',
  parts: { credentials: { instance: undefined } },
};

function closedTo(
  { space, search }: PropertyCheck,
  narrow: (dimensions: readonly Dimension[]) => readonly Dimension[],
  fix: string,
  what: 'everything' | 'objects' = 'everything',
): Finding {
  const documents = ofResources(space);
  const own = <T extends { readonly account: string }>(items: readonly T[]) =>
    items.filter(({ account }) => account === space.input.account);
  const targets = targetClasses(
    own(space.input.buckets).flatMap((bucket): readonly Target[] => [
      ...space.objects(bucket),
      ...(what === 'objects' ? [] : [space.bucket(bucket)]),
    ]),
    documents,
  );
  const dimensions = narrow(space.dimensions());
  return (
    first(targets, target =>
      first(actionClasses(actionsOn(target.arn), documents), action =>
        allDenied(search, { action, target, dimensions }, space.authorizers.guardrails(), fix),
      ),
    ) ??
    first(what === 'objects' ? [] : own(space.input.keys), key =>
      first(actionClasses(KEY_USES, documents), action =>
        allDenied(
          search,
          { action, target: space.key(key), dimensions: narrow(space.keyDimensions(key)) },
          space.authorizers.guardrails('key'),
          fix,
        ),
      ),
    )
  );
}

function ofResources({ input }: RequestSpace): readonly PolicyJson[] {
  return input.resourceControlPolicies ?? [];
}

function ofIdentities({ input }: RequestSpace): readonly PolicyJson[] {
  return (input.serviceControlPolicies ?? []).flat();
}

interface Spared {
  readonly pattern: string;
  readonly sid: string;
}

/** The principals that Denies spare by `aws:PrincipalArn`. */
function sparedBy(policies: readonly PolicyJson[]): readonly Spared[] {
  return policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(({ Effect }) => Effect === 'Deny')
    .flatMap((statement, index) =>
      conditionValues(statement, /^(Arn|String)Not(Equals|Like)(IfExists)?$/i, 'aws:principalarn').map(pattern => ({
        pattern,
        sid: statement.Sid ?? `#${index + 1}`,
      })),
    );
}

function valuesIn(policies: readonly PolicyJson[], key: string): readonly string[] {
  return policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(statement => keysOf(statement).has(key))
    .flatMap(statement => conditionValues(statement, /Not/i, key));
}

function conditionValues({ Condition = {} }: StatementJson, operators: RegExp, key: string): readonly string[] {
  return Object.entries(Condition)
    .filter(([operator]) => operators.test(operator))
    .flatMap(([, keys]) =>
      Object.entries(keys)
        .filter(([name]) => name.toLowerCase() === key)
        .flatMap(([, values]) => asList(values).map(String)),
    );
}

/** Patterns under which anybody can make a role spare nobody here. */
function isSpared(patterns: readonly string[], { arn }: RequestPrincipal): boolean {
  return arn !== undefined && patterns.some(pattern => !isCreatable(pattern) && arnMatch(pattern, arn));
}

/** Customers make no roles under the paths of AWS, none with a colon in the name, and no root users. */
function isCreatable(pattern: string): boolean {
  const name = /^arn:[^:]*:iam::[^:]*:role\/(.*)$/.exec(pattern)?.[1];
  return name !== undefined && /[*?]/.test(pattern) && !/^(aws-reserved|aws-service-role)\/|:/.test(name);
}

function exampleOf(pattern: string, partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:${witness(pattern.split(':').slice(5).join(':'))}`;
}

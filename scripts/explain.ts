/** A synthesized template, as far as the explanation reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Record<string, unknown>>>;
}

const POLICIES: ReadonlyArray<{ readonly type: string; readonly property: string; readonly title: string }> = [
  { type: 'AWS::IAM::Role', property: 'AssumeRolePolicyDocument', title: 'trust policy' },
  { type: 'AWS::IAM::ManagedPolicy', property: 'PolicyDocument', title: 'role policy' },
  { type: 'AWS::EC2::VPCEndpoint', property: 'PolicyDocument', title: 'endpoint policy' },
  { type: 'AWS::S3::BucketPolicy', property: 'PolicyDocument', title: 'bucket policy' },
  { type: 'AWS::KMS::Key', property: 'KeyPolicy', title: 'key policy' },
];

/** What a template defines: every policy statement, and the resources by type. */
export function explain(template: Template): string[] {
  return [...policies(template), '', ...counts(template)];
}

function policies(template: Template): string[] {
  return POLICIES.flatMap(({ type, property, title }) =>
    idsOf(template, type).flatMap(id => {
      const document = template.Resources[id].Properties[property] as { Statement: Statement[] };
      return [
        `${title} of ${nameOf(template, id)}`,
        ...document.Statement.map(statement => `  ${line(template, statement)}`),
      ];
    }),
  );
}

function line(template: Template, { Sid, Effect, Action, Resource, Condition }: Statement): string {
  const actions = [Action].flat();
  const shown =
    actions.length > 3 ? `${actions.slice(0, 2).join(', ')} and ${actions.length - 2} more` : actions.join(', ');
  const resources = Resource === undefined ? '' : ` on ${list(template, Resource)}`;
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key} ${list(template, value)}`),
  );
  return `${(Sid ?? '-').padEnd(32)} ${Effect.toLowerCase().padEnd(5)} ${shown}${resources}${conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`}`;
}

function counts(template: Template): string[] {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const distinct = [...new Set(types)].sort();
  return [
    `${types.length} resources`,
    ...distinct.map(type => `  ${String(types.filter(each => each === type).length).padStart(2)} ${type}`),
  ];
}

function idsOf(template: Template, type: string): string[] {
  return Object.keys(template.Resources).filter(id => template.Resources[id].Type === type);
}

/** The construct path without the stack and without the last `Resource`. */
function nameOf(template: Template, id: string): string {
  const path = template.Resources[id]?.Metadata?.['aws:cdk:path'];
  return path?.replace(/^[^/]+\//, '').replace(/\/Resource$/, '') ?? id;
}

function list(template: Template, value: unknown): string {
  return [value]
    .flat()
    .map(each => text(template, each))
    .join(' | ');
}

function text(template: Template, value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (join !== undefined) {
    return join[1].map(part => text(template, part)).join(join[0]);
  }
  return nameOf(template, attribute?.[0] ?? ref ?? JSON.stringify(value));
}

import { isConcrete, Problem } from '../private';

/** The names that a bucket can be given. */
export interface BucketNames {
  readonly bucketName?: string;
  readonly bucketNamePrefix?: string;
}

interface Rule {
  readonly broken: RegExp;
  readonly allowed: string;
}

const SHORTEST_REGION = 'us-east-1';
const RESERVED_BEGINNING: Rule = {
  broken: /^(xn--|sthree-|amzn-s3-demo-)/,
  allowed: 'none of the reserved beginnings xn--, sthree-, amzn-s3-demo-',
};

const RULES: readonly Rule[] = [
  { broken: /^.{0,2}$|^.{64,}$/, allowed: '3 to 63 characters' },
  { broken: /[^a-z0-9.-]/, allowed: 'lower-case letters, digits, dots and hyphens' },
  { broken: /^[.-]|[.-]$/, allowed: 'a letter or digit at both ends' },
  { broken: /\.\.|\.-|-\./, allowed: 'no dot beside a dot or a hyphen' },
  { broken: /^\d+\.\d+\.\d+\.\d+$/, allowed: 'no IP address' },
  RESERVED_BEGINNING,
  {
    broken: /--x-s3$/,
    allowed: 'no directory bucket (--x-s3), which is another service with another endpoint',
  },
  {
    broken: /(-s3alias|--ol-s3|\.mrap|--table-s3|-an)$/,
    allowed: 'none of the reserved endings -s3alias, --ol-s3, .mrap, --table-s3, -an',
  },
];

/**
 * What is wrong with the names of a bucket to create.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameProblems(
  path: string,
  { bucketName, bucketNamePrefix }: BucketNames,
  region?: string,
): Problem[] {
  const both =
    bucketName !== undefined && bucketNamePrefix !== undefined
      ? [
          {
            prop: `${path}bucketNamePrefix`,
            got: bucketNamePrefix,
            allowed: 'one of bucketName and bucketNamePrefix',
            fix: 'leave one of them out',
          },
        ]
      : [];
  return [
    ...both,
    ...(bucketName === undefined ? [] : nameProblems(`${path}bucketName`, bucketName)),
    ...(bucketNamePrefix === undefined ? [] : prefixProblems(`${path}bucketNamePrefix`, bucketNamePrefix, region)),
  ];
}

/** What is wrong with the name of a bucket to create. */
function nameProblems(prop: string, name: string): Problem[] {
  if (!isConcrete(name)) {
    return [];
  }
  return RULES.filter(({ broken }) => broken.test(name)).map(({ allowed }) => ({
    prop,
    got: name,
    allowed,
    fix: 'choose another name, or leave it out to have one generated',
  }));
}

/** S3 appends `-<account>-<region>-an` to the prefix: how much of 63 characters remains depends on the Region. */
function prefixProblems(prop: string, prefix: string, region: string | undefined): Problem[] {
  if (!isConcrete(prefix)) {
    return [];
  }
  const longest = 63 - '-111122223333-'.length - (isConcrete(region) ? region : SHORTEST_REGION).length - '-an'.length;
  const isWellFormed =
    prefix.length <= longest &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(prefix) &&
    !RESERVED_BEGINNING.broken.test(prefix);
  return isWellFormed
    ? []
    : [
        {
          prop,
          got: prefix,
          allowed:
            `1 to ${longest} lower-case letters, digits and hyphens, with a letter or digit at both ends, ` +
            `${RESERVED_BEGINNING.allowed}`,
          fix: 'choose a shorter or plainer prefix',
        },
      ];
}

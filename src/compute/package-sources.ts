import { UserData } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { S3Endpoint } from '../endpoint';
import { warnWhenComplete, withoutTokens } from '../private';

/** Where packages come from: what is typed, and the buckets of AWS that have them; none of AWS where there are none. */
interface PackageSource {
  readonly command: RegExp;
  readonly buckets: readonly string[];
  readonly fix: string;
}

const MIRROR = 'serve them from a data bucket, or make an image that has them';

const SOURCES: readonly PackageSource[] = [
  {
    command: commandOf('dnf|yum|amazon-linux-extras', 'install|update|upgrade|groupinstall|swap'),
    buckets: ['AmazonLinux2023Repositories', 'AmazonLinux2Repositories'],
    fix: 'add AwsOwnedBucket.amazonLinux2023Repositories() to awsOwnedBuckets, or that of Amazon Linux 2',
  },
  {
    command: commandOf('apt|apt-get|zypper|snap', 'install|update|upgrade|dist-upgrade|refresh'),
    buckets: [],
    fix: MIRROR,
  },
  { command: commandOf('pip|pip3|npm|gem', 'install|ci'), buckets: [], fix: MIRROR },
];

/** A command with one of some verbs, at the beginning of a line or behind a separator, and its arguments. */
function commandOf(names: string, verbs: string): RegExp {
  return new RegExp(
    `(?:^|[;&|(!]|\\b(?:sudo|then|do|until|while|if))\\s*((?:${names})\\b(?:\\s+-\\S+)*\\s+(?:${verbs})\\b)([^;&|\\n]*)`,
    'gm',
  );
}

/** Arguments that name files: nothing is fetched from a repository, unless one of them needs more. */
const FILES_ONLY = /^(\s+-\S+)*(\s+([./~]\S*|\S+\.(rpm|deb|whl|tgz))(\s+-\S+)*)+\s*$/;

/**
 * Warns of user data that installs packages from where the instance has no way to: the first boot would wait until it
 * fails.
 */
export function warnOfPackages(machine: IConstruct, userData: UserData, endpoint: S3Endpoint): void {
  warnWhenComplete(machine, 'packageRepositories', () => {
    const [found] = unreachable(withoutTokens(userData.render()), endpoint._awsOwnedPurposes);
    return found && `the user data runs "${found.command}", and the instance has no way to the packages: ${found.fix}`;
  });
}

function unreachable(script: string, purposes: ReadonlyMap<string, boolean>): Array<{ command: string; fix: string }> {
  const isThere = ({ buckets }: PackageSource) =>
    [...purposes].some(([each, isCustom]) => isCustom || buckets.includes(each));
  return SOURCES.filter(source => !isThere(source)).flatMap(({ command, fix }) =>
    [...script.matchAll(command)]
      .filter(([, , files]) => !FILES_ONLY.test(files))
      .map(([, name]) => ({ command: name.replace(/\s+/g, ' '), fix })),
  );
}

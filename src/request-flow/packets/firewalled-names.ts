import { AWS_DOMAINS, domainPattern, isWithin } from '../../base';
import { isSymbolic, nameOf, WorkloadModel } from '../../cloudformation';
import { broken, FlowCheck } from '../model';

/**
 * Whether the DNS Firewall of the VPC answers for names of S3 at all: a rule that blocks every name comes after one that
 * lets some of them through.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 */
export function firewalledNames({ vpc, environment }: WorkloadModel): FlowCheck[] {
  const rules = vpc?.dnsRules ?? [];
  const last = rules.findIndex(
    ({ action, domains, isForAllTypes }) => action === 'BLOCK' && isForAllTypes && domains?.includes('*') === true,
  );
  const letsThrough = rules
    .slice(0, last)
    .some(
      ({ action, domains }) =>
        action !== 'BLOCK' && (domains === undefined || domains.some(each => isOfS3(each, environment))),
    );
  return last === -1 || letsThrough
    ? []
    : [
        broken(
          rules[last].where,
          `the DNS Firewall rule group ${nameOf(rules[last].where)} blocks the names of S3: no rule before the one that ` +
            'blocks every name lets them through',
          `allow *.${suffixesOf(environment)[0]} before that rule`,
        ),
      ];
}

type Environment = WorkloadModel['environment'];

/** Whether a name or a pattern of names is for S3, or may be. */
function isOfS3(text: string, environment: Environment): boolean {
  const suffixes = suffixesOf(environment);
  const { isWildcard, domain } = domainPattern(text.replaceAll(environment.urlSuffix, suffixes[0]));
  return (
    domain.includes('<') ||
    suffixes.some(
      suffix =>
        (isWithin(domain, suffix) && /(^|[.-])s3([.-]|$)/.test(domain)) ||
        (isWildcard && (domain === '' || isWithin(`s3.${environment.region}.${suffix}`, domain))),
    )
  );
}

/** The domain of AWS, or that of each partition where it is not known which one it is. */
function suffixesOf({ urlSuffix }: Environment): readonly string[] {
  return isSymbolic(urlSuffix) ? [...AWS_DOMAINS.values()].map(([suffix]) => suffix) : [urlSuffix];
}

import { listOf, textOf, valueAt } from '../json';
import type { NameTakeoverModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';

interface Takeover extends NameTakeoverModel {
  /** Whether names of S3 are in its domain, or above it. */
  readonly coversS3: boolean;
}

/**
 * Private hosted zones of a VPC.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
 */
export function hostedZonesOf(vpcId: string, index: ResourceIndex): Takeover[] {
  return index
    .ofType('AWS::Route53::HostedZone')
    .filter(({ properties }) => listOf(properties.VPCs).some(each => textOf(valueAt(each, 'VPCId')) === vpcId))
    .map(zone => takeover(zone, textOf(zone.properties.Name) ?? '', 'the private hosted zone'));
}

/**
 * Rules of the Resolver that forward names, and are associated with a VPC.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-rules-managing.html
 */
export function forwardersOf(vpcId: string, index: ResourceIndex): Takeover[] {
  return index
    .ofType('AWS::Route53Resolver::ResolverRuleAssociation')
    .filter(({ properties }) => textOf(properties.VPCId) === vpcId)
    .flatMap(association => {
      const id = textOf(association.properties.ResolverRuleId) ?? '';
      const rule = index.named('AWS::Route53Resolver::ResolverRule', id);
      if (textOf(rule?.properties.RuleType)?.toUpperCase() === 'SYSTEM') {
        return [];
      }
      const domain = rule === undefined ? '.' : (textOf(rule.properties.DomainName) ?? '.');
      return [takeover(association, domain, `the Resolver rule ${id} for`)];
    });
}

/**
 * Profiles of Route 53, which bring hosted zones and rules of their owner with them.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html
 */
export function profilesOf(vpcId: string, index: ResourceIndex): Takeover[] {
  return index
    .ofType('AWS::Route53Profiles::ProfileAssociation')
    .filter(({ properties }) => textOf(properties.ResourceId) === vpcId)
    .map(each => takeover(each, '.', `the Route 53 profile ${textOf(each.properties.ProfileId) ?? ''} for`));
}

function takeover(where: ResolvedResource, domain: string, what: string): Takeover {
  const plain = domain.replace(/\.$/, '');
  return {
    where: refTo(where),
    name: `${what} ${domain}`,
    domain: plain,
    coversS3: coversS3(plain, where.environment.region) || /[<>]/.test(plain),
  };
}

/** A domain above the host names of S3 in a Region, or below them. */
function coversS3(domain: string, region: string): boolean {
  return ['amazonaws.com', 'amazonaws.com.cn'].some(suffix =>
    [`s3.${region}.${suffix}`, `s3.dualstack.${region}.${suffix}`, `s3.${suffix}`].some(
      host => domain === '' || `.${host}`.endsWith(`.${domain}`) || domain.endsWith(`.${host}`),
    ),
  );
}

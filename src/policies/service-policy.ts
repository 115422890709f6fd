import { Effect, IRole, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { denyCaller } from './statements';
import { roleArnOf } from '../private';

/** Who comes through the endpoint of a service. */
export interface ServiceUser {
  /** What the actions of the service begin with. */
  readonly service: string;
  readonly role: IRole;
  /** The account of the workload, and of what it may reach. */
  readonly account: string;
  /** The organization that the role has to be in. */
  readonly organizationId?: string;
}

/**
 * What the endpoint of a service lets through: what the role is granted of the service, on the same resources and under
 * the same conditions, for this role and in this account.
 *
 * @param granted the statements of the role's policies
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function serviceEndpointStatements(granted: readonly PolicyStatement[], user: ServiceUser): PolicyStatement[] {
  return granted
    .filter(({ effect }) => effect === Effect.ALLOW)
    .map(statement => ({ statement, actions: actionsOf(user.service, statement.actions) }))
    .filter(({ actions }) => actions.length > 0)
    .map(({ statement, actions }, index) =>
      statement.copy({
        sid: `Use${index === 0 ? '' : String(index + 1)}`,
        actions,
        principals: [new StarPrincipal()],
        conditions: forUser(statement, user),
      }),
    );
}

/**
 * Stolen credentials do not reach the service past the endpoint. What a service does with the credentials on its own
 * is left alone.
 */
export function denyServiceOutsideEndpoint(service: string, endpointId: string): PolicyStatement {
  return denyCaller({
    sid: `Deny${service[0].toUpperCase()}${service.slice(1)}OutsideEndpoint`,
    actions: [`${service}:*`],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      StringNotEquals: { 'aws:SourceVpce': endpointId },
    },
  });
}

function actionsOf(service: string, actions: readonly string[]): string[] {
  return actions
    .map(each => (each === '*' ? `${service}:*` : each))
    .filter(each => each.toLowerCase().startsWith(`${service}:`));
}

type Conditions = Record<string, Record<string, unknown>>;

function forUser(statement: PolicyStatement, { account, organizationId, role }: ServiceUser): Conditions {
  const granted = statement.conditions as Conditions;
  return {
    ...granted,
    ArnEquals: { ...granted.ArnEquals, 'aws:PrincipalArn': roleArnOf(role) },
    StringEquals: {
      ...granted.StringEquals,
      'aws:ResourceAccount': account,
      ...(organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId }),
    },
  };
}

import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { nameByPath } from '../private';

/** The prefix that flow logs are delivered under. */
export const FLOW_LOGS_PREFIX = 'vpc-flow-logs/';

/** Properties of `FlowLogs`. */
export interface FlowLogsProps {
  /** The id of the VPC. */
  readonly vpcId: string;

  /** The bucket that receives the logs. */
  readonly bucket: IBucket;
}

/**
 * The flow logs of a VPC, for all traffic, delivered to a bucket: no role, no log group.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const flowLog = new CfnFlowLog(this, 'Resource', {
      resourceType: 'VPC',
      resourceId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 's3',
      logDestination: `${props.bucket.bucketArn}/${FLOW_LOGS_PREFIX}`,
    });
    nameByPath(flowLog, scope);
    // without the policy in place the service would write one of its own over it
    if (props.bucket.policy !== undefined) {
      flowLog.node.addDependency(props.bucket.policy);
    }
  }
}

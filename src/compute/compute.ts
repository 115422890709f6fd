import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { FleetOptions, PrivateFleet, capacityProblems } from './private-fleet';
import { PrivateInstance } from './private-instance';
import { WorkloadPlacement } from './workload-placement';
import { refuse } from '../private/errors';

/** Where compute is placed, and the key of the construct that places it; for the parts of this library only. */
export interface ComputeContext {
  readonly placement: WorkloadPlacement;
  readonly ownKey?: IKey;
}

/** What the workload runs on. */
export class Compute {
  /**
   * One EC2 instance.
   *
   * @param options what it is like. Default: t4g.micro with the latest Amazon Linux 2023
   */
  public static instance(options: InstanceOptions = {}): Compute {
    return new Compute((parent, { placement, ownKey }) => {
      new PrivateInstance(parent, 'Instance', { ...placement, ...options, volumeEncryptionKey: options.volumeEncryptionKey ?? ownKey });
    });
  }

  /**
   * An Auto Scaling group over the Availability Zones of the subnets.
   *
   * @param options how many instances there are, and what they are like
   */
  public static fleet(options: FleetOptions): Compute {
    refuse('Compute.fleet', capacityProblems(options));
    return new Compute((parent, { placement }) => {
      new PrivateFleet(parent, 'Fleet', { ...placement, ...options });
    });
  }

  private constructor(private readonly add: (scope: Construct, context: ComputeContext) => void) {
  }

  /** @internal */
  public _bind(scope: Construct, context: ComputeContext): void {
    this.add(scope, context);
  }
}

import { addressProblems } from './endpoint-address';
import { InterfaceEndpointOptions } from './endpoint-options';
import { isConcrete, Problem } from '../private';

/** What is wrong with the options of an interface endpoint by themselves. */
export function interfaceProblems(options: InterfaceEndpointOptions): Problem[] {
  const { securityGroups, serviceRegion } = options;
  return [
    ...addressProblems('interface', options),
    ...(securityGroups === undefined || securityGroups.length > 0
      ? []
      : [
          {
            prop: 'securityGroups',
            got: securityGroups,
            allowed: 'one security group or more',
            fix: 'leave it out for one of its own',
          },
        ]),
    ...(isConcrete(serviceRegion) && !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(serviceRegion)
      ? [
          {
            prop: 'serviceRegion',
            got: serviceRegion,
            allowed: 'the name of a Region, such as eu-central-1',
            fix: 'write the Region of the buckets',
          },
        ]
      : []),
  ];
}

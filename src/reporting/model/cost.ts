import { isSymbolic } from '../../analysis';
import { Evidence, inside, isSet, property, resourceAt } from '../controls/control';

/** A part that costs money all the time, or by use. */
export interface CostItem {
  readonly id: string;
  readonly what: string;
  /** How the quantity comes about. */
  readonly formula: string;
  /** Per month; 0 where only use tells it. */
  readonly quantity: number;
  /** What a price is for. */
  readonly unit: string;
  /** USD in us-east-1; absent where it is not known here. */
  readonly price?: number;
  /** Whether it is billed by use, so that the quantity is for the reader to say. */
  readonly isByUse: boolean;
}

const HOURS = 730;

/** Prices in us-east-1 as of 2026; they change, which is why the page lets everybody write others. */
const PRICES = {
  key: 1,
  interfaceHour: 0.01,
  volumeGb: 0.08,
  metric: 0.3,
  flowLogGb: 0.25,
  interfaceGb: 0.01,
  /** https://aws.amazon.com/route53/pricing/, the first 1,000 million a month */
  firewalledQueries: 0.6,
} as const;

const INSTANCE_HOURS: Readonly<Record<string, number>> = { 't4g.micro': 0.0084 };

/** What the parts of a workload cost a month. */
export function costOf(evidence: Evidence): CostItem[] {
  return [...keyCost(evidence), ...computeCost(evidence), ...endpointCost(evidence), ...costByUse(evidence)];
}

function keyCost({ model, policies }: Evidence): CostItem[] {
  const count = model.keys.filter(({ arn }) => policies.keys.some(key => key.arn === arn)).length;
  return count === 0
    ? []
    : [
        fixed(
          'key',
          'customer-managed keys',
          `${count} (and 1 more for each of the first two rotations)`,
          count,
          'USD per key and month',
          PRICES.key,
        ),
      ];
}

function computeCost(evidence: Evidence): CostItem[] {
  const { describedBy, where, kind } = evidence.workload;
  const sources = describedBy.map(each => resourceAt(each, evidence));
  const template = sources.find(source => source?.type === 'AWS::EC2::LaunchTemplate');
  const setting = (...path: readonly string[]) =>
    template === undefined ? property(sources[0], ...path) : property(template, 'LaunchTemplateData', ...path);
  const group = resourceAt(where, evidence);
  const count = kind === 'instance' ? 1 : Number(property(group, 'MinSize') ?? 1);
  const plural = count === 1 ? '1 instance' : `${count} instances (the least)`;
  const type = String(setting('InstanceType') ?? 'instance');
  return [
    fixed(
      'compute',
      isSymbolic(type) ? 'instances' : type,
      `${plural} × ${HOURS} h`,
      count * HOURS,
      'USD per hour',
      INSTANCE_HOURS[type],
    ),
    ...volumeCost(setting('BlockDeviceMappings'), count, plural),
    ...(isSet(setting('Monitoring')) || isSet(setting('Monitoring', 'Enabled')) ? [monitoringCost(count, plural)] : []),
  ];
}

function volumeCost(mappings: unknown, count: number, plural: string): CostItem[] {
  const size = [mappings ?? []]
    .flat()
    .map(each => Number(inside(each, 'Ebs', 'VolumeSize') ?? 0))
    .reduce((sum, each) => sum + Math.max(0, each), 0);
  return size === 0
    ? []
    : [
        fixed(
          'volume',
          'root volumes, gp3',
          `${plural} × ${size} GiB`,
          count * size,
          'USD per GiB and month',
          PRICES.volumeGb,
        ),
      ];
}

function monitoringCost(count: number, plural: string): CostItem {
  return fixed(
    'monitoring',
    'detailed monitoring',
    `${plural} × 7 metrics`,
    count * 7,
    'USD per metric and month',
    PRICES.metric,
  );
}

function endpointCost({ model, workload: { vpcId } }: Evidence): CostItem[] {
  const inVpc = model.endpoints.filter(endpoint => endpoint.vpcId === vpcId);
  const gateways = inVpc.filter(({ kind }) => kind === 'gateway').length;
  const addresses = inVpc
    .filter(({ kind }) => kind === 'interface')
    .map(({ subnetIds }) => Math.max(1, subnetIds.length));
  const sum = addresses.reduce((total, each) => total + each, 0);
  return [
    ...(gateways === 0
      ? []
      : [fixed('gateway', 'S3 gateway endpoint', 'free', gateways, 'USD per endpoint and month', 0)]),
    ...(sum === 0
      ? []
      : [
          fixed(
            'interface',
            'interface endpoints',
            `${addresses.length} endpoints, ${sum} network interfaces × ${HOURS} h`,
            sum * HOURS,
            'USD per hour',
            PRICES.interfaceHour,
          ),
        ]),
  ];
}

function costByUse({ reading, model, workload: { vpc: network, vpcId } }: Evidence): CostItem[] {
  const byUse = (id: string, what: string, unit: string, price?: number): CostItem => ({
    id,
    what,
    formula: 'by use',
    quantity: 0,
    unit,
    price,
    isByUse: true,
  });
  const hasFlowLog = reading.resources.some(
    ({ type, properties }) => type === 'AWS::EC2::FlowLog' && properties.ResourceId === vpcId,
  );
  const hasInterface = model.endpoints.some(({ kind, vpcId: vpc }) => vpc === vpcId && kind === 'interface');
  return [
    byUse('storage', 'S3 storage, old versions too', 'USD per GB and month'),
    ...(hasFlowLog ? [byUse('flow-logs', 'flow logs delivered to S3', 'USD per GB', PRICES.flowLogGb)] : []),
    ...(network !== undefined && network.dnsRules.length > 0
      ? [byUse('dns-firewall', 'names asked of the DNS Firewall', 'USD per million queries', PRICES.firewalledQueries)]
      : []),
    ...(hasInterface
      ? [byUse('interface-traffic', 'traffic of interface endpoints', 'USD per GB', PRICES.interfaceGb)]
      : []),
  ];
}

function fixed(id: string, what: string, formula: string, quantity: number, unit: string, price?: number): CostItem {
  return { id, what, formula, quantity, unit, price, isByUse: false };
}

/** What an item costs a month, if its price is known. */
export function monthly({ quantity, price }: CostItem): number | undefined {
  return price === undefined ? undefined : quantity * price;
}

import { Json, objectOf, textOf, valueAt } from './json';
import type { Resolution, StackOutput, StackResource } from './resolution';
import { expressionSymbol } from './symbols';
import { below, TemplateLocation } from './template-location';

/**
 * `Fn::ImportValue`: the output that another stack of the same account and Region exports under the name.
 *
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
export function importedValue(argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const name = textOf(resolution.resolve(argument, at));
  const exporters =
    name === undefined
      ? []
      : resolution
          .outputs()
          .filter(
            each =>
              exportName(each, resolution) === name &&
              sameEnvironment(each, at, resolution) &&
              exists(each, resolution),
          );
  const ofStage = exporters.filter(({ stack }) => stack.directory === at.stack.directory);
  const [exporter, ...others] = ofStage.length > 0 ? ofStage : exporters;
  if (exporter !== undefined && others.length === 0) {
    return outputValue(exporter, at, resolution);
  }
  const identity = [environmentKey(at, resolution), name ?? argument];
  if (exporter === undefined && name !== undefined) {
    resolution.takesImport(name);
    return resolution.anyText(expressionSymbol('ImportValue', JSON.stringify(identity)));
  }
  const why = name === undefined ? 'the name of the export is not a text' : `several stacks export ${name}`;
  return resolution.unresolvable(at, 'Fn::ImportValue', why, identity);
}

/**
 * `Fn::GetStackOutput`: an output of another stack, exported or not.
 *
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export function stackOutputValue(argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const part = (key: string) => textOf(resolution.resolve(valueAt(argument, key), below(at, key)));
  const [stackName, outputName] = [part('StackName'), part('OutputName')];
  const region = part('Region') ?? resolution.environmentOf(at.stack).region;
  const found = resolution
    .outputs()
    .filter(
      ({ stack, logicalId }) =>
        stack.name === stackName &&
        stack.parent === undefined &&
        logicalId === outputName &&
        resolution.environmentOf(stack).region === region,
    )
    .filter(each => exists(each, resolution));
  if (found.length === 1) {
    return outputValue(found[0], at, resolution);
  }
  const why = `${found.length === 0 ? 'no stack' : 'more than one stack'} of the assembly is ${stackName} with the output ${outputName}`;
  return resolution.unresolvable(at, 'Fn::GetStackOutput', why, [stackName ?? '', outputName ?? '', region]);
}

/** `Fn::GetAtt` of `Outputs.<name>` on a nested stack. */
export function nestedOutput(
  found: StackResource,
  attribute: string,
  at: TemplateLocation,
  resolution: Resolution,
): Json | undefined {
  const name = attribute.replace(/^Outputs\./, '');
  const output = resolution
    .outputs()
    .find(
      ({ stack, logicalId }) =>
        stack.parent?.stack.id === found.stack.id && stack.parent.logicalId === found.logicalId && logicalId === name,
    );
  if (output !== undefined && exists(output, resolution)) {
    return outputValue(output, at, resolution);
  }
  const why = `the nested stack ${found.logicalId} has no output ${name}`;
  return resolution.unresolvable(at, 'Fn::GetAtt', why, [found.stack.id, found.logicalId, name]);
}

/**
 * What the CDK carries to another Region: one custom resource writes it there, another one reads it under the same
 * name.
 */
export function exportedAcrossRegions(
  found: StackResource,
  attribute: string,
  at: TemplateLocation,
  resolution: Resolution,
): Json | undefined {
  if (found.resource.Type !== 'Custom::CrossRegionExportReader') {
    return undefined;
  }
  const writer = resolution
    .resources()
    .find(({ resource }) => valueAt(resource.Properties, 'WriterProps', 'exports', attribute) !== undefined);
  if (writer === undefined) {
    return resolution.unresolvable(at, 'Fn::GetAtt', `no stack of the assembly writes ${attribute}`, [attribute]);
  }
  const { stack, logicalId } = writer;
  const value = objectOf(valueAt(writer.resource.Properties, 'WriterProps', 'exports'))[attribute];
  return resolution.resolve(value, { stack, logicalId, path: `Properties.WriterProps.exports.${attribute}` });
}

function exists({ stack, logicalId, output }: StackOutput, resolution: Resolution): boolean {
  return resolution.exists(output.Condition, { stack, logicalId, path: 'Condition' });
}

function outputValue(
  { stack, logicalId, output }: StackOutput,
  at: TemplateLocation,
  resolution: Resolution,
): Json | undefined {
  return resolution.once(`output ${stack.id} ${logicalId}`, at, () =>
    resolution.resolve(output.Value, { stack, logicalId, path: 'Value' }),
  );
}

function exportName({ stack, logicalId, output }: StackOutput, resolution: Resolution): string | undefined {
  const at = { stack, logicalId, path: 'Export.Name' };
  return output.Export?.Name === undefined
    ? undefined
    : textOf(resolution.once(`export ${stack.id} ${logicalId}`, at, () => resolution.resolve(output.Export?.Name, at)));
}

function sameEnvironment({ stack }: StackOutput, at: TemplateLocation, resolution: Resolution): boolean {
  return environmentKey({ ...at, stack }, resolution) === environmentKey(at, resolution);
}

function environmentKey(at: TemplateLocation, resolution: Resolution): string {
  const { account, region } = resolution.environmentOf(at.stack);
  return `${account} ${region}`;
}

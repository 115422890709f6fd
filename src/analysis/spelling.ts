import { isAbsolute, relative } from 'node:path';
import type { Place } from './finding';
import { nameOf, nameSymbol, ResourceRef, StackTemplate } from '../cloudformation';

/** Ids of resources, which say no more than their names. */
const ID = /(?:vpce|vpc|subnet|sg|rtb|igw|nat|eni|pl|acl|tgw|pcx|eigw|vgw|lt|i)-(<[^<>#]+>)/g;

const PLACEHOLDERS: ReadonlyArray<readonly [string, string]> = [
  ['<partition>', '${AWS::Partition}'],
  ['<account>', '${AWS::AccountId}'],
  ['<region>', '${AWS::Region}'],
  ['<url-suffix>', '${AWS::URLSuffix}'],
];

/** Writes what is known at deployment only as templates do, and resources by the names that their authors gave them. */
export class Spelling {
  /** By the symbol of the resource. */
  private readonly names = new Map<string, string>();

  constructor(private readonly stacks: readonly StackTemplate[]) {
    for (const { id, template, paths } of stacks) {
      for (const logicalId of Object.keys(template.Resources)) {
        this.names.set(nameSymbol(id, logicalId), shortPath(paths[logicalId]) ?? logicalId);
      }
    }
  }

  /** A text without symbols. */
  public of(text: string): string {
    const names = text
      .replaceAll(ID, (whole, symbol: string) => this.names.get(symbol) ?? whole)
      .replaceAll(/<[^<>#]+>/g, symbol => {
        const name = this.names.get(symbol);
        return name === undefined ? symbol : `\${${name}}`;
      })
      .replaceAll(', over TLS 1.3', '')
      .replaceAll(/(?<=[\w-])\/Resource(?![\w/])/g, '');
    return PLACEHOLDERS.reduce(
      (rest, [symbol, placeholder]) => rest.replaceAll(symbol, placeholder),
      this.withoutOnlyStack(names),
    );
  }

  /** The name of a resource. */
  public name({ stack, logicalId, constructPath }: ResourceRef): string {
    return shortPath(constructPath) ?? (this.stacks.length > 1 ? `${stack}/${logicalId}` : logicalId);
  }

  /** A text that is the same for all resources of which it says the same. */
  public without(resource: ResourceRef, text: string): string {
    return [this.of(nameOf(resource)), this.name(resource), resource.logicalId].reduce(
      (rest, name) => rest.replaceAll(new RegExp(`(?<![\\w/-])${escaped(name)}(?![\\w/-])`, 'g'), '·'),
      text,
    );
  }

  /** Where a resource is. */
  public place(resource: ResourceRef): Place {
    const { stack, logicalId } = resource;
    const source = this.stacks.find(({ name, template }) => name === stack && logicalId in template.Resources)?.source;
    return {
      name: this.name(resource),
      stack,
      logicalId,
      ...(source && { file: shortFile(source.file), ...source.positionOf(['Resources', logicalId]) }),
    };
  }

  /** A resource is called by its logical id and its stack, which says nothing where there is only one. */
  private withoutOnlyStack(text: string): string {
    const [only, ...others] = this.stacks;
    return others.length > 0
      ? text
      : text.replaceAll(new RegExp(`\\b([A-Za-z0-9]+) of ${escaped(only.name)}(?![\\w-])`, 'g'), (whole, id: string) =>
          id in only.template.Resources ? id : whole,
        );
  }
}

/** The path of the construct that somebody wrote, and not of the resource inside of it. */
function shortPath(path: string | undefined): string | undefined {
  return path?.replace(/\/Resource$/, '');
}

function shortFile(file: string): string {
  const short = relative('.', file);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

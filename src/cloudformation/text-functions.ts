import { isList, isObject, Json, listOf, textOf } from './json';
import { attributeOf, refOf } from './references';
import type { Resolution } from './resolution';
import { isOpaque, isSymbolic } from './symbols';
import { below, TemplateLocation } from './template-location';

const SYMBOLS_AND_TEXT = /<[^<>]+>/g;

/**
 * `Fn::Join`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export function join(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const [delimiter, list] = listOf(argument);
  const parts = resolution.resolve(list, below(at, 1));
  const texts = isList(parts) ? parts.map(textOf) : [undefined];
  return texts.includes(undefined)
    ? resolution.unresolvable(at, 'Fn::Join', 'a part of the list is not a text', [delimiter ?? '', parts ?? ''])
    : texts.join(textOf(delimiter) ?? '');
}

/**
 * `Fn::Split`. A symbol is never split: that is right for names, ids, accounts and Regions, which contain neither `:`
 * nor `/` nor `,`, and it is reported for everything else.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
export function split(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const [delimiter, source] = listOf(argument).map((each, index) => resolution.resolve(each, below(at, index)));
  const [separator, text] = [textOf(delimiter), textOf(source)];
  const identity = [delimiter ?? '', source ?? ''];
  if (separator === undefined || separator === '' || text === undefined) {
    return resolution.unresolvable(at, 'Fn::Split', 'it needs a delimiter and a text', identity);
  }
  const symbols = text.match(SYMBOLS_AND_TEXT) ?? [];
  if (isOpaque(text) || (symbols.length > 0 && !/^[:/,]/.test(separator))) {
    return resolution.derived('Fn::Split', identity);
  }
  const masked = text.replaceAll(SYMBOLS_AND_TEXT, '<>');
  let next = 0;
  return masked.split(separator).map(part => part.replaceAll('<>', () => symbols[next++]));
}

/**
 * `Fn::Select`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
export function select(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const [index, list] = listOf(argument).map((each, position) => resolution.resolve(each, below(at, position)));
  const position = Number(textOf(index));
  const value = isList(list) ? list[position] : undefined;
  if (value !== undefined) {
    return value;
  }
  const identity = [index ?? '', list ?? ''];
  if ([index, isList(list) ? undefined : list].some(each => isSymbolic(textOf(each) ?? ''))) {
    return resolution.derived('Fn::Select', identity);
  }
  const why = isList(list) ? `the list has no element ${textOf(index)}` : 'it needs a list';
  return resolution.unresolvable(at, 'Fn::Select', why, identity);
}

/**
 * `Fn::Sub`, with and without values of its own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function substitute(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const [template, own] = isList(argument) ? argument : [argument, {}];
  const text = textOf(template);
  if (text === undefined) {
    return resolution.unresolvable(at, 'Fn::Sub', 'it needs a text', argument);
  }
  const values = isObject(own) ? own : {};
  return text.replaceAll(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) => {
    if (literal === '!') {
      return `\${${name}}`;
    }
    const value = Object.hasOwn(values, name)
      ? resolution.resolve(values[name], below(at, name))
      : variable(name, at, resolution);
    return textOf(value) ?? resolution.unresolvable(at, 'Fn::Sub', `${whole} is not a text`, [at.stack.id, name]);
  });
}

function variable(name: string, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const dot = name.indexOf('.');
  return dot === -1
    ? refOf(name, at, resolution)
    : attributeOf(name.slice(0, dot), name.slice(dot + 1), at, resolution);
}

/**
 * `Fn::Base64`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html
 */
export function base64(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const text = textOf(resolution.resolve(argument, at));
  return text === undefined
    ? resolution.unresolvable(at, 'Fn::Base64', 'it needs a text', argument)
    : Buffer.from(text, 'utf8').toString('base64');
}

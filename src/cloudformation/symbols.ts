/**
 * Values that are known at deployment only are symbols: a text in angle brackets, which no name, id or ARN of AWS can
 * contain. Equal symbols mean the same thing. `<Stack.LogicalId>` is the name or id of a resource; a symbol with a
 * `#` is opaque, it may stand for any text at all.
 */
const SYMBOL = /<[^<>]+>/;

const OPAQUE = /<[^<>]*#[^<>]*>/;

/** The account of stacks without a concrete environment: the CDK deploys all of them to the same one. */
export const UNKNOWN_ACCOUNT = '<account>';

/** The Region of stacks without a concrete environment. */
export const UNKNOWN_REGION = '<region>';

/** The partition where neither the Region nor a literal ARN tells it. */
export const UNKNOWN_PARTITION = '<partition>';

/** The domain of AWS in an unknown partition. */
export const UNKNOWN_URL_SUFFIX = '<url-suffix>';

/** Whether a part of the text is known at deployment only. */
export function isSymbolic(text: string): boolean {
  return SYMBOL.test(text);
}

/** The symbols in a text. */
export function symbolsIn(text: string): readonly string[] {
  return text.match(/<[^<>]+>/g) ?? [];
}

/** Whether a part of the text may stand for any text, delimiters included. */
export function isOpaque(text: string): boolean {
  return OPAQUE.test(text);
}

/** The name or the id of what a stack defines: it contains neither `:` nor `/`. */
export function nameSymbol(stackId: string, logicalId: string): string {
  return `<${stackId}.${logicalId}>`;
}

/** An attribute of what a stack defines. */
export function opaqueSymbol(stackId: string, logicalId: string, attribute: string): string {
  return `<${stackId}.${logicalId}#${clean(attribute)}>`;
}

/** The value of a parameter of Systems Manager or of a secret. */
export function storedSymbol(service: string, name: string): string {
  return `<${service}#${clean(name)}>`;
}

/** The outcome of a function that cannot be computed: the same for the same function of the same things. */
export function expressionSymbol(name: string, identity: string): string {
  return `<${clean(name)}#${fingerprint(identity)}>`;
}

/** Colons and slashes would split an ARN, wildcards and dollar signs would act in a policy. */
function clean(text: string): string {
  return text
    .replaceAll('/', '|')
    .replaceAll(':', ';')
    .replaceAll(/[<>#*?${}\s]/g, '.');
}

/** Two sums of 30 bits: enough for different expressions of one assembly to differ. */
function fingerprint(text: string): string {
  const sums = [31, 131].map(factor => {
    let sum = 7;
    for (const character of text) {
      sum = (sum * factor + (character.codePointAt(0) ?? 0)) % 1_073_741_789;
    }
    return sum.toString(36);
  });
  return sums.join('-');
}

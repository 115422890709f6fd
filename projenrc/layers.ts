/**
 * The folders of `src/` that read templates, in the order of the data: each imports those before it. None imports the
 * CDK, except the plugin.
 */
export const VERIFICATION = ['iam', 'cloudformation', 'request-flow', 'proof', 'rules', 'analysis', 'reporting', 'cli'];

/** The one file there that the CDK calls. */
export const PLUGIN = 'analysis/validation-plugin.ts';

/** The folders of the constructs: each imports those before it. */
export const CONSTRUCTS = [
  'access',
  'policies',
  'identity',
  'endpoint',
  'storage',
  'network',
  'compute',
  'remote-access',
  'organization',
];

/** The folders that a folder of `src/` may import, each through its index. `base/` is what both sides share. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  private: ['base', 'iam'],
  ...inOrder(['base'], VERIFICATION),
  ...inOrder(['base', 'iam', 'private'], CONSTRUCTS),
};

function inOrder(first: readonly string[], folders: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(folders.map((folder, index) => [folder, [...first, ...folders.slice(0, index)]]));
}

/** The largest share of the lines of `src/` that one folder may have. */
export const LARGEST_FOLDER = 0.25;

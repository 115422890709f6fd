/** Every action that a workflow uses: the version that was looked at, and its commit, since a tag can be moved. */
const PINNED: Record<string, { readonly version: string; readonly commit: string }> = {
  'actions/attest': { version: 'v4.2.2', commit: '1e69f48acb82d1966a394da916b4c1698aa569d6' },
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/create-github-app-token': { version: 'v3.2.0', commit: 'bcd2ba49218906704ab6c1aa796996da409d3eb1' },
  'actions/dependency-review-action': { version: 'v5.0.0', commit: 'a1d282b36b6f3519aa1f3fc636f609c47dddb294' },
  'actions/download-artifact': { version: 'v8.0.1', commit: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c' },
  'actions/setup-dotnet': { version: 'v6.0.0', commit: 'a98b56852c35b8e3190ac28c8c2271da59106c68' },
  'actions/setup-go': { version: 'v7.0.0', commit: 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e' },
  'actions/setup-java': { version: 'v6.0.0', commit: 'dd06d9cba3e5552c54d9f8ea23572deb30010f7c' },
  'actions/setup-node': { version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'actions/setup-python': { version: 'v7.0.0', commit: '5fda3b95a4ea91299a34e894583c3862153e4b97' },
  'actions/upload-artifact': { version: 'v7.0.1', commit: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a' },
  'github/codeql-action/analyze': { version: 'v4.38.2', commit: '2892aa5e19bbd11bc0cff5427e3b750a04d9e3c2' },
  'github/codeql-action/init': { version: 'v4.38.2', commit: '2892aa5e19bbd11bc0cff5427e3b750a04d9e3c2' },
  'github/codeql-action/upload-sarif': { version: 'v4.38.2', commit: '2892aa5e19bbd11bc0cff5427e3b750a04d9e3c2' },
  'ossf/scorecard-action': { version: 'v2.4.3', commit: '4eaacf0543bb3f2c246792bd56e8cdeffafb205a' },
  'peter-evans/create-pull-request': { version: 'v8.1.1', commit: '5f6978faf089d4d20b00c7766989d076bb2fc7f1' },
};

export const actionNames = Object.keys(PINNED);

/** What stands behind `uses:`. */
export function pinned(action: string): string {
  if (!(action in PINNED)) {
    throw new Error(`${action} is not pinned: add it, with the commit of its version, to projenrc/actions.ts`);
  }
  return `${action}@${PINNED[action].commit}`;
}

/** Writes the version behind each pinned action of a workflow; an action that is not pinned fails. */
export function withVersions(workflow: string): string {
  return workflow.replace(
    /uses: ([^@\s]+)@(\S+)$/gm,
    (_, action: string) => `uses: ${pinned(action)} # ${PINNED[action].version}`,
  );
}

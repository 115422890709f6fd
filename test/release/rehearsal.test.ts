import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workflows } from './workflow-rules';
import { REGISTRIES, artefactsOf, provenanceProblems, sbomProblems } from '../../scripts/release/rehearsal';

const REPOSITORY = 'https://github.com/example/library';
const PEERS = ['aws-cdk-lib', 'constructs'];

describe('a rehearsal', () => {
  test('knows every job of the workflow that publishes to a registry', () => {
    const jobs = Object.keys(workflows['release.yml'].jobs).filter(
      job => job.startsWith('release_') && job !== 'release_github',
    );

    expect(REGISTRIES.map(({ job }) => job).sort()).toEqual(jobs.sort());
  });

  test('finds the files of a version, with their hashes, and names those that are missing', () => {
    const dist = mkdtempSync(join(tmpdir(), 'dist-'));
    const [npm, , maven] = REGISTRIES;
    for (const file of ['js/cdk-private-ec2-s3-access-1.2.3.tgz', 'java/io/cdk-private-ec2-s3-access-1.2.3.jar']) {
      mkdirSync(dirname(join(dist, file)), { recursive: true });
      writeFileSync(join(dist, file), 'abc');
    }

    expect(artefactsOf(dist, npm, '1.2.3')).toEqual({
      found: [
        {
          file: 'cdk-private-ec2-s3-access-1.2.3.tgz',
          bytes: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
      ],
      missing: [],
    });
    expect(artefactsOf(dist, npm, '1.2.4').missing).toEqual(['cdk-private-ec2-s3-access-1.2.4.tgz']);
    expect(artefactsOf(dist, maven, '1.2.3').missing).toEqual([
      'cdk-private-ec2-s3-access-1.2.3-sources.jar',
      'cdk-private-ec2-s3-access-1.2.3-javadoc.jar',
      'cdk-private-ec2-s3-access-1.2.3.pom',
    ]);
    rmSync(dist, { recursive: true });
  });

  const sbom = {
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'library', version: '1.2.3' } },
    components: [{ name: 'constructs' }],
  };

  test('takes a bill of materials that names nothing but what a user has', () => {
    expect(sbomProblems(sbom, 'library', '1.2.3', PEERS)).toEqual([]);
  });

  test.each([
    [{ ...sbom, bomFormat: 'SPDX' }, /CycloneDX/],
    [{ ...sbom, metadata: { component: { name: 'other', version: '1.2.3' } } }, /about other/],
    [{ ...sbom, metadata: { component: { name: 'library', version: '1.2.2' } } }, /version 1.2.2/],
    [{ ...sbom, components: [{ name: 'left-pad' }] }, /names left-pad/],
  ])('refuses the bill of materials %j', (wrong, problem) => {
    expect(sbomProblems(wrong, 'library', '1.2.3', PEERS)).toEqual([expect.stringMatching(problem)]);
  });

  const packageJson = {
    name: 'library',
    version: '1.2.3',
    repository: { url: `git+${REPOSITORY}.git` },
    publishConfig: { access: 'public' },
  };

  test('takes a public package of this repository', () => {
    expect(provenanceProblems(packageJson, REPOSITORY, '1.2.3')).toEqual([]);
  });

  test.each([
    [{ ...packageJson, repository: { url: `${REPOSITORY}-fork.git` } }, /the repository is/],
    [{ ...packageJson, repository: undefined }, /the repository is ""/],
    [{ ...packageJson, publishConfig: {} }, /access is not public/],
    [{ ...packageJson, private: true }, /private/],
    [{ ...packageJson, version: '0.0.0' }, /version is 0.0.0/],
  ])('refuses the package %j', (wrong, problem) => {
    expect(provenanceProblems(wrong, REPOSITORY, '1.2.3')).toEqual([expect.stringMatching(problem)]);
  });
});

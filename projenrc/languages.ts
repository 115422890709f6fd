import { github, type awscdk } from 'projen';
import { suite } from './tests';

const ORGANIZATION = 'cdk-private-ec2-s3-access';

/**
 * What the library is called where it is published, beside npm, and how a release proves there who it is: by its
 * identity, where that exists.
 */
export const publishTargets = {
  publishToPypi: {
    distName: 'cdk-private-ec2-s3-access',
    module: 'cdk_private_ec2_s3_access',
    trustedPublishing: true,
    attestations: true,
  },
  publishToMaven: {
    javaPackage: 'io.github.cdkprivateec2s3access',
    mavenGroupId: `io.github.${ORGANIZATION}`,
    mavenArtifactId: 'cdk-private-ec2-s3-access',
    mavenServerId: 'central-ossrh',
  },
  publishToGo: {
    moduleName: `github.com/${ORGANIZATION}/cdk-private-ec2-s3-access-go`,
    packageName: 'cdkprivateec2s3access',
    githubCredentials: github.GithubCredentials.fromApp({
      appIdSecret: 'GO_APP_ID',
      privateKeySecret: 'GO_APP_PRIVATE_KEY',
      owner: ORGANIZATION,
      repositories: ['cdk-private-ec2-s3-access-go'],
      permissions: { contents: github.workflows.AppPermission.WRITE },
    }),
  },
  publishToNuget: {
    dotNetNamespace: 'CdkPrivateEc2S3Access',
    packageId: 'CdkPrivateEc2S3Access',
    trustedPublishing: true,
  },
};

/** What packages the library for every language, and tests the packages. */
export function configureLanguages(project: awscdk.AwsCdkConstructLibrary): void {
  // a local build needs Node.js only: the other languages have a command of their own
  project.packageTask.reset();
  project.packageTask.spawn(project.tasks.tryFind('package:js')!);
  project.removeTask('package-all');

  project.addTask('package:all', {
    description: 'Package the library for every language whose toolchain is there, into dist/',
    steps: [{ exec: 'tsx scripts/package-all.ts', receiveArgs: true }],
  });
  suite(
    project,
    'languages',
    'Install the packages into empty projects of every language and compare what they synthesize',
    '--runInBand',
  );
}

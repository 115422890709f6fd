import { Stack } from 'aws-cdk-lib';
import { allFlows, assumed, breaks, EditableTemplate, sentences } from './support';
import { assemblyOf } from '../../src/cloudformation/models';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../support/scenarios';

const INSTANCE = 'AWS::EC2::Instance';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** The only thing that breaks the flow of a template after a change. */
function breakOf(change: (template: EditableTemplate) => unknown, define: (stack: Stack) => unknown = quickStart) {
  const template = new EditableTemplate(define);
  change(template);
  const flow = template.flow();
  const found = breaks(flow);
  expect(sentences(flow)).toHaveLength(1);
  const [[step, { sentence, where, statements }]] = found;
  return { step, sentence, where: where?.logicalId, sids: statements?.map(({ sid }) => sid) };
}

function dataOf(template: EditableTemplate): { [key: string]: unknown } {
  return template.properties('AWS::EC2::LaunchTemplate').LaunchTemplateData as { [key: string]: unknown };
}

test('the templates that are changed here are fine as they are', () => {
  for (const define of [quickStart, everyOption, s3ManagedThroughInterface]) {
    expect(sentences(new EditableTemplate(define).flow())).toEqual([]);
  }
});

describe('step 1 breaks', () => {
  const options = (change: { [key: string]: string | number }) => (template: EditableTemplate) => {
    const properties = template.properties(INSTANCE);
    properties.MetadataOptions = { HttpTokens: 'required', HttpPutResponseHopLimit: 1, ...change };
  };

  test('where tokens are optional', () => {
    expect(breakOf(options({ HttpTokens: 'optional' }))).toMatchObject({
      step: 1,
      where: expect.stringMatching(/^AppComputeInstance/),
      sentence: expect.stringMatching(
        /^HttpTokens of AppComputeInstance\w+ of Training is optional: IMDSv1, without a token, may hand out the credentials of the role$/,
      ),
    });
  });

  test('where tokens are not stated', () => {
    expect(
      breakOf(template => {
        template.properties(INSTANCE).MetadataOptions = { HttpPutResponseHopLimit: 1 };
      }).sentence,
    ).toContain('is not stated');
  });

  test('where the answer may travel', () => {
    expect(breakOf(options({ HttpPutResponseHopLimit: 2 })).sentence).toMatch(
      /HttpPutResponseHopLimit of .* is 2: the answer may leave the instance/,
    );
    expect(
      breakOf(template => {
        template.properties(INSTANCE).MetadataOptions = { HttpTokens: 'required' };
      }).sentence,
    ).toContain('is not stated, and some images make it 2');
  });

  test('where the service is off', () => {
    expect(breakOf(options({ HttpEndpoint: 'disabled' })).sentence).toContain('turns the metadata service off');
  });

  test('where tokens are optional in the launch template of a fleet', () => {
    expect(
      breakOf(template => {
        dataOf(template).MetadataOptions = { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 };
      }, everyOption).sentence,
    ).toContain('HttpTokens');
  });

  test('where there is no profile: then there are no credentials either', () => {
    const template = new EditableTemplate();
    delete template.properties(INSTANCE).IamInstanceProfile;
    const flow = template.flow();
    expect(sentences(flow)).toEqual([
      expect.stringMatching(/^1: .* has no instance profile/),
      expect.stringMatching(/^1: the role of the workload is not known/),
      expect.stringMatching(/^2: .* has no role/),
    ]);
    expect(flow.buckets).toEqual([]);
  });

  test.each([
    ['another service', { Principal: { Service: 'lambda.amazonaws.com' } }, []],
    ['a denial', { Effect: 'Deny', Sid: 'Nobody' }, ['Nobody']],
    ['a condition that EC2 does not fulfil', { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }, []],
  ])('where the trust policy has %s', (_, change, sids) => {
    const found = breakOf(template =>
      Object.assign(template.statements('AWS::IAM::Role', '', 'AssumeRolePolicyDocument')[0], change),
    );
    expect(found).toMatchObject({ step: 1, where: expect.stringMatching(/^AppRole/), sids });
    expect(found.sentence).toContain('does not let ec2.amazonaws.com assume the role');
  });
});

describe('step 2 breaks', () => {
  const script = (text: string) => (template: EditableTemplate) => {
    template.properties(INSTANCE).UserData = { 'Fn::Base64': text };
  };

  test('where a key is in user data, and the key itself is not repeated', () => {
    const found = breakOf(script('export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE'));
    expect(found).toMatchObject({ step: 2, where: expect.stringMatching(/^AppComputeInstance/) });
    expect(found.sentence).toMatch(/^Properties\.UserData of .* contains an access key id$/);
    expect(found.sentence).not.toContain('AKIA');
  });

  test('where a key is in the launch template, the tags or the environment of a function', () => {
    expect(
      breakOf(template => {
        dataOf(template).UserData = Buffer.from('aws_secret_access_key = x').toString('base64');
      }, everyOption).step,
    ).toBe(2);
    expect(
      breakOf(template => {
        template.properties(INSTANCE).Tags = [{ Key: 'note', Value: 'ASIAIOSFODNN7EXAMPLE' }];
      }).sentence,
    ).toContain('Properties.Tags.0.Value');
    expect(
      breakOf(template =>
        template.add('Function', 'AWS::Lambda::Function', { Environment: { Variables: { AWS_ACCESS_KEY_ID: 'x' } } }),
      ).where,
    ).toBe('Function');
    expect(
      breakOf(template =>
        template.add('Task', 'AWS::ECS::TaskDefinition', {
          ContainerDefinitions: [{ Environment: [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'x' }] }],
        }),
      ).where,
    ).toBe('Task');
  });

  test.each<[string, string, Parameters<EditableTemplate['add']>[2]]>([
    ['a secret', 'AWS::SecretsManager::Secret', { SecretString: '{"id":"AKIAIOSFODNN7EXAMPLE"}' }],
    [
      'a document',
      'AWS::SSM::Document',
      { Content: { runCommand: ['export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE'] } },
    ],
    ['a state machine', 'AWS::StepFunctions::StateMachine', { DefinitionString: '{"env":"AKIAIOSFODNN7EXAMPLE"}' }],
  ])('where a key is in %s', (_, type, properties) => {
    expect(breakOf(template => template.add('Other', type, properties)).where).toBe('Other');
  });

  test('where user data gets a key that the template makes', () => {
    expect(
      breakOf(template => {
        template.add('Key', 'AWS::IAM::AccessKey', { UserName: 'dev' });
        template.properties(INSTANCE).UserData = { 'Fn::Base64': { 'Fn::Sub': 'login ${Key} ${Key.SecretAccessKey}' } };
      }).step,
    ).toBe(2);
  });
});

describe('step 3 breaks', () => {
  test('where the endpoint is for other route tables', () => {
    const found = breakOf(template => {
      template.properties(ENDPOINT).RouteTableIds = ['rtb-0other'];
    });
    expect(found.step).toBe(3);
    expect(found.where).toMatch(/^AppNetworkRouteTable/);
    expect(found.sentence).toMatch(
      /^the route table AppNetworkRouteTable\w+ of Training of AppNetworkIsolatedSubnet1\w+ of Training leads to no S3 endpoint: .* is for other route tables$/,
    );
  });

  test('where a subnet has no route table of its own', () => {
    expect(
      breakOf(template => {
        delete template.resources[template.id('AWS::EC2::SubnetRouteTableAssociation', 'Association1')];
      }).sentence,
    ).toMatch(/has no route table of its own, and the main one of its VPC leads to no S3 endpoint/);
  });

  test('where the endpoint is for another service or VPC', () => {
    expect(
      breakOf(template => {
        template.properties(ENDPOINT).ServiceName = 'com.amazonaws.eu-west-1.dynamodb';
      }).sentence,
    ).toContain('leads to no S3 endpoint: there is none in its VPC');
    expect(
      breakOf(template => {
        template.properties(ENDPOINT).VpcId = 'vpc-0other';
      }).sentence,
    ).toContain('there is none in its VPC');
  });

  const route =
    (target: { [key: string]: string }, DestinationCidrBlock = '0.0.0.0/0') =>
    (template: EditableTemplate) =>
      template.add('Out', 'AWS::EC2::Route', {
        RouteTableId: { Ref: template.id('AWS::EC2::RouteTable') },
        DestinationCidrBlock,
        ...target,
      });

  test.each([
    [{ NatGatewayId: 'nat-0abc' }, '0.0.0.0/0', 'NAT gateway nat-0abc'],
    [{ GatewayId: 'igw-0abc' }, '0.0.0.0/0', 'internet gateway igw-0abc'],
    [{ TransitGatewayId: 'tgw-0abc' }, '10.0.0.0/8', 'transit gateway tgw-0abc'],
    [{ VpcPeeringConnectionId: 'pcx-0abc' }, '172.16.0.0/16', 'peering connection pcx-0abc'],
  ])('where a route by %j leads out', (target, range, name) => {
    expect(breakOf(route(target, range))).toEqual({
      step: 3,
      where: 'Out',
      sids: undefined,
      sentence: `Out of Training sends ${range} to the ${name}, and a security group lets traffic to 0.0.0.0/0 out: a way out beside the endpoint`,
    });
  });

  test('not where the security groups let nothing take the route', () => {
    const template = new EditableTemplate(everyOption);
    route({ NatGatewayId: 'nat-0abc' })(template);
    expect(sentences(template.flow())).toEqual([]);
    const checks = template.flow().steps[2].checks.map(({ sentence }) => sentence);
    expect(checks).toContain('the security groups let nothing take the routes that lead out');
  });

  test('where the rules that could stop it are not known', () => {
    expect(
      breakOf(template => {
        route({ NatGatewayId: 'nat-0abc' })(template);
        template.properties(INSTANCE).SecurityGroupIds = ['sg-0abc'];
      }).sentence,
    ).toContain('the rules of the security group sg-0abc are not known');
  });

  test('where no rule lets HTTPS out or in', () => {
    const group = (template: EditableTemplate) => template.properties('AWS::EC2::SecurityGroup', 'AppSecurityGroup');
    expect(
      breakOf(template => {
        group(template).SecurityGroupEgress = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }];
      }).sentence,
    ).toMatch(/no rule of the security groups of AppComputeInstance\w+ of Training lets HTTPS out/);
    expect(
      breakOf(template => {
        template.properties('AWS::EC2::SecurityGroupIngress').SourceSecurityGroupId = 'sg-0other';
      }, s3ManagedThroughInterface).sentence,
    ).toMatch(/of AppS3EndpointInterface\w+ of Training lets HTTPS in/);
  });

  /** All breaks after a change of a policy: each is a refused request. */
  function refusals(change: (template: EditableTemplate) => unknown, define = quickStart) {
    const template = new EditableTemplate(define);
    change(template);
    return breaks(template.flow()).map(([step, { sentence, statements }]) => ({
      step,
      sentence,
      sids: statements?.map(({ sid }) => sid),
    }));
  }

  test('where the endpoint policy is for another role', () => {
    const found = refusals(template => {
      for (const statement of template.statements(ENDPOINT)) {
        statement.Condition = { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Other' } };
      }
    });
    expect(found.length).toBeGreaterThan(10);
    expect(
      found.every(
        ({ step, sentence }) =>
          step === 3 &&
          /is refused: no statement of the endpoint policy of AppS3Endpoint\w+ of Training allows it$/.test(sentence),
      ),
    ).toBe(true);
  });

  test('where the endpoint policy lacks one action', () => {
    const found = refusals(template => {
      for (const statement of template.statements(ENDPOINT)) {
        statement.Action =
          (statement.Action as string[]).filter?.(each => each !== 's3:DeleteObject') ?? statement.Action;
      }
    });
    expect(found.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^s3:DeleteObject on .* is refused/)]);
  });

  test('where the bucket policy denies, with the statement that does', () => {
    const found = refusals(template =>
      template.statements('AWS::S3::BucketPolicy', 'UserData').push({
        Sid: 'Closed',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: '*',
      }),
    );
    expect(found).toEqual([
      expect.objectContaining({
        sids: ['Closed'],
        sentence: expect.stringMatching(
          /denied by statement Closed of the bucket policy of AppDataBucketsUserDataPolicy/,
        ),
      }),
    ]);
  });

  test('where the bucket policy names another endpoint', () => {
    const found = refusals(template => {
      const [statement] = template
        .statements('AWS::S3::BucketPolicy', 'Datasets')
        .filter(({ Sid }) => Sid === 'DenyObjectsOutsideEndpoint');
      statement.Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0other' } };
    });
    expect(found).toHaveLength(3);
    expect(found.every(({ sids }) => sids?.[0] === 'DenyObjectsOutsideEndpoint')).toBe(true);
  });

  test('where the key policy or the role lacks the key', () => {
    const key = refusals(template => template.statements('AWS::KMS::Key', '', 'KeyPolicy').splice(1, 1));
    expect(key.map(({ sentence }) => sentence.replace(/, on.*refused/, ''))).toEqual(
      Array(5).fill(
        expect.stringMatching(
          /^kms:Decrypt by S3 for the role: no statement of the key policy of AppKey\w+ of Training allows it$/,
        ),
      ),
    );
    const role = refusals(template => {
      const statements = template.statements('AWS::IAM::ManagedPolicy');
      statements.splice(
        statements.findIndex(({ Sid }) => Sid === 'UseKeysOfDataBuckets'),
        1,
      );
    });
    expect(role.map(({ sentence }) => sentence.slice(0, 20))).toEqual([
      ...Array<string>(5).fill('kms:Decrypt by S3 fo'),
      'kms:GenerateDataKey ',
    ]);
  });

  test('where the permissions boundary allows less', () => {
    const found = refusals(template => {
      template.add('Boundary', 'AWS::IAM::ManagedPolicy', {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'kms:*'], Resource: '*' }],
        },
      });
      template.properties('AWS::IAM::Role').PermissionsBoundary = { Ref: 'Boundary' };
    });
    expect(found.map(({ sentence }) => sentence.split(' ')[0]).sort()).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:PutObject',
      's3:PutObjectTagging',
    ]);
    expect(found[0].sentence).toContain('no statement of the policy Boundary of Training allows it');
  });

  test('where a policy has an operator that IAM does not know', () => {
    const found = refusals(template => {
      template.statements('AWS::S3::BucketPolicy', 'UserData')[0].Condition = {
        Maybe: { 'aws:SecureTransport': 'false' },
      };
    });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0].sentence).toContain("condition operator 'Maybe' is not one of IAM's");
  });

  test('where a policy on the way cannot be read', () => {
    const found = refusals(template => {
      template.properties('AWS::S3::BucketPolicy', 'UserData').PolicyDocument = { 'Fn::Transform': { Name: 'Policy' } };
    });
    expect(found.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(
        /^Properties\.PolicyDocument\.Fn::Transform of AppDataBucketsUserDataPolicy\w+ of Training cannot be read \(Fn::Transform\)/,
      ),
      expect.stringMatching(/cannot be read \(value\): the policy is not an object$/),
    ]);
  });

  test('where the role is granted nothing', () => {
    expect(
      breakOf(template => {
        template.properties('AWS::IAM::ManagedPolicy').PolicyDocument = {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ssm:*', Resource: '*' }],
        };
      }).sentence,
    ).toMatch(/^the role AppRole\w+ of Training is granted nothing in any bucket$/);
  });

  test('for a launch template that nothing tells the subnets of', () => {
    const [flow] = allFlows(
      assemblyOf('Training', {
        Resources: { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } } },
      }),
    );
    expect(sentences(flow)).toContain(
      '3: nothing tells which subnets Template of Training is in, nor how they reach S3',
    );
  });
});

test('an AWS-managed policy grants wildcards: each is tried, and what the endpoint refuses is said', () => {
  const template = new EditableTemplate();
  template.properties('AWS::IAM::Role').ManagedPolicyArns = [
    'arn:aws:iam::aws:policy/AmazonS3FullAccess',
    'arn:aws:iam::aws:policy/Unheard',
  ];
  const flow = template.flow();
  expect(flow.buckets).toHaveLength(3);
  expect(
    sentences(flow).some(each =>
      /^3: s3:DeleteObjectVersion on .*UserData.* is refused: no statement of the endpoint policy/.test(each),
    ),
  ).toBe(true);
  expect(assumed(flow)).toContain('the policy arn:aws:iam::aws:policy/Unheard denies nothing');
});

test('a condition that is decided at deployment gives one flow for each way', () => {
  const template = new EditableTemplate();
  template.properties(INSTANCE).MetadataOptions = {
    HttpTokens: { 'Fn::If': ['Strict', 'required', 'optional'] },
    HttpPutResponseHopLimit: 1,
  };
  const flows = allFlows(
    template.assembly({ Conditions: { Strict: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } } }),
  );
  expect(flows.map(({ ok, assumed: [{ equal }] }) => [ok, equal])).toEqual([
    [true, true],
    [false, false],
  ]);
});

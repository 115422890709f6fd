/* eslint-disable @typescript-eslint/no-explicit-any -- templates are changed anywhere */
/** A template in JSON, to be changed. */
export type AnyTemplate = Record<string, any>;

/** A server with a bucket, as people write it who never heard of endpoints. */
export function serverTemplate(change: (template: AnyTemplate) => void = () => undefined): AnyTemplate {
  const statement = {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: { 'Fn::Sub': '${Files.Arn}/*' },
  };
  const template: AnyTemplate = {
    Resources: {
      Files: { Type: 'AWS::S3::Bucket', Properties: {} },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [{ PolicyName: 'files', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
        },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: { ImageId: 'ami-0123456789abcdef0', IamInstanceProfile: { Ref: 'Profile' } },
      },
    },
  };
  change(template);
  return template;
}
